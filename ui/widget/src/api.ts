/** `window.Footnote`: the widget's methods, callable before the loader has come. */

import type { FootnoteChat } from "./element";

const METHODS = ["open", "close", "toggle", "ask", "reset", "set", "on", "destroy"] as const;

type Method = (...given: unknown[]) => unknown;
type Call = readonly [(typeof METHODS)[number], ...unknown[]];
export type Api = Record<(typeof METHODS)[number], Method> & { push(call: Call): unknown };

/**
 * Puts the methods of `widget` on `window.Footnote`. Calls that a page pushed before, as
 * `(window.Footnote = window.Footnote || []).push(["open"])`, are made now, in order.
 */
export function expose(widget: FootnoteChat): void {
  const waiting: unknown = (globalThis as { Footnote?: unknown }).Footnote;
  const api = Object.create(null) as Api;
  for (const name of METHODS) api[name] = (...given) => (widget[name] as Method).apply(widget, given);
  api.destroy = () => {
    widget.destroy();
    delete (globalThis as { Footnote?: unknown }).Footnote;
  };
  api.push = ([name, ...given]) => (METHODS.includes(name) ? api[name](...given) : undefined);
  Object.defineProperty(globalThis, "Footnote", { value: api, configurable: true, writable: true });
  if (Array.isArray(waiting)) for (const call of waiting as Call[]) if (Array.isArray(call)) api.push(call);
}
