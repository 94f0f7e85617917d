/** The widget's words: in its language, with what the site overrides. */

import { languageOf } from "./language";
import type { Options } from "./options";
import { en, type Strings } from "./strings/en";

export type Words = (name: keyof Strings, values?: { n?: number; name?: string }) => string;

/** Words for the options' language; a site's own JSON file of strings wins, names we do not know are ignored. */
export async function wordsOf(options: Options, base: string): Promise<Words> {
  const [file, integrity] = LANGUAGES[languageOf(options)] ?? [];
  const found = await Promise.all([file && fetched(base + file, integrity), options.strings && fetched(options.strings)]);
  const strings: Record<string, unknown> = { ...en, ...found[0], ...found[1] };
  return (name, values = {}) =>
    String(strings[name]).replace("{n}", () => String(values.n)).replace("{name}", () => values.name ?? "");
}

async function fetched(url: string, integrity = ""): Promise<Record<string, unknown>> {
  try {
    return (await (await fetch(url, { credentials: "omit", integrity })).json()) as Record<string, unknown>;
  } catch {
    return {}; // English then, rather than no widget
  }
}
