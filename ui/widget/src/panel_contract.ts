/** What the loader's element and the panel's file know of each other. */

import type { Options } from "./options";
import type { Policy } from "./policy";

/** The element, as the panel sees it. */
export interface Widget {
  readonly root: HTMLElement;
  readonly shadow: ShadowRoot;
  readonly policy: Policy;
  /** Folder our files come from, with a slash at the end. */
  readonly base: string;
  readonly panelId: string;
  options(): Options;
  /** Origin of the API, without a slash at the end. */
  apiOrigin(): string;
  /** Dispatches `footnote:name` from the element. */
  emit(name: string, detail?: Record<string, unknown>): void;
  /** The panel was opened or closed by its own buttons. */
  toggled(open: boolean): void;
}

/** The panel, as the element sees it. */
export interface Panel {
  open(): void;
  close(): void;
  /** Puts a question into the input, and sends it when told so. */
  ask(text: string, submit: boolean): void;
  reset(): void;
  stop(): void;
  /** The element stands on a page, until `signal` aborts. */
  connect(signal: AbortSignal): void;
  /** Options changed. */
  refresh(): void;
}

export type PanelMaker = (widget: Widget) => Promise<Panel>;
