/** On small screens the panel is a sheet as high as what is visible: an on-screen keyboard never covers the input. */

const SMALL = "(max-width: 640px)";

export const isSheet = (mode: string): boolean => mode !== "inline" && matchMedia(SMALL).matches;

export function fitSheet(panel: HTMLElement, mode: string): void {
  const sheet = isSheet(mode);
  panel.toggleAttribute("data-sheet", sheet);
  panel.setAttribute("aria-modal", String(sheet));
  const view = sheet ? visualViewport : null;
  for (const [name, value] of [["top", view?.offsetTop], ["height", view?.height]] as const) {
    if (value === undefined) panel.style.removeProperty(name);
    else panel.style.setProperty(name, `${value}px`);
  }
}

/** Tab goes round inside `panel`; called for Tab keys of a modal sheet. */
export function trapTab(panel: HTMLElement, event: KeyboardEvent): void {
  const all = [...panel.querySelectorAll<HTMLElement>("button, a[href], textarea, input, [tabindex='0']")];
  const shown = all.filter((one) => one.getClientRects().length > 0);
  const [first, last] = [shown[0], shown.at(-1)];
  const now = (panel.getRootNode() as ShadowRoot).activeElement;
  if (event.shiftKey ? now === first : now === last) {
    event.preventDefault();
    (event.shiftKey ? last : first)?.focus();
  }
}
