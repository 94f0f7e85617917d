/** Light or dark: told by the site, by an attribute of its page, or by the visitor's system. */

import type { Options } from "./options";
import { palette, type Theme } from "./palette";

/** Gives `root` the theme and the palette it has now. */
export function paint(root: HTMLElement, options: Options): void {
  const theme = themeOf(options);
  root.dataset.theme = theme;
  for (const [name, value] of Object.entries(palette(options.color, theme))) root.style.setProperty(`--own-${name}`, value);
}

function themeOf(options: Options): Theme {
  const { theme, "theme-attr": attribute } = options;
  if (theme === "light" || theme === "dark") return theme;
  const said = attribute && (document.documentElement.getAttribute(attribute) ?? document.body.getAttribute(attribute));
  if (said) return /(^|[\s_-])(dark|night)($|[\s_-])/i.test(said) ? "dark" : "light";
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}
