/** The one Trusted Types policy, `footnote`: lets the loader load the panel's file, and the sanitiser parse. */

export interface Policy {
  createHTML(text: string): string;
  createScriptURL(url: string): string;
}

interface Factory {
  createPolicy(name: string, rules: Policy): Policy;
}

/** `base` is the folder our files come from; any other script address is refused. */
export function makePolicy(base: string): Policy {
  const rules: Policy = {
    createHTML: (text) => text, // parsed inertly, by DOMPurify alone
    createScriptURL(url) {
      if (url.startsWith(base)) return url;
      throw new TypeError(url);
    },
  };
  const factory = (globalThis as { trustedTypes?: Factory }).trustedTypes;
  return factory ? factory.createPolicy("footnote", rules) : rules;
}
