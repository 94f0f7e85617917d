/** A side panel may push the page's content aside, instead of covering it. */

/** Makes room of `width` pixels at `side` of what `selector` finds; returns what takes it back. */
export function push(selector: string, side: string, width: number): () => void {
  const pushed = selector ? document.querySelector<HTMLElement>(selector) : null;
  if (!pushed) return () => {};
  const name = side === "left" ? "margin-left" : "margin-right";
  const before = pushed.style.getPropertyValue(name);
  pushed.style.setProperty(name, `${width}px`);
  return () => {
    if (before) pushed.style.setProperty(name, before);
    else pushed.style.removeProperty(name);
    if (!pushed.getAttribute("style")) pushed.removeAttribute("style");
  };
}
