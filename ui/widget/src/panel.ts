/** The panel's file: builds the dialog for a widget and keeps it in step with the conversation. */

import { starters, type Place, type Starters } from "./client";
import { makeComposer, type Composer } from "./composer";
import { Conversation } from "./conversation";
import { adopt, h } from "./dom";
import { makeHeader } from "./header";
import { languageOf } from "./language";
import { outwardLink } from "./links";
import type { Options } from "./options";
import css from "./panel.css";
import type { Panel, PanelMaker, Widget } from "./panel_contract";
import { push } from "./push";
import { fitSheet, isSheet, trapTab } from "./sheet";
import { Shelf } from "./storage";
import { watchSurroundings } from "./surroundings";
import { paint } from "./theme";
import { Transcript } from "./transcript";
import { running, type Turn } from "./turn";
import type { Around } from "./turn_view";
import { type Words, wordsOf } from "./words";

class ChatPanel implements Panel {
  readonly #element = h("section", { class: "panel", part: "panel", role: "dialog", hidden: true });
  readonly #status = h("div", { class: "unseen", role: "status" });
  readonly #notice = h("p", { class: "notice", "aria-hidden": "true", hidden: true });
  readonly #conversation: Conversation;
  readonly #shelf: Shelf;
  #words: Words;
  #spoken: string;
  #transcript!: Transcript;
  #composer!: Composer;
  #offered: Starters | null = null;
  #agreed = false;
  #drawn = "";
  #frame = 0;
  #online = navigator.onLine;
  #unpush: () => void = () => {};

  constructor(readonly widget: Widget, words: Words) {
    adopt(widget.shadow, css);
    this.#words = words;
    this.#spoken = spoken(widget.options());
    this.#shelf = new Shelf(() => widget.options());
    this.#conversation = new Conversation(
      { place: () => this.#place(), words: () => this.#words, changed: (turn) => this.#changed(turn), emit: this.#emit }, this.#shelf,
    );
    this.#agreed = this.#conversation.turns.length > 0;
    this.#element.id = widget.panelId;
    this.#element.setAttribute("aria-labelledby", `${widget.panelId}-title`);
    this.#element.addEventListener("keydown", (event) => this.#key(event));
    for (const name of ["keyup", "keypress"]) this.#element.addEventListener(name, (event) => event.stopPropagation());
    widget.root.append(this.#element, this.#status);
    this.#draw();
  }

  get #mode(): string {
    return this.widget.options().mode;
  }

  open(): void {
    if (!this.#element.hidden) return;
    this.#element.hidden = false;
    fitSheet(this.#element, this.#mode);
    if (this.#mode === "inline") {
      this.#element.addEventListener("focusin", () => void this.#offer(), { once: true });
      this.#element.addEventListener("pointerenter", () => void this.#offer(), { once: true });
      return;
    }
    const { push: selector, position } = this.widget.options();
    if (this.#mode === "panel" && !isSheet(this.#mode)) this.#unpush = push(selector, position, this.#element.offsetWidth);
    this.#focusInput();
    this.widget.toggled(true);
    void this.#offer();
  }

  close(): void {
    if (this.#element.hidden || this.#mode === "inline") return;
    this.#unpush();
    this.widget.toggled(false);
    this.#element.hidden = true;
  }

  ask(text: string, submit: boolean): void {
    if (submit && this.#allowed()) void this.#conversation.ask(text);
    else this.#composer.fill(text);
  }

  reset(): void {
    this.#conversation.fresh();
    this.#clear();
  }

  stop(): void {
    this.#conversation.stop();
  }

  connect(signal: AbortSignal): void {
    watchSurroundings(() => this.refresh(), signal);
    this.refresh();
  }

  refresh(): void {
    if (navigator.onLine !== this.#online) {
      this.#online = navigator.onLine;
      this.#notify(this.#words(this.#online ? "online" : "offline"));
    }
    this.#draw();
    fitSheet(this.#element, this.#mode);
  }

  readonly #emit: Around["emit"] = (name, ids = {}, texts = {}) => {
    this.widget.emit(name, this.widget.options().events === "full" ? { ...ids, ...texts } : ids);
  };

  #place(): Place {
    return { origin: this.widget.apiOrigin(), site: this.widget.options().site };
  }

  /** Another language: its words are fetched, then everything is drawn in it. */
  async #speak(): Promise<void> {
    const options = this.widget.options();
    if (spoken(options) === this.#spoken) return;
    this.#spoken = spoken(options);
    this.#words = await wordsOf(options, this.widget.base);
    this.#drawn = "";
    this.#draw();
  }

  /** Builds everything anew when an option changed. */
  #draw(): void {
    const options = this.widget.options();
    paint(this.widget.root, options);
    const key = `${Object.entries(options).join()}${languageOf(options)}`;
    if (key === this.#drawn) return;
    this.#drawn = key;
    const words = this.#words;
    void this.#speak();
    const kept = this.#composer?.input.value ?? "";
    this.#element.dataset.mode = options.mode;
    this.#element.dataset.position = options.position;
    if (options.width) this.#element.style.setProperty("--footnote-width", options.width);
    this.#transcript = new Transcript(this.#around(), words("assistant"));
    this.#composer = makeComposer({
      words, placeholder: options.placeholder, send: (question) => this.ask(question, true), stop: () => this.stop(),
      last: () => this.#conversation.turns.at(-1)?.question ?? "",
    });
    this.#composer.fill(kept);
    const floats = options.mode !== "inline";
    const header = makeHeader(options.title || words("title"), `${this.widget.panelId}-title`, words, {
      fresh: () => this.reset(), close: floats ? () => this.close() : null,
      resize: options.mode === "bubble" ? (large) => this.#element.toggleAttribute("data-large", large) : null,
    });
    const body = this.#allowed() ? [this.#transcript.element, this.#notice, this.#composer.element] : [this.#consent()];
    this.#element.replaceChildren(header, ...body, this.#footer());
    this.#welcome();
    const { turns } = this.#conversation;
    for (const turn of turns) this.#transcript.show(turn, turns);
    this.#composer.busy(this.#conversation.running);
  }

  #around(): Around {
    return {
      words: this.#words, policy: this.widget.policy, options: this.widget.options(), place: () => this.#place(),
      ask: (question) => this.ask(question, true), retry: () => void this.#conversation.retry(),
      saved: () => this.#conversation.save(), announce: (text) => this.#notify(text), emit: this.#emit,
    };
  }

  #welcome(): void {
    const { greeting, disclaimer } = this.widget.options();
    const words = this.#words;
    this.#transcript.welcome(greeting || words("greeting"), disclaimer || words("disclosure"), this.#offered);
  }

  /** The first request to the server: made when somebody opens the panel, and not before the visitor agreed. */
  async #offer(): Promise<void> {
    if (this.#offered || !this.#allowed()) return;
    const own = this.widget.options().questions.split("|").map((one) => one.trim()).filter(Boolean);
    this.#offered = { page: [], questions: own };
    const found = await starters(this.#place());
    this.#offered = { page: found.page.slice(0, 3), questions: own.length ? own : found.questions.slice(0, 4) };
    this.#welcome();
  }

  #allowed(): boolean {
    return this.widget.options().consent !== "required" || this.#agreed;
  }

  #consent(): HTMLElement {
    const agree = h("button", { type: "button", class: "primary" }, this.#words("agree"));
    agree.addEventListener("click", () => {
      this.#agreed = true;
      this.#drawn = "";
      this.#draw();
      this.#focusInput();
      void this.#offer();
    });
    return h("div", { class: "consent" }, h("p", {}, this.#words("consent")), agree);
  }

  #footer(): HTMLElement {
    const privacy = this.widget.options()["privacy-url"];
    const remove = h("button", { type: "button", class: "text" }, this.#words("delete"));
    remove.addEventListener("click", () => void this.#delete());
    return h("footer", { class: "footer" }, remove, privacy ? outwardLink(privacy, this.#words, { class: "text" }, this.#words("privacy")) : null);
  }

  async #delete(): Promise<void> {
    const deleting = this.#conversation.delete();
    this.#clear();
    try {
      await deleting;
      this.#notify(this.#words("deleted"));
    } catch {
      this.#notify(this.#words("undeleted"));
    }
  }

  #clear(): void {
    this.#transcript.clear();
    this.#welcome();
    this.#composer.busy(false);
    this.#composer.input.focus();
  }

  /** Draws at most once a frame while text comes, at once when a turn begins or ends. */
  #changed(turn: Turn): void {
    if (!this.#conversation.turns.includes(turn)) return;
    const now = (): void => {
      this.#frame = 0;
      if (!this.#conversation.turns.includes(turn)) return;
      this.#transcript.show(turn, this.#conversation.turns);
    };
    if (turn.state === "writing") {
      this.#frame ||= requestAnimationFrame(now);
      return;
    }
    cancelAnimationFrame(this.#frame);
    now();
    if (turn.state === "searching") this.#notice.hidden = true;
    if (turn.state === "searching" && turn.sources.length === 0) this.#welcome();
    this.#composer.busy(running(turn));
    this.#tell(turn);
  }

  /** One announcement when the search begins and one when the answer is there; none for the text in between. */
  #tell(turn: Turn): void {
    const words = this.#words;
    if (turn.state === "answered") this.#announce(words("ready", { n: turn.citations.length }));
    else if (turn.state === "refused" || turn.state === "replied") this.#announce(turn.text);
    else if (turn.status && turn.sources.length === 0) this.#announce(turn.status);
    else if (!running(turn)) this.#announce(turn.status);
  }

  /** Says something to every reader, until the next question. */
  #notify(text: string): void {
    this.#announce(text);
    this.#notice.textContent = text;
    this.#notice.hidden = false;
  }

  #announce(text: string): void {
    if (this.#status.textContent !== text) this.#status.textContent = text;
  }

  #focusInput(): void {
    const target = this.#element.querySelector<HTMLElement>(".input, .consent button");
    target?.focus({ preventScroll: true });
  }

  /** Keys stay here, so that a page's own shortcuts do not fire while somebody types; combinations pass. */
  #key(event: KeyboardEvent): void {
    if (!event.ctrlKey && !event.metaKey && !event.altKey) event.stopPropagation();
    if (event.key === "Escape") this.close();
    else if (event.key === "Tab" && this.#element.hasAttribute("data-sheet")) trapTab(this.#element, event);
  }
}

const spoken = (options: Options): string => `${languageOf(options)} ${options.strings}`;

const supply: PanelMaker = async (widget) => new ChatPanel(widget, await wordsOf(widget.options(), widget.base));
(customElements.get("footnote-chat") as unknown as { supply(make: PanelMaker): void }).supply(supply);
