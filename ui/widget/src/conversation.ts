/** The conversation of this tab: asks, takes the stream in, keeps the turns. Knows nothing of how they look. */

import { chat, forget, pageUrl, type Place, Refused } from "./client";
import { json } from "./json";
import type { Shelf } from "./storage";
import { troubleOf } from "./trouble";
import { type Citation, followupsOf, newTurn, running, type Source, type Turn } from "./turn";
import type { Words } from "./words";

/** Earlier turns sent along; the server looks at as many. */
const REMEMBERED = 10;

interface Surroundings {
  place(): Place;
  words(): Words;
  /** A turn is new or has changed. */
  changed(turn: Turn): void;
  emit(name: string, ids?: Record<string, unknown>, texts?: Record<string, unknown>): void;
}

interface Saved {
  turns: Turn[];
  traceIds: string[];
}

export class Conversation {
  turns: Turn[] = [];
  /** Answers the server may have traces of, those of earlier conversations of this tab included. */
  #traceIds: string[] = [];
  /** What the search found for the question that is being answered. */
  #hits: Source[] = [];
  #asking = new AbortController();

  constructor(readonly around: Surroundings, readonly shelf: Shelf) {
    const saved = shelf.read() as Partial<Saved> | null;
    if (!saved || !Array.isArray(saved.turns)) return;
    this.turns = saved.turns.map((turn) => ({ ...newTurn(""), ...turn }));
    this.#traceIds = saved.traceIds ?? [];
  }

  get running(): boolean {
    return running(this.turns.at(-1));
  }

  async ask(question: string): Promise<void> {
    if (this.running) return;
    const turn = newTurn(question);
    turn.status = this.around.words()("searching");
    this.turns.push(turn);
    this.around.changed(turn);
    this.around.emit("question", { turn: this.turns.length }, { question });
    await this.#answer(turn);
  }

  /** Asks the last question again, in the place of the answer that failed. */
  async retry(): Promise<void> {
    const last = this.turns.at(-1);
    if (!last || this.running) return;
    Object.assign(last, newTurn(last.question), { status: this.around.words()("searching") });
    this.around.changed(last);
    await this.#answer(last);
  }

  stop(): void {
    this.#asking.abort();
  }

  /** Starts anew; what the server has is still known, so that it can be deleted. */
  fresh(): void {
    this.stop();
    this.turns = [];
    this.save();
    this.around.emit("reset");
  }

  /** Deletes here at once, and on the server; throws when the server was not reached. */
  async delete(): Promise<void> {
    this.fresh();
    if (this.#traceIds.length) await forget(this.around.place(), this.#traceIds);
    this.#traceIds = [];
    this.shelf.clear();
  }

  save(): void {
    const finished = this.turns.filter((turn) => !running(turn));
    if (!finished.length && !this.#traceIds.length) this.shelf.clear();
    else this.shelf.write(json({ turns: finished, traceIds: this.#traceIds }));
  }

  async #answer(turn: Turn): Promise<void> {
    const { signal } = (this.#asking = new AbortController());
    try {
      for await (const { name, data } of chat(this.around.place(), this.#body(turn), signal)) {
        if (signal.aborted) break;
        this.#take(turn, name, data);
        this.around.changed(turn);
      }
      if (running(turn)) this.#end(turn, signal.aborted ? "stopped" : "broken");
    } catch (error) {
      if (running(turn)) this.#fail(turn, error, signal.aborted);
    }
    this.around.changed(turn);
    this.save();
  }

  #body(turn: Turn): unknown {
    const before = this.turns.slice(0, -1).filter(({ text }) => text).slice(-REMEMBERED);
    const history = before.flatMap(({ question, text }) => [
      { role: "user", content: question }, { role: "assistant", content: text },
    ]);
    return { question: turn.question, history, page_url: pageUrl() };
  }

  #take(turn: Turn, name: string, data: Record<string, unknown>): void {
    if (name === "meta") turn.status = text(data.status) || turn.status;
    else if (name === "sources") this.#found(turn, list<Source>(data.hits));
    else if (name === "citation") turn.citations.push(data as unknown as Citation);
    else if (name === "delta") {
      turn.state = "writing";
      turn.text += text(data.text);
    } else if (name === "done") this.#done(turn, data);
    else if (name === "error") {
      this.#end(turn, turn.text ? "broken" : "failed", troubleOf(new Refused(Number(data.status), data, 0), this.around.words()));
    }
  }

  #found(turn: Turn, hits: Source[]): void {
    this.#hits = hits;
    const one = new Map(hits.map((hit) => [hit.article_id, hit]));
    turn.sources = [...one.values()].map(({ article_id, title, url }) => ({ article_id, title, url }));
    this.around.emit("sources", { articles: turn.sources.map(({ article_id }) => article_id) });
  }

  /** The whole answer is the last word: where a writer failed half-way, it replaces what came before. */
  #done(turn: Turn, data: Record<string, unknown>): void {
    const model = (data.model ?? {}) as { kind?: unknown; name?: unknown };
    turn.text = text(data.answer);
    turn.citations = list<Citation>(data.citations);
    turn.nearest = list<Source>(data.nearest);
    // A greeting and a question back come without articles.
    turn.state = data.answered === true ? "answered" : turn.nearest.length ? "refused" : "replied";
    turn.traceId = text(data.trace_id);
    turn.writer = { kind: text(model.kind), name: text(model.name), left: data.left_environment === true, note: text(data.note) };
    turn.status = "";
    const asked = this.turns.map(({ question }) => question);
    turn.followups = turn.state !== "answered" ? [] : followupsOf(this.#hits, asked, text(data.language)).slice(0, 3);
    if (turn.traceId) this.#traceIds.push(turn.traceId);
    const ids = { trace_id: turn.traceId, articles: turn.citations.map(({ article_id }) => article_id) };
    this.around.emit(turn.state === "refused" ? "refusal" : "answer", ids, { question: turn.question, answer: turn.text });
  }

  #fail(turn: Turn, error: unknown, aborted: boolean): void {
    const words = this.around.words();
    if (aborted) this.#end(turn, "stopped");
    else if (error instanceof Refused) this.#end(turn, "failed", troubleOf(error, words));
    else if (turn.text) this.#end(turn, "broken");
    else this.#end(turn, "failed", words(navigator.onLine ? "failed" : "offline"));
  }

  #end(turn: Turn, state: "stopped" | "broken" | "failed", why = ""): void {
    turn.state = state === "broken" && !turn.text ? "failed" : state;
    turn.status = why || this.around.words()(turn.state === "stopped" ? "stopped" : turn.state === "broken" ? "broken" : "failed");
    this.around.emit(state === "stopped" ? "stop" : "error", { kind: turn.state });
  }
}

const text = (value: unknown): string => (typeof value === "string" ? value : "");
const list = <T>(value: unknown): T[] => (Array.isArray(value) ? (value as T[]) : []);
