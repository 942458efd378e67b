/** Whether a value matches a pattern in which every `*` stands for anything: what people mean by it, not what Istio does. */
export function globMatches(pattern: string, value: string): boolean {
  const parts = pattern.split("*");
  const [first = "", ...rest] = parts;
  if (rest.length === 0) return pattern === value;
  if (!value.startsWith(first)) return false;
  let at = first.length;
  for (const part of rest.slice(0, -1)) {
    const found = value.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  const last = rest.at(-1) ?? "";
  return value.length - last.length >= at && value.endsWith(last);
}

/** A `*` that is neither at the beginning nor at the end: an ordinary character. */
export function hasInnerStar(pattern: string): boolean {
  const inner = pattern.startsWith("*") ? pattern.slice(1) : pattern.replace(/\*$/, "");
  return inner.includes("*") && !pattern.includes("{*");
}

/** A text that people read as the same path: escapes decoded, slashes merged, without parameters and the slash at the end. */
export function plainPath(path: string): string {
  const decoded = path.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  const merged = decoded
    .replaceAll("\\", "/")
    .replace(/;[^/]*/g, "")
    .replace(/\/{2,}/g, "/");
  return merged.length > 1 ? merged.replace(/\/$/, "") : merged;
}

/** An address, or a block of them. */
export function isBlock(text: string): boolean {
  return (
    /^\d{1,3}(?:\.\d{1,3}){3}\/\d{1,2}$/.test(text) ||
    /^[0-9a-f:]+:[0-9a-f:]*\/\d{1,3}$/i.test(text)
  );
}
