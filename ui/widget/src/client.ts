/** The server's HTTP API, as `docs/reference.md` has it. */

import { json } from "./json";
import { serverEvents } from "./sse";

export interface Place {
  origin: string;
  site: string;
}

/** What the server says no with: a problem (RFC 9457); `seconds` is when to come back, where it told so. */
export class Refused extends Error {
  readonly kind: string;

  constructor(readonly status: number, problem: Record<string, unknown>, readonly seconds: number) {
    super([problem.title, problem.detail].filter(Boolean).join(" - "));
    this.kind = String(problem.kind ?? "");
  }
}

export type Sent = { name: string; data: Record<string, unknown> };

/** The address of the page without its query: an article's address, and nothing about the visitor. */
export function pageUrl(): string {
  const canonical = document.querySelector<HTMLLinkElement>("link[rel='canonical']")?.href;
  return canonical || location.origin + location.pathname;
}

async function post(place: Place, path: string, body: unknown, signal: AbortSignal | null): Promise<Response> {
  const response = await fetch(place.origin + path, {
    method: "POST", body: json(body), signal, credentials: "omit", cache: "no-store", referrerPolicy: "origin",
    headers: { "Content-Type": "application/json", "X-Footnote-Site": place.site },
  });
  if (response.ok) return response;
  const problem = (await response.json().catch(() => ({}))) as Record<string, unknown>;
  throw new Refused(response.status, problem, Number(response.headers.get("Retry-After")) || 0);
}

/** Events of an answer as they come. Ends early, without `done`, when the connection breaks off. */
export async function* chat(place: Place, body: unknown, signal: AbortSignal): AsyncGenerator<Sent> {
  const response = await post(place, "/api/chat", body, signal);
  if (!response.body) return;
  for await (const { name, data } of serverEvents(response.body)) {
    const value: unknown = JSON.parse(data);
    if (value && typeof value === "object") yield { name, data: value as Record<string, unknown> };
  }
}

export interface Starters {
  page: string[];
  questions: string[];
}

/** Questions to offer on an empty conversation; none when the server does not answer. */
export async function starters(place: Place): Promise<Starters> {
  const query = `?page_url=${encodeURIComponent(pageUrl())}`;
  const headers = { "X-Footnote-Site": place.site };
  try {
    const response = await fetch(`${place.origin}/api/starters${query}`, { credentials: "omit", headers });
    if (response.ok) return (await response.json()) as Starters;
  } catch {
    // offline: the panel opens without them, and says so when somebody asks
  }
  return { page: [], questions: [] };
}

export async function rate(place: Place, traceId: string, rating: string, reason = "", note = ""): Promise<void> {
  const more = { ...(reason && { reason }), ...(note && { note }) };
  await post(place, "/api/feedback", { trace_id: traceId, rating, ...more }, null);
}

export async function forget(place: Place, traceIds: string[]): Promise<void> {
  await post(place, "/api/forget", { trace_ids: traceIds }, null);
}
