/** What Gradio does not do for the chat page: keys, copying, announcements, saving a file. */
(() => {
  "use strict";
  const LEFT = "footnote-left";
  const page = (selector) => document.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];

  /** Left for whoever reloads, or is reloaded because the server is back: the open conversation, and what was typed. */
  function leave() {
    const left = { open: page("#fn-history input:checked")?.value, draft: page("#fn-message textarea")?.value };
    try { sessionStorage.setItem(LEFT, JSON.stringify(left)); } catch { /* blocked: a reload begins anew */ }
  }

  function returned(visitor) {
    if (performance.getEntriesByType("navigation")[0]?.type !== "reload") return visitor;
    try { return { ...visitor, ...JSON.parse(sessionStorage.getItem(LEFT)) }; } catch { return visitor; }
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

  /** Sets what differs only: who watches for changes would never end. */
  const put = (element, name, value) => element && element.getAttribute(name) !== value && element.setAttribute(name, value);

  /** One announcement a turn, not one a word; and what Gradio leaves nameless gets its name. */
  function correct() {
    put(document.documentElement, "lang", page("#fn-language input:checked")?.value ?? "en");
    put(page("#fn-announced"), "role", "status");
    for (const log of all('#fn-chat [aria-live="polite"]')) put(log, "aria-live", "off");
    for (const said of all("#fn-chat [data-testid][aria-label]")) said.removeAttribute("aria-label");
    for (const kind of ["submit", "stop"])
      put(page(`#fn-message .${kind}-button`), "aria-label", page(".fn-top")?.dataset[kind] ?? kind);
    for (const step of all("#fn-chat .thought-group > .title")) {
      step.removeAttribute("role");
      step.removeAttribute("tabindex");
      put(step.querySelector("button"), "aria-label", step.textContent.trim());
    }
    plainText();
  }

  /** A question is a block of HTML to Gradio; who edits it gets what they typed. */
  function plainText() {
    for (const field of all("#fn-chat textarea:not([data-plain])")) {
      field.dataset.plain = "";
      const typed = new DOMParser().parseFromString(field.value.replaceAll("<br>", "\n"), "text/html");
      field.value = typed.body.textContent.trim();
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.focus();
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
  addEventListener("pagehide", leave);
  addEventListener("click", ({ target }) => target.closest?.(".fn-copy") && copy(target.closest(".fn-copy")));
  function begin() {
    correct();
    new MutationObserver(correct).observe(document.body, { childList: true, subtree: true, attributeFilter: ["aria-label", "role"] });
    setInterval(health, 15000);
    setTimeout(health, 1500);
  }
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", begin);
  else begin();
  Object.assign(window.footnote, { save, showQuestion, returned });
})();
