/** What the server said no with, in the widget's language. */

import type { Refused } from "./client";
import type { Words } from "./words";

/** In the server's English where we have no words; what is not the visitor's doing is told as being out of reach. */
export function troubleOf({ kind, status, message, seconds }: Refused, words: Words): string {
  if (status === 429 || kind === "full_line") return words("busy", { n: seconds });
  if (kind === "long_question" || kind === "no_words") return words(kind);
  return (status < 500 && message) || words("failed");
}
