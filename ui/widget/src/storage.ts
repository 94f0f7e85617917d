/** The browser's storage, where the site and the visitor's browser allow it; else this page's memory. */

import type { Options } from "./options";

interface Kept {
  until: number;
  value: unknown;
}

export class Shelf {
  readonly #key: string;
  readonly #options: () => Options;

  constructor(options: () => Options) {
    const { site, mode } = options();
    this.#key = `footnote:${site}:${mode}`;
    this.#options = options;
  }

  read(): unknown {
    try {
      const kept = JSON.parse(this.#store()?.getItem(this.#key) ?? "null") as Kept | null;
      return kept && kept.until > Date.now() ? kept.value : null;
    } catch {
      return null; // blocked, or not ours
    }
  }

  write(value: string): void {
    const hours = Number(this.#options()["ttl-hours"]) || 24;
    const until = Math.round(Date.now() + hours * 3_600_000);
    try {
      this.#store()?.setItem(this.#key, `{"until":${until},"value":${value}}`);
    } catch {
      // blocked or full: the conversation lives as long as the page
    }
  }

  clear(): void {
    try {
      this.#store()?.removeItem(this.#key);
    } catch {
      // blocked: there is nothing to clear
    }
  }

  #store(): Storage | null {
    const { persist } = this.#options();
    return persist === "none" ? null : persist === "local" ? localStorage : sessionStorage;
  }
}
