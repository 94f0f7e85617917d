/** Luminance and contrast as WCAG 2.2 defines them ("relative luminance", "contrast ratio"). */

export type Rgb = readonly [number, number, number];

export const TEXT_CONTRAST = 4.5;
export const WHITE: Rgb = [255, 255, 255];
const BLACK: Rgb = [0, 0, 0];

/** `#rgb` or `#rrggbb`; null for anything else. */
export function parse(color: string): Rgb | null {
  const hex = /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(color.trim())?.[1];
  if (!hex) return null;
  const full = hex.length === 3 ? hex.replace(/./g, "$&$&") : hex;
  return [0, 2, 4].map((at) => parseInt(full.slice(at, at + 2), 16)) as unknown as Rgb;
}

export const css = (color: Rgb): string => `rgb(${color.join(" ")})`;

function luminance(color: Rgb): number {
  const [r, g, b] = color.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as unknown as Rgb;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

export function contrast(one: Rgb, other: Rgb): number {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

/** White where it can be read on `ground`, else black. One of them always reaches 4.5. */
export const inkOn = (ground: Rgb): Rgb => (contrast(ground, WHITE) >= TEXT_CONTRAST ? WHITE : BLACK);
