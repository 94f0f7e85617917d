/** What Gradio does not do for the chat page: theme before the first paint, keys, copying, announcements, saving a file. */
(() => {
  "use strict";
  const THEME = "footnote-theme";
  const page = (selector) => document.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const dark = matchMedia("(prefers-color-scheme: dark)");

  /** Local storage may be blocked; then a choice lasts as long as the page. */
  const stored = (value) => {
    try {
      if (value !== undefined) localStorage.setItem(THEME, value);
      return localStorage.getItem(THEME) || "system";
    } catch { return value || "system"; }
  };

  function theme(chosen) {
    const now = stored(chosen);
    document.body?.classList.toggle("dark", now === "dark" || (now === "system" && dark.matches));
    return now;
  }

  /** The question moves to the top, so that the answer is read from its start. */
  const showQuestion = () => setTimeout(() => {
    const asked = all("#fn-chat .user-row").at(-1);
    const box = page("#fn-chat .bubble-wrap");
    if (asked && box) box.scrollTop += asked.getBoundingClientRect().top - box.getBoundingClientRect().top - 8;
  }, 150);

  function save([name, text]) {
    if (!name) return;
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: name.endsWith("md") ? "text/markdown" : "application/json" }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }

  /** The answer as text with [1] marks, and its footnotes below. */
  function copied(bubble) {
    const answer = bubble.querySelector(".fn-answer").cloneNode(true);
    for (const card of all(".fn-card", answer)) card.remove();
    for (const unseen of all(".fn-unseen", answer)) unseen.remove();
    for (const mark of all(".fn-mark", answer)) mark.textContent = `[${mark.textContent}]`;
    for (const block of all("p, li, tr", answer)) block.append("\n");
    const notes = all(".fn-list li", bubble).map((note, at) => `[${at + 1}] ${note.textContent} ${note.querySelector("a").href}`);
    return [answer.textContent.trim().replace(/\n{3,}/g, "\n\n"), ...notes].join("\n");
  }

  async function copy(button) {
    await navigator.clipboard.writeText(copied(button.closest(".message, .bot")));
    button.classList.add("fn-done");
    setTimeout(() => button.classList.remove("fn-done"), 2000);
  }

  function key(event) {
    const input = page("#fn-message textarea");
    if ((event.ctrlKey || event.metaKey) && event.key === "k") {
      event.preventDefault();
      input?.focus();
    } else if (event.key === "ArrowUp" && event.target === input && !input.value) {
      event.preventDefault();
      all('#fn-chat button[aria-label="Edit"], #fn-chat button[title="Edit"]').at(-1)?.click();
    } else if (event.key === "Escape" && document.activeElement?.closest?.(".fn-foot")) {
      document.activeElement.blur();
    }
  }

  /** One announcement a turn, not one a word; and what Gradio leaves nameless gets its name. */
  function correct() {
    document.documentElement.lang = page('#fn-language input:checked')?.value || document.documentElement.lang || "en";
    page("#fn-announced")?.setAttribute("role", "status");
    for (const log of all('#fn-chat [aria-live="polite"]')) log.setAttribute("aria-live", "off");
    for (const said of all("#fn-chat [data-testid][aria-label]")) said.removeAttribute("aria-label");
    for (const step of all("#fn-chat .thought-group > [role=button]")) {
      step.removeAttribute("role");
      step.removeAttribute("tabindex");
      step.querySelector("button").setAttribute("aria-label", step.textContent.trim());
    }
  }

  async function health() {
    const dot = page(".fn-health");
    if (!dot || document.hidden) return;
    const ready = await fetch("readyz").then((answer) => answer.ok, () => false);
    dot.classList.toggle("fn-well", ready);
    dot.classList.toggle("fn-ill", !ready);
  }

  addEventListener("keydown", key);
  addEventListener("click", ({ target }) => target.closest?.(".fn-copy") && copy(target.closest(".fn-copy")));
  dark.addEventListener("change", () => theme());
  addEventListener("DOMContentLoaded", () => {
    theme();
    new MutationObserver(correct).observe(document.body, { childList: true, subtree: true, attributeFilter: ["aria-label", "role"] });
    setInterval(health, 15000);
    setTimeout(health, 1500);
  });
  window.footnote = { theme, save, showQuestion };
})();
