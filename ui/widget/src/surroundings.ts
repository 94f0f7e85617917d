/** What the open panel listens to: the window's size, the network, the page's and the system's theme. */

export function watchSurroundings(changed: () => void, signal: AbortSignal): void {
  for (const name of ["online", "offline", "resize"]) addEventListener(name, changed, { signal });
  for (const name of ["resize", "scroll"]) visualViewport?.addEventListener(name, changed, { signal });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", changed, { signal });
  const attributes = new MutationObserver(changed);
  for (const one of [document.documentElement, document.body]) attributes.observe(one, { attributes: true });
  signal.addEventListener("abort", () => attributes.disconnect());
}
