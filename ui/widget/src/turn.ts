/** One question with its answer, as far as it has come. */

export interface Source {
  article_id: string;
  title: string;
  url: string | null;
  section?: string;
  language?: string;
}

export interface Citation extends Source {
  n: number;
  quote: string;
  updated: string | null;
}

export interface Writer {
  kind: string;
  name: string;
  left: boolean;
  note: string;
}

export type State = "searching" | "writing" | "answered" | "refused" | "replied" | "stopped" | "broken" | "failed";

export interface Turn {
  question: string;
  text: string;
  state: State;
  /** What is going on, or what went wrong. */
  status: string;
  sources: Source[];
  citations: Citation[];
  nearest: Source[];
  followups: string[];
  traceId: string;
  writer: Writer | null;
  rating: "up" | "down" | "";
}

export function newTurn(question: string): Turn {
  return {
    question, text: "", state: "searching", status: "", sources: [], citations: [], nearest: [], followups: [],
    traceId: "", writer: null, rating: "",
  };
}

export const running = (turn: Turn | undefined): boolean => turn?.state === "searching" || turn?.state === "writing";

/** Questions the found passages answer: titles and headings that ask something, but not what was asked already. */
export function followupsOf(sources: readonly Source[], asked: readonly string[], language: string): string[] {
  const known = new Set(asked.map(plain));
  const spoken = sources.filter((source) => (source.language ?? language) === language);
  const found = spoken.flatMap(({ title, section }) => [...(section ?? "").split(" > "), title]);
  return found.filter((text) => text.endsWith("?") && text.length < 90 && !known.has(plain(text)) && known.add(plain(text)));
}

const plain = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();
