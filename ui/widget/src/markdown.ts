/**
 * An answer's Markdown as nodes: raw HTML is text, images are their description, DOMPurify has the last word.
 * Called at every prefix of a stream, so that nothing ever shows that was not sanitised.
 */

import DOMPurify from "dompurify";
import { Marked } from "marked";
import type { Policy } from "./policy";

const TAGS = [
  "a", "blockquote", "br", "code", "del", "em", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "strong", "table", "tbody",
  "td", "th", "thead", "tr", "ul",
];
/** The same characters as `INVISIBLE` of `ui/pages/render.py`, and the variation selectors of the supplement. */
const INVISIBLE = /[\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069\ue000-\uf8ff\u{e0000}-\u{e007f}\u{e0100}-\u{e01ef}]/gu;
const MARK = /(?<!\\)\[(\d{1,3})\]/g;
const CUT_MARK = /\[\d{0,3}$/;
/** A mark in running text becomes a pair of private-use characters, which Markdown leaves alone. */
const PLACED = /\ue000(\d+)\ue001/;
/** An answer has a few thousand characters; what is longer is somebody's attempt to block the page. */
const LONGEST = 12_000;

const escaped = (text: string): string => text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);

const markdown = new Marked({
  async: false,
  renderer: {
    html: ({ text }) => escaped(text),
    image: ({ text }) => escaped(text),
    heading({ tokens, depth }) {
      const level = Math.min(6, depth + 2); // the page has the first levels
      return `<h${level}>${this.parser.parseInline(tokens)}</h${level}>`;
    },
  },
});

function sanitised(html: string, policy: Policy): DocumentFragment {
  const config = {
    ALLOWED_TAGS: TAGS, ALLOWED_ATTR: ["href", "start"], ALLOW_DATA_ATTR: false, ALLOW_ARIA_ATTR: false,
    ALLOWED_URI_REGEXP: /^(?:https?|mailto):/i, RETURN_DOM_FRAGMENT: true as const,
  };
  const typed = "trustedTypes" in globalThis ? { TRUSTED_TYPES_POLICY: policy as never } : {};
  return DOMPurify.sanitize(html, { ...config, ...typed });
}

/** What an answer is drawn with: its links, and its marks. */
export interface Drawing {
  policy: Policy;
  /** Takes a link as it came; returns what stands in its place. */
  link(anchor: HTMLAnchorElement): Node;
  /** The pill of footnote `n`; null when no source has that number. */
  pill(n: number): Node | null;
}

/** The nodes of `text`; `whole` is false while more of it is coming. */
export function draw(text: string, whole: boolean, drawing: Drawing): DocumentFragment {
  const cut = text.length > LONGEST ? `${text.slice(0, LONGEST)} …` : text;
  const visible = cut.replace(INVISIBLE, "");
  const settled = whole ? visible : visible.replace(CUT_MARK, "");
  const placed = settled.replace(MARK, "\ue000$1\ue001");
  const fragment = sanitised(markdown.parse(placed) as string, drawing.policy);
  for (const anchor of fragment.querySelectorAll("a")) anchor.replaceWith(drawing.link(anchor));
  setPills(fragment, drawing);
  return fragment;
}

function setPills(fragment: DocumentFragment, drawing: Drawing): void {
  const texts: Text[] = [];
  const walker = document.createTreeWalker(fragment, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) texts.push(walker.currentNode as Text);
  for (const text of texts) {
    const parts = text.data.split(PLACED);
    if (parts.length > 1) text.replaceWith(...parts.map((part, at) => (at % 2 ? drawing.pill(Number(part)) : part) ?? ""));
  }
}

/** What a reader sees of some Markdown. */
export function plainText(text: string, policy: Policy): string {
  const nothing: Drawing = { policy, link: (anchor) => document.createTextNode(anchor.textContent ?? ""), pill: () => null };
  return (draw(text, true, nothing).textContent ?? "").replace(/\s+/g, " ").trim();
}
