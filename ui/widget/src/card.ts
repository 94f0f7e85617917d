/** Footnotes: the pill in the text, and the card it opens by hover, focus or tap. */

import { h } from "./dom";
import { outwardLink, sourceAddress, webAddress } from "./links";
import { plainText } from "./markdown";
import type { Policy } from "./policy";
import type { Citation } from "./turn";
import type { Words } from "./words";

const LINGER_MS = 180;

interface Place {
  words: Words;
  policy: Policy;
  origin: string;
  opened(citation: Citation): void;
}

/** The card of one message; `box` is what it is placed in. */
export class Card {
  readonly #card = h("div", { class: "card", part: "card", role: "group", hidden: true });
  #pill: HTMLElement | null = null;
  #closing: ReturnType<typeof setTimeout> | undefined;
  #elsewhere = new AbortController();

  constructor(readonly box: HTMLElement, readonly place: Place) {
    box.append(this.#card);
    this.#card.addEventListener("pointerenter", () => clearTimeout(this.#closing));
    this.#card.addEventListener("pointerleave", () => this.#closeSoon());
    this.#card.addEventListener("focusout", (event) => {
      if (!this.#card.contains(event.relatedTarget as Node | null)) this.close();
    });
    box.addEventListener("keydown", (event) => this.#key(event));
  }

  pill(citation: Citation): HTMLButtonElement {
    const name = this.place.words("footnote", { n: citation.n, name: citation.title });
    const pill = h("button", { type: "button", class: "pill", "aria-expanded": "false", "aria-label": name }, String(citation.n));
    pill.addEventListener("pointerenter", (event) => event.pointerType === "mouse" && this.#open(pill, citation));
    pill.addEventListener("pointerleave", () => this.#closeSoon());
    pill.addEventListener("focus", () => pill.matches(":focus-visible") && this.#open(pill, citation));
    pill.addEventListener("click", () => this.#open(pill, citation));
    return pill;
  }

  close(): void {
    clearTimeout(this.#closing);
    this.#elsewhere.abort();
    this.#pill?.setAttribute("aria-expanded", "false");
    this.#pill = null;
    this.#card.hidden = true;
  }

  #closeSoon(): void {
    clearTimeout(this.#closing);
    this.#closing = setTimeout(() => this.close(), LINGER_MS);
  }

  #open(pill: HTMLElement, citation: Citation): void {
    clearTimeout(this.#closing);
    if (this.#pill === pill) return;
    this.close();
    this.#pill = pill;
    pill.setAttribute("aria-expanded", "true");
    this.#card.replaceChildren(...this.#content(citation));
    this.#card.hidden = false;
    this.#put(pill);
    const { signal } = (this.#elsewhere = new AbortController());
    this.box.getRootNode().addEventListener("pointerdown", ({ target }) => {
      if (target !== pill && !this.#card.contains(target as Node)) this.close();
    }, { signal });
    this.place.opened(citation);
  }

  #content(citation: Citation): Node[] {
    const { words, policy, origin } = this.place;
    const quote = plainText(citation.quote, policy);
    const path = (citation.section ?? "").replaceAll(" > ", " › ");
    const href = sourceAddress(citation, origin, quote);
    const facts = [webAddress(href)?.host, citation.updated && words("updated", { name: citation.updated })];
    return [
      h("p", { class: "card-title" }, citation.title), ...(path ? [h("p", { class: "soft" }, path)] : []),
      h("blockquote", {}, quote), h("p", { class: "soft" }, facts.filter(Boolean).join(" · ")),
      outwardLink(href, words, { class: "card-link" }, words("read")),
    ];
  }

  /** Below the pill, or above it where there is more room. */
  #put(pill: HTMLElement): void {
    const box = this.box.getBoundingClientRect();
    const at = pill.getBoundingClientRect();
    const view = (this.box.closest(".transcript") ?? this.box).getBoundingClientRect();
    const height = this.#card.offsetHeight;
    const above = view.bottom - at.bottom < height + 8 && at.top - view.top > height + 8;
    this.#card.style.top = `${above ? at.top - box.top - height - 6 : at.bottom - box.top + 6}px`;
  }

  /** Escape closes the card; Tab goes from the pill into it, and out of it to what follows the pill. */
  #key(event: KeyboardEvent): void {
    const pill = this.#pill;
    if (!pill) return;
    const inside = this.#card.contains(event.target as Node);
    if (event.key === "Escape") {
      event.stopPropagation();
      if (inside) pill.focus();
      this.close();
    } else if (event.key === "Tab" && !event.shiftKey && event.target === pill) {
      event.preventDefault();
      this.#card.querySelector("a")?.focus();
    } else if (event.key === "Tab" && inside) {
      if (event.shiftKey) event.preventDefault();
      pill.focus();
      if (!event.shiftKey) this.close();
    }
  }
}
