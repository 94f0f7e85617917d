/** Thumbs; a thumb down asks why, with six reasons and room for a note. */

import { rate } from "./client";
import type { Place } from "./client";
import { h, icon } from "./dom";
import type { Turn } from "./turn";
import type { Words } from "./words";

export const REASONS = ["wrong", "incomplete", "off_topic", "unsupported", "outdated", "other"] as const;

const UP = "M7 11v9H4v-9zM7 11l4-7.5c1.7 0 2.5 1.2 2.2 2.7L12.6 9H18a2 2 0 0 1 2 2.3l-1.1 6.9A2 2 0 0 1 17 20H7";
const DOWN = "M17 13V4h3v9zM17 13l-4 7.5c-1.7 0-2.5-1.2-2.2-2.7l.6-2.8H6a2 2 0 0 1-2-2.3l1.1-6.9A2 2 0 0 1 7 4h10";

interface Surroundings {
  words: Words;
  place(): Place;
  saved(): void;
  emit(name: string, ids: Record<string, unknown>): void;
}

export interface RatingView {
  buttons: HTMLElement[];
  form: HTMLElement;
}

/** Two buttons, and the place where the questions after them appear. */
export function ratingView(turn: Turn, around: Surroundings): RatingView {
  const { words } = around;
  const form = h("div", { class: "rating" });
  const up = thumb(words("up"), UP);
  const down = thumb(words("down"), DOWN);

  const show = (): void => {
    up.setAttribute("aria-pressed", String(turn.rating === "up"));
    down.setAttribute("aria-pressed", String(turn.rating === "down"));
  };
  async function send(rating: Turn["rating"], reason = "", note = ""): Promise<void> {
    const before = turn.rating;
    turn.rating = rating;
    show();
    try {
      await rate(around.place(), turn.traceId, rating || "none", reason, note);
      around.saved();
      around.emit("feedback", { trace_id: turn.traceId, rating: rating || "none", reason });
    } catch {
      turn.rating = before;
      show();
      form.replaceChildren(h("p", { role: "status" }, words("unrated")));
    }
  }
  const clear = (): void => form.replaceChildren();
  const thank = (): void => form.replaceChildren(h("p", { role: "status" }, words("thanks")));

  up.addEventListener("click", () => {
    clear();
    void send(turn.rating === "up" ? "" : "up");
  });
  down.addEventListener("click", () => {
    clear();
    if (turn.rating === "down") return void send("");
    void send("down");
    const asked = reasons(words, (reason, note) => {
      thank();
      down.focus();
      void send("down", reason, note);
    });
    form.replaceChildren(asked);
    asked.querySelector("input")?.focus();
  });
  show();
  return { buttons: [up, down], form };
}

function thumb(label: string, path: string): HTMLButtonElement {
  return h("button", { type: "button", class: "tool", "aria-label": label, title: label }, icon(path));
}

function reasons(words: Words, send: (reason: string, note: string) => void): HTMLElement {
  const name = `footnote-reason-${Math.random()}`;
  const choices = REASONS.map((reason) =>
    h("label", { class: "reason" }, h("input", { type: "radio", name, value: reason }), words(reason)));
  const note = h("textarea", { class: "note", rows: "2", maxlength: "1000", "aria-label": words("note"), placeholder: words("note") });
  const done = h("button", { type: "button", class: "primary" }, words("submit"));
  const box = h("fieldset", { class: "reasons" }, h("legend", {}, words("why")), ...choices, note, done);
  done.addEventListener("click", () => {
    send(box.querySelector<HTMLInputElement>("input:checked")?.value ?? "other", note.value.trim());
  });
  return box;
}
