/** A text that a pattern of Istio's means: one `*` at an end, or the braces of a path template. */
export function sampleOf(pattern: string, any: string): string {
  if (pattern === "*") return any;
  if (pattern.includes("{*")) return pattern.replaceAll("{**}", "x").replaceAll("{*}", "x");
  if (pattern.endsWith("*")) return `${pattern.slice(0, -1)}x`;
  return pattern.startsWith("*") ? `x${pattern.slice(1)}` : pattern;
}
