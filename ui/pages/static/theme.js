/** The theme a visitor chose, from the first thing that is drawn, and whatever Gradio makes of the system's. */
(() => {
  "use strict";
  const STORED_AS = "footnote-theme";
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");

  /** Local storage may be blocked; then a choice lasts as long as the page. */
  function stored(value) {
    try {
      if (value !== undefined) localStorage.setItem(STORED_AS, value);
      return localStorage.getItem(STORED_AS) || "system";
    } catch { return value || "system"; }
  }

  let chosen = stored();

  /** Gradio's first style sheet knows the system's colours alone: the others take their place. */
  function paint() {
    const dark = chosen === "dark" || (chosen === "system" && system.matches);
    root.style.colorScheme = dark ? "dark" : "light";
    for (const name of ["--bg", "--col"]) {
      root.style.setProperty(name, dark ? `var(${name}-dark)` : "");
      root.style.setProperty(`${name}-dark`, dark ? "" : `var(${name})`);
    }
    document.body?.classList.toggle("dark", dark);
  }

  function theme(value) {
    if (value !== undefined) chosen = stored(value);
    paint();
    return chosen;
  }

  const watch = new MutationObserver(() => {
    paint();
    if (document.body) watch.observe(document.body, { attributeFilter: ["class"] });
  });
  watch.observe(root, { childList: true });
  system.addEventListener("change", paint);
  paint();
  window.footnote = { theme };
})();
