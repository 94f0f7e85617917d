/** How one turn looks: question, sources, answer with footnotes, who wrote it, what can be done with it. */

import { Card } from "./card";
import type { Place } from "./client";
import { h, icon } from "./dom";
import { answerLink, knownHosts, outwardLink, sourceAddress } from "./links";
import { draw, plainText } from "./markdown";
import type { Options } from "./options";
import type { Policy } from "./policy";
import { ratingView } from "./rating";
import { running, type Source, type Turn } from "./turn";
import type { Words } from "./words";

const COPY = "M9 9h11v11H9zM5 15H4V4h11v1";
const AGAIN = "M4 12a8 8 0 1 0 2.5-5.8M4 4v4.5h4.5";
/** Chips of sources before the answer says which ones it needed. */
const CHIPS = 4;

export interface Around {
  words: Words;
  policy: Policy;
  options: Options;
  place(): Place;
  ask(question: string): void;
  retry(): void;
  saved(): void;
  announce(text: string): void;
  emit(name: string, ids?: Record<string, unknown>, texts?: Record<string, unknown>): void;
}

export class TurnView {
  readonly element = h("article", { class: "turn" });
  readonly #message = h("div", { class: "message", part: "message" });
  readonly #sources = h("div", { class: "chips" });
  readonly #answer = h("div", { class: "answer" });
  readonly #after = h("div", { class: "after" });
  readonly #card: Card;
  #drawn = "";
  #text = "";

  constructor(readonly turn: Turn, readonly around: Around) {
    const { words, policy, place } = around;
    this.#message.append(this.#sources, this.#answer, this.#after);
    this.#card = new Card(this.#message, {
      words, policy, origin: place().origin,
      opened: ({ n, article_id }) => around.emit("citation", { n, article_id, trace_id: turn.traceId }),
    });
    const said = (who: "you" | "assistant"): HTMLElement => h("h3", { class: "unseen" }, words(who));
    const question = h("div", { class: "question", part: "question" }, turn.question);
    this.element.append(said("you"), question, said("assistant"), this.#message);
    this.update(false);
  }

  /** Draws what changed; `last` turns offer to go on. */
  update(last: boolean): void {
    const { turn } = this;
    this.#message.dataset.state = turn.state;
    this.#message.toggleAttribute("aria-busy", running(turn));
    this.#drawSources();
    this.#drawAnswer();
    const state = `${turn.state}${turn.status}${last}`;
    if (state !== this.#drawn) this.#after.replaceChildren(...this.#drawAfter(last));
    this.#drawn = state;
  }

  #drawSources(): void {
    const { turn, around } = this;
    const cited = [...new Map(turn.citations.map((one) => [one.article_id, one])).values()];
    const shown = turn.state === "answered" ? cited : turn.state === "refused" || turn.state === "replied" ? [] : turn.sources.slice(0, CHIPS);
    const wanted = around.options.sources === "none" ? [] : shown;
    const key = wanted.map(({ article_id }) => article_id).join("\n");
    if (this.#sources.dataset.shown === key) return;
    this.#sources.dataset.shown = key;
    const chips = wanted.map((source) => this.#link(source, "chip"));
    this.#sources.replaceChildren(...(chips.length ? [h("span", { class: "soft" }, around.words("sources")), ...chips] : []));
  }

  #link(source: Source, kind: string): HTMLElement {
    return outwardLink(sourceAddress(source, this.around.place().origin), this.around.words, { class: kind, part: kind }, h("span", {}, source.title));
  }

  #drawAnswer(): void {
    const { turn } = this;
    const key = `${running(turn)}${turn.citations.length} ${turn.text}`;
    if (key !== this.#text) this.#drawText();
    this.#text = key;
  }

  #drawText(): void {
    const { turn, around } = this;
    const known = new Map(turn.citations.map((citation) => [citation.n, citation]));
    const hosts = knownHosts([...turn.citations, ...turn.sources], around.place().origin);
    const drawn = draw(turn.text, !running(turn), {
      policy: around.policy,
      link: (anchor) => answerLink(anchor, hosts, around.words),
      pill: (n) => (known.has(n) ? this.#card.pill(known.get(n)!) : null),
    });
    if (patch(this.#answer, drawn)) this.#card.close();
  }

  #drawAfter(last: boolean): (Node | string)[] {
    const { turn } = this;
    if (running(turn)) return turn.state === "searching" ? [h("p", { class: "status" }, turn.status)] : [];
    if (turn.state === "answered") return [...this.#list(), ...this.#writer(), ...this.#tools(), ...this.#followups(last)];
    if (turn.state === "replied") return [];
    if (turn.state === "refused") return [...this.#nearest(), ...this.#writer(), ...this.#tools(), ...this.#followups(last)];
    return [h("p", { class: "problem" }, turn.status), ...(last ? [this.#retry()] : [])];
  }

  #retry(): HTMLElement {
    const again = h("button", { type: "button", class: "primary" }, icon(AGAIN), this.around.words("retry"));
    again.addEventListener("click", () => this.around.retry());
    return again;
  }

  #list(): Node[] {
    const { turn, around } = this;
    if (around.options.sources !== "list") return [];
    const rows = turn.citations.map((citation) => {
      const quote = plainText(citation.quote, around.policy);
      const href = sourceAddress(citation, around.place().origin, quote);
      return h("li", { value: String(citation.n) }, outwardLink(href, around.words, {}, citation.title), ` “${quote}”`);
    });
    return [h("ol", { class: "list" }, ...rows)];
  }

  #nearest(): Node[] {
    const { turn, around } = this;
    const contact = around.options["contact-url"];
    const rows = turn.nearest.map((source) => h("li", {}, this.#link(source, "near")));
    return [
      ...(rows.length ? [h("p", { class: "soft" }, around.words("nearest")), h("ul", { class: "nearest" }, ...rows)] : []),
      ...(contact ? [h("p", {}, outwardLink(contact, around.words, { class: "contact" }, around.words("contact")))] : []),
    ];
  }

  #writer(): Node[] {
    const { turn: { writer, state }, around: { words } } = this;
    if (!writer) return [];
    const who = writer.kind === "extractive" ? words("quoted") : words("written", { name: writer.name });
    const parts = [writer.note, state === "answered" && who, words(writer.left ? "left" : "stayed")];
    return [h("p", { class: "writer" }, parts.filter(Boolean).join(" · "))];
  }

  #tools(): Node[] {
    const { turn, around } = this;
    const { words } = around;
    const copy = h("button", { type: "button", class: "tool", "aria-label": words("copy"), title: words("copy") }, icon(COPY));
    copy.addEventListener("click", () => void this.#copy());
    const rating = around.options.feedback === "off" || !turn.traceId ? null : ratingView(turn, around);
    return [h("div", { class: "tools" }, copy, ...(rating?.buttons ?? [])), ...(rating ? [rating.form] : [])];
  }

  async #copy(): Promise<void> {
    const { turn, around } = this;
    const notes = turn.citations.map((one) => `[${one.n}]: ${one.title}, ${sourceAddress(one, around.place().origin)}`);
    try {
      await navigator.clipboard.writeText([turn.text, ...notes].join("\n\n"));
      around.announce(around.words("copied"));
      around.emit("copy", { trace_id: turn.traceId });
    } catch {
      around.announce(around.words("failed"));
    }
  }

  #followups(last: boolean): Node[] {
    const { turn, around } = this;
    if (!last || !turn.followups.length) return [];
    return [h("p", { class: "soft" }, around.words("next")), suggestions(turn.followups, around)];
  }
}

/** Questions as buttons. */
export function suggestions(questions: readonly string[], around: Pick<Around, "ask" | "emit">): HTMLElement {
  const buttons = questions.map((question, at) => {
    const button = h("button", { type: "button", class: "suggestion", part: "suggestion" }, question);
    button.addEventListener("click", () => {
      around.emit("suggestion", { at }, { question });
      around.ask(question);
    });
    return button;
  });
  return h("div", { class: "suggestions" }, ...buttons);
}

/** Puts the nodes of `fresh` into `place`, leaving those that are the same; true when one was replaced. */
function patch(place: HTMLElement, fresh: DocumentFragment): boolean {
  const nodes = [...fresh.childNodes];
  let replaced = false;
  nodes.forEach((node, at) => {
    const old = place.childNodes[at];
    if (!old) place.append(node);
    else if (!old.isEqualNode(node)) {
      old.replaceWith(node);
      replaced = true;
    }
  });
  while (place.childNodes.length > nodes.length) place.lastChild!.remove();
  return replaced;
}
