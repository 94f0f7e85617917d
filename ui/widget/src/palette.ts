/** One colour makes a palette that meets WCAG 2.2 AA: contrast of 4.5 for text, 3 for what is not text. */

import { contrast, css, inkOn, parse, type Rgb, TEXT_CONTRAST } from "./contrast";
import { DEFAULTS } from "./options";

/** Papers of the two themes; `panel.css` has the same. */
const PAPER = { light: [255, 255, 255], dark: [20, 24, 30] } as const;
const INK = { light: [0, 0, 0], dark: [255, 255, 255] } as const;

export type Theme = keyof typeof PAPER;

const mix = (from: Rgb, to: Rgb, share: number): Rgb =>
  from.map((part, at) => Math.round(part + (to[at]! - part) * share)) as unknown as Rgb;

/** `color` moved towards `ink` until it can be read on all of `papers`. */
function readable(color: Rgb, papers: readonly Rgb[], ink: Rgb): Rgb {
  for (let share = 0; share < 1; share += 0.02) {
    const tried = mix(color, ink, share);
    if (papers.every((paper) => contrast(tried, paper) >= TEXT_CONTRAST)) return tried;
  }
  return ink;
}

/** The accents of a theme: a ground for buttons, what is written on it, a colour for links, a tint for surfaces. */
export function palette(color: string, theme: Theme): Record<"accent" | "on-accent" | "link" | "tint", string> {
  const given = parse(color) ?? parse(DEFAULTS.color)!;
  const paper: Rgb = PAPER[theme];
  const tint = mix(paper, given, theme === "light" ? 0.1 : 0.22);
  const link = readable(given, [paper, tint], INK[theme]);
  const accent = contrast(given, paper) >= 3 ? given : link;
  return { accent: css(accent), "on-accent": css(inkOn(accent)), link: css(link), tint: css(tint) };
}
