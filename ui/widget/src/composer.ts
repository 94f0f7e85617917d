/** The input: grows with its text, sends on Enter, is a stop button while an answer comes. */

import { h, icon } from "./dom";
import type { Words } from "./words";

const SEND = "M12 19V5M6 11l6-6 6 6";
const STOP = "M7 7h10v10H7z";
/** As many characters as the server reads of a question. */
const LONGEST = "2000";

export interface Composer {
  element: HTMLElement;
  input: HTMLTextAreaElement;
  /** Puts text in, ready to be changed. */
  fill(text: string): void;
  busy(running: boolean): void;
}

interface Surroundings {
  words: Words;
  placeholder: string;
  send(question: string): void;
  stop(): void;
  /** The last question, for the arrow key. */
  last(): string;
}

export function makeComposer(around: Surroundings): Composer {
  const { words } = around;
  const label = around.placeholder || words("placeholder");
  const input = h("textarea", { class: "input", part: "input", rows: "1", maxlength: LONGEST, placeholder: label, "aria-label": label });
  const button = h("button", { type: "submit", class: "send" });
  const element = h("form", { class: "composer" }, input, button);
  let running = false;

  const grow = (): void => {
    input.style.height = "auto";
    input.style.height = `${Math.min(input.scrollHeight, 140)}px`;
  };
  const fill = (text: string): void => {
    input.value = text;
    grow();
  };
  const busy = (now: boolean): void => {
    running = now;
    button.replaceChildren(icon(now ? STOP : SEND));
    button.setAttribute("aria-label", words(now ? "stop" : "send"));
    button.title = words(now ? "stop" : "send");
    button.classList.toggle("stops", now);
  };
  const send = (): void => {
    const question = input.value.trim();
    if (!question || running) return;
    fill("");
    around.send(question);
  };

  input.addEventListener("input", grow);
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      send();
    } else if (event.key === "ArrowUp" && !input.value) {
      event.preventDefault();
      fill(around.last());
    }
  });
  element.addEventListener("submit", (event) => {
    event.preventDefault();
    if (running) around.stop();
    else send();
  });
  busy(false);
  return { element, input, fill, busy };
}
