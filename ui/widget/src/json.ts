/** JSON that a page's `toJSON` on Array or Object prototypes (old Prototype.js) cannot change. */
export function json(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(json).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value) ?? "null";
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return `{${entries.map(([name, inner]) => `${JSON.stringify(name)}:${json(inner)}`).join(",")}}`;
}
