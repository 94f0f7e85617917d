/** Which language the widget speaks: the site's choice, else the page's, else the browser's. */

import type { Options } from "./options";

const RIGHT_TO_LEFT = ["ar", "fa", "he", "ur"];

/** A code of two letters; what we have no strings for is English, or what the site's own strings say. */
export function languageOf(options: Options): string {
  return (options.lang || document.documentElement.lang || navigator.language || "en").slice(0, 2).toLowerCase();
}

export const directionOf = (language: string): "rtl" | "ltr" => (RIGHT_TO_LEFT.includes(language) ? "rtl" : "ltr");
