/** The turns below each other; follows the text down while it comes, unless the reader has scrolled away. */

import { h } from "./dom";
import { suggestions, TurnView, type Around } from "./turn_view";
import type { Turn } from "./turn";
import type { Starters } from "./client";

/** Nearer to the end than this counts as being there, in pixels. */
const NEAR = 48;

export class Transcript {
  readonly element = h("div", { class: "transcript", role: "log", "aria-live": "off", tabindex: "0" });
  readonly #welcome = h("div", { class: "welcome" });
  readonly #views = new Map<Turn, TurnView>();

  constructor(readonly around: Around, label: string) {
    this.element.setAttribute("aria-label", label);
    this.element.append(this.#welcome);
  }

  /** What stands above the first question. */
  welcome(greeting: string, disclosure: string, offered: Starters | null): void {
    const { words } = this.around;
    const group = (label: string, questions: readonly string[]): Node[] =>
      questions.length ? [h("p", { class: "soft" }, label), suggestions(questions, this.around)] : [];
    const offers = offered && !this.#views.size
      ? [...group(words("about"), offered.page), ...group(words("try"), offered.questions)] : [];
    this.#welcome.replaceChildren(h("p", { class: "greeting" }, greeting), h("p", { class: "disclosure" }, disclosure), ...offers);
  }

  /** Draws a turn that is new or has changed, among `turns`. */
  show(turn: Turn, turns: readonly Turn[]): void {
    const atEnd = this.element.scrollHeight - this.element.scrollTop - this.element.clientHeight < NEAR;
    const known = this.#views.get(turn);
    const view = known ?? new TurnView(turn, this.around);
    if (!known) {
      this.#views.get(turns.at(-2)!)?.update(false);
      this.#views.set(turn, view);
      this.element.append(view.element);
    }
    view.update(turn === turns.at(-1));
    if (atEnd || !known) this.#follow(view);
  }

  /** To the end, but never past the start of the question that is being answered. */
  #follow(view: TurnView): void {
    const { element } = this;
    const start = view.element.getBoundingClientRect().top - element.getBoundingClientRect().top + element.scrollTop - 12;
    element.scrollTop = Math.min(start, element.scrollHeight);
  }

  clear(): void {
    for (const { element } of this.#views.values()) element.remove();
    this.#views.clear();
  }
}
