/** What the closed widget listens to on its page, as long as it stands there. */

import type { Options } from "./options";

interface Opened {
  options(): Options;
  open(): Promise<void>;
  toggle(): Promise<void> | void;
}

/** `moved` is called when the address may have changed without a new page. */
export function watchPage(widget: Opened, moved: () => void, signal: AbortSignal): void {
  document.addEventListener("click", (event) => openOn(widget, event), { signal });
  document.addEventListener("keydown", (event) => shortcut(widget, event), { signal });
  addEventListener("popstate", moved, { signal });
  (globalThis as { navigation?: EventTarget }).navigation?.addEventListener("currententrychange", moved, { signal });
}

function openOn(widget: Opened, event: Event): void {
  const selector = widget.options()["open-on"];
  if (selector && (event.target as Element).closest?.(selector)) {
    event.preventDefault();
    void widget.open();
  }
}

/** `shortcut` reads like `ctrl+k`, in the order ctrl, alt, meta; `mod` is Cmd on a Mac, Ctrl elsewhere. */
function shortcut(widget: Opened, event: KeyboardEvent): void {
  const wanted = widget.options().shortcut.replace("mod", navigator.userAgent.includes("Mac") ? "meta" : "ctrl");
  const held = [event.ctrlKey && "ctrl", event.altKey && "alt", event.metaKey && "meta", event.key?.toLowerCase()];
  if (held.filter(Boolean).join("+") !== wanted) return;
  event.preventDefault();
  void widget.toggle();
}
