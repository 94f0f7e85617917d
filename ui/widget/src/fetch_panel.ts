/** Loads the panel's file, once, by the digest the build wrote down: who pins the loader has pinned both. */

import type { Policy } from "./policy";

export function fetchPanel(base: string, policy: Policy, nonce: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.integrity = PANEL_INTEGRITY;
    script.crossOrigin = "anonymous";
    if (nonce) script.nonce = nonce;
    script.addEventListener("load", () => { script.remove(); resolve(); });
    script.addEventListener("error", () => { script.remove(); reject(new Error(script.src)); });
    script.src = policy.createScriptURL(base + PANEL_FILE);
    document.head.append(script);
  });
}
