/** What nobody should ever read in an answer. */
const words = /\bundefined\b|\[object |\bNaN\b|\bfunction\b/;

/**
 * Where in a value something is that must not be printed: the text `undefined`, an object made text, a property that holds undefined.
 * `input`: what the author wrote may be quoted.
 */
export function blemishOf(value: unknown, input: string, path = ""): string | undefined {
  if (typeof value === "string") {
    const found = words.exec(value)?.[0];
    return found === undefined || input.includes(found.trim())
      ? undefined
      : `${path}: ${value.slice(0, 200)}`;
  }
  if (value === undefined) return `${path} is undefined`;
  if (typeof value === "number") return Number.isNaN(value) ? `${path} is not a number` : undefined;
  if (typeof value === "function") return `${path} is a function`;
  if (typeof value !== "object" || value === null) return undefined;
  for (const [key, item] of Object.entries(value)) {
    const found = blemishOf(item, input, `${path}.${key.slice(0, 40)}`);
    if (found !== undefined) return found;
  }
  return undefined;
}
