/** Where links may lead: to the sources of the answer, this page's site and the server's; never to a host a model made up. */

import { h } from "./dom";
import type { Source } from "./turn";
import type { Words } from "./words";

/** A whole http(s) address, or null. */
export function webAddress(url: string | null | undefined): URL | null {
  try {
    const found = new URL(url ?? "");
    return /^https?:$/.test(found.protocol) ? found : null;
  } catch {
    return null;
  }
}

/** A source's page: its own address, or the one the server has for it; at the quoted words where some are given. */
export function sourceAddress(source: Source, origin: string, quoted = ""): string {
  const path = source.article_id.split("/").map(encodeURIComponent).join("/");
  const place = (webAddress(source.url) ?? new URL(`${origin}/articles/${path}`)).href;
  return quoted && !place.includes("#") ? `${place}#:~:text=${textFragment(quoted)}` : place;
}

/** First and last words of a quotation (https://wicg.github.io/scroll-to-text-fragment). */
function textFragment(quoted: string): string {
  const seen = quoted.split(/\s+/);
  const ends = seen.length <= 8 ? [seen] : [seen.slice(0, 4), seen.slice(-4)];
  return ends.map((end) => encodeURIComponent(end.join(" ")).replace(/-/g, "%2D")).join(",");
}

/** A link in a new tab, which says so; a host with letters of other scripts is spelled out. */
export function outwardLink(href: string, words: Words, attributes: Record<string, string>, ...children: (Node | string)[]): HTMLAnchorElement {
  const host = webAddress(href)?.hostname ?? "";
  const spelled = host.includes("xn--") ? ` (${host})` : "";
  return h(
    "a", { ...attributes, href, target: "_blank", rel: "noopener noreferrer nofollow" },
    ...children, spelled, h("span", { class: "unseen" }, ` (${words("tab")})`),
  );
}

/** What stands for a link of an answer: a link where its host is known, else its text. */
export function answerLink(anchor: HTMLAnchorElement, known: ReadonlySet<string>, words: Words): Node {
  const href = anchor.getAttribute("href") ?? "";
  const mail = /^mailto:[^@?]*@([^?,]+)/i.exec(href)?.[1]?.toLowerCase();
  const host = mail ?? webAddress(href)?.host;
  if (!host || !known.has(host)) {
    const plain = document.createDocumentFragment();
    plain.append(...anchor.childNodes);
    return plain;
  }
  return outwardLink(href, words, { class: "external" }, ...anchor.childNodes);
}

export function knownHosts(sources: readonly Source[], origin: string): Set<string> {
  const hosts = sources.map(({ url }) => webAddress(url)?.host ?? "");
  return new Set([...hosts, new URL(origin).host, location.host].filter(Boolean));
}
