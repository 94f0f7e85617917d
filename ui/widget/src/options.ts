/** What a site may set: `data-*` on the script, the same names as attributes of the element. */

export const NAMES = (
  "site api title greeting placeholder questions color theme theme-attr position mode push width open-on shortcut lang strings " +
  "disclaimer consent persist ttl-hours feedback sources privacy-url contact-url hide-on nonce zindex events"
).split(" ") as readonly Name[];

/** What an option is when the site says nothing; the others are empty. */
export const DEFAULTS = {
  color: "#0b5c70", theme: "auto", position: "right", mode: "bubble", consent: "none", persist: "session", "ttl-hours": "24",
  feedback: "on", sources: "cards", events: "ids",
};

export type Name =
  | keyof typeof DEFAULTS | "site" | "api" | "title" | "greeting" | "placeholder" | "questions" | "theme-attr" | "push" | "width"
  | "open-on" | "shortcut" | "lang" | "strings" | "disclaimer" | "privacy-url" | "contact-url" | "hide-on" | "nonce" | "zindex";
export type Options = Readonly<Record<Name, string>>;

/** The options an element has now; an attribute that is absent or empty has its default. */
export function optionsOf(element: Element): Options {
  const found = Object.create(null) as Record<Name, string>;
  for (const name of NAMES) found[name] = element.getAttribute(name)?.trim() || (DEFAULTS as Partial<Options>)[name] || "";
  return found;
}

/** Does a pattern of `hide-on` (paths separated by `|`, `*` for anything) match this path? */
export function hiddenOn(patterns: string, path: string): boolean {
  return patterns.split("|").some((pattern) => {
    const parts = pattern.trim().split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
    return parts.join("") !== "" && new RegExp(`^${parts.join(".*")}$`).test(path);
  });
}
