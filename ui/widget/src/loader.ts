/** The tag's entry: defines the element, puts one on the page when the tag names a site. Safe to run twice. */

import { expose } from "./api";
import { type FootnoteChat, type FootnoteChatClass, makeElement, TAG } from "./element";
import { NAMES } from "./options";
import { makePolicy } from "./policy";

const script =
  (document.currentScript as HTMLScriptElement | null) ?? document.querySelector<HTMLScriptElement>("script[src*='/widget/v1/loader']");

function start(tag: HTMLScriptElement): void {
  if (!customElements.get(TAG)) {
    const base = new URL(".", tag.src).href;
    customElements.define(TAG, makeElement(base, makePolicy(base)) as FootnoteChatClass);
  }
  if (tag.dataset.site && !document.querySelector(`${TAG}[data-by-script]`)) place(tag);
}

function place(tag: HTMLScriptElement): void {
  const widget = document.createElement(TAG) as FootnoteChat;
  widget.set(Object.fromEntries(NAMES.map((name) => [name, tag.getAttribute(`data-${name}`)])));
  widget.nonce = tag.nonce;
  widget.stays = true;
  widget.dataset.byScript = "";
  expose(widget);
  document.body.append(widget);
}

if (script?.src) {
  if (document.body) start(script);
  else document.addEventListener("DOMContentLoaded", () => start(script), { once: true });
}
