/** `<footnote-chat>`: a shadow root with the launcher, and the panel once somebody wants it. */

import { adopt, h } from "./dom";
import { fetchPanel } from "./fetch_panel";
import { directionOf, languageOf } from "./language";
import { dress, makeLauncher } from "./launcher";
import css from "./launcher.css";
import { hiddenOn, NAMES, optionsOf, type Name, type Options } from "./options";
import type { Panel, PanelMaker, Widget } from "./panel_contract";
import type { Policy } from "./policy";
import { watchPage } from "./page";

export const TAG = "footnote-chat";

let count = 0;

/** The element over the files in `base`; a class made by a call, because the loader alone knows where it came from. */
export function makeElement(base: string, policy: Policy) {
  let maker: Promise<PanelMaker> | undefined;
  let supplied: PanelMaker | undefined;

  return class FootnoteChat extends HTMLElement implements Widget {
    static readonly observedAttributes: readonly string[] = NAMES;

    /** Called by the panel's file when it has run. */
    static supply(make: PanelMaker): void {
      supplied = make;
    }

    readonly policy = policy;
    readonly base = base;
    readonly panelId = `footnote-panel-${++count}`;
    readonly shadow = this.attachShadow({ mode: "open" });
    readonly root = h("div", { class: "fn" });
    /** An element that a script made comes back when a page swap takes it away. */
    stays = false;
    #given: Partial<Record<Name, string>> = {};
    #launcher: HTMLButtonElement | null = null;
    #panel: Panel | null = null;
    #making: Promise<Panel> | undefined;
    #open = false;
    #destroyed = false;
    #connection = new AbortController();

    constructor() {
      super();
      adopt(this.shadow, css);
      this.shadow.append(this.root);
    }

    connectedCallback(): void {
      this.#connection = new AbortController();
      const { signal } = this.#connection;
      watchPage(this, () => this.#hide(), signal);
      this.#panel?.connect(signal);
      this.#draw();
      queueMicrotask(() => this.emit("ready"));
    }

    disconnectedCallback(): void {
      this.#connection.abort();
      queueMicrotask(() => {
        if (this.isConnected || this.#destroyed) return;
        if (this.stays) document.body.append(this);
        else this.#panel?.stop();
      });
    }

    attributeChangedCallback(name: Name, _before: string | null, value: string | null): void {
      if (name === "title" && value) {
        this.#given.title = value; // as an attribute it would be a tooltip over everything
        this.removeAttribute("title");
      } else if (this.isConnected) this.#draw();
    }

    options(): Options {
      return { ...optionsOf(this), ...this.#given };
    }

    /** Where the server is, without a slash at the end: a proxy may offer it below a path. */
    apiOrigin(): string {
      return new URL(this.options().api || base + "../..", document.baseURI).href.replace(/\/+$/, "");
    }

    emit(name: string, detail: Record<string, unknown> = {}): void {
      this.dispatchEvent(new CustomEvent(`footnote:${name}`, { bubbles: true, composed: true, detail }));
    }

    get isOpen(): boolean {
      return this.#open;
    }

    async open(wanted: { question?: string; submit?: boolean } = {}): Promise<void> {
      const panel = await this.#loaded();
      panel?.open();
      if (wanted.question) panel?.ask(wanted.question, wanted.submit ?? false);
    }

    close(): void {
      this.#panel?.close();
    }

    toggle(): Promise<void> | void {
      return this.#open ? this.close() : this.open();
    }

    ask(text: string): Promise<void> {
      return this.open({ question: text, submit: true });
    }

    reset(): void {
      this.#panel?.reset();
    }

    set(options: Partial<Record<string, unknown>>): void {
      for (const [name, value] of Object.entries(options)) {
        if (value && NAMES.includes(name as Name)) this.#given[name as Name] = String(value);
        else delete this.#given[name as Name];
      }
      if (this.isConnected) this.#draw();
    }

    on(name: string, listener: (detail: unknown, event: Event) => void): () => void {
      const heard = (event: Event): void => listener((event as CustomEvent).detail, event);
      this.addEventListener(`footnote:${name}`, heard);
      return () => this.removeEventListener(`footnote:${name}`, heard);
    }

    destroy(): void {
      this.#destroyed = true;
      this.#panel?.stop();
      this.#panel?.close();
      this.remove();
    }

    toggled(open: boolean): void {
      this.#open = open;
      this.#launcher?.setAttribute("aria-expanded", String(open));
      this.#launcher?.setAttribute("data-small", "");
      if (!open && this.#launcher && this.shadow.activeElement) this.#launcher.focus();
      this.emit(open ? "open" : "close");
    }

    /** The panel, loaded on the first wish for it; null (and an `error` event) when its file does not come. */
    async #loaded(): Promise<Panel | null> {
      if (this.#panel) return this.#panel;
      try {
        maker ??= fetchPanel(base, policy, this.options().nonce || this.nonce || "").then(() => supplied!);
        const make = await maker;
        if (!this.#panel && !this.#destroyed) {
          this.#panel = await (this.#making ??= make(this));
          this.#panel.connect(this.#connection.signal);
        }
      } catch (error) {
        maker = undefined;
        this.emit("error", { kind: "load", message: String(error) });
      }
      return this.#panel;
    }

    #draw(): void {
      const options = this.options();
      const language = languageOf(options);
      this.root.lang = language;
      this.root.dir = directionOf(language);
      if (options.zindex) this.root.style.setProperty("--footnote-zindex", options.zindex);
      this.#hide();
      if (options.mode === "inline") void this.#loaded().then((panel) => panel?.open());
      else dress((this.#launcher ??= this.#makeLauncher()), options);
      this.#panel?.refresh();
    }

    #makeLauncher(): HTMLButtonElement {
      const made = makeLauncher(this.panelId);
      for (const name of ["pointerenter", "focus"]) made.addEventListener(name, () => void this.#loaded(), { once: true });
      made.addEventListener("click", () => void this.toggle());
      this.root.prepend(made);
      return made;
    }

    #hide(): void {
      this.toggleAttribute("data-away", hiddenOn(this.options()["hide-on"], location.pathname));
    }
  };
}

export type FootnoteChatClass = ReturnType<typeof makeElement>;
export type FootnoteChat = InstanceType<FootnoteChatClass>;
