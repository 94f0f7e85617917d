/** The panel's top line: title, new conversation, size, close. */

import { h, icon } from "./dom";
import type { Words } from "./words";

const FRESH = "M12 5v14M5 12h14";
const LARGER = "M14 4h6v6M20 4l-7 7M10 20H4v-6M4 20l7-7";
const SMALLER = "M20 10h-6V4M14 10l7-7M4 14h6v6M10 14l-7 7";
const CLOSE = "M6 6l12 12M18 6L6 18";

export interface Actions {
  fresh(): void;
  /** Null where the panel has one size, or cannot be closed. */
  resize: ((large: boolean) => void) | null;
  close: (() => void) | null;
}

export function makeHeader(title: string, titleId: string, words: Words, actions: Actions): HTMLElement {
  const fresh = tool(words("fresh"), FRESH, () => actions.fresh());
  const { resize, close } = actions;
  let large = false;
  const size = resize && tool(words("expand"), LARGER, () => {
    large = !large;
    resize(large);
    size!.replaceChildren(icon(large ? SMALLER : LARGER));
    for (const name of ["aria-label", "title"]) size!.setAttribute(name, words(large ? "shrink" : "expand"));
  });
  size?.classList.add("resize");
  const closing = close && tool(words("close"), CLOSE, close);
  return h("header", { class: "header", part: "header" }, h("h2", { id: titleId }, title), fresh, size, closing);
}

function tool(label: string, path: string, act: () => void): HTMLButtonElement {
  const made = h("button", { type: "button", class: "tool", "aria-label": label, title: label }, icon(path));
  made.addEventListener("click", act);
  return made;
}
