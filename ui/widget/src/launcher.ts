/** The button in the corner: all there is before the first click. */

import { css, inkOn, parse } from "./contrast";
import { h, icon } from "./dom";
import { languageOf } from "./language";
import { DEFAULTS, type Options } from "./options";

const LABELS: Record<string, string> = { en: "Ask a question", nl: "Stel een vraag", ar: "اطرح سؤالاً" };
const SPEECH = "M4 5h16v11H10l-4.5 3.5V16H4zM8.5 9h7M8.5 12h4.5";

/** The launcher of a panel; `dress` it before it is seen. */
export function makeLauncher(panelId: string): HTMLButtonElement {
  return h(
    "button", { type: "button", class: "launcher", part: "launcher", "aria-expanded": "false", "aria-controls": panelId },
    icon(SPEECH), h("span"),
  );
}

/** Text, side and colour as the options have it; the site's colour whatever the theme, because it stands on the site's page. */
export function dress(launcher: HTMLButtonElement, options: Options): void {
  const ground = parse(options.color) ?? parse(DEFAULTS.color)!;
  launcher.lastChild!.textContent = options.title || LABELS[languageOf(options)] || LABELS.en!;
  launcher.dataset.position = options.position;
  launcher.style.setProperty("--own-accent", css(ground));
  launcher.style.setProperty("--own-on-accent", css(inkOn(ground)));
}
