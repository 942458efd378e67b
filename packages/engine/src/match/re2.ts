import type { Alphabet } from "./sequence.ts";

/** Whether a regular expression of RE2 matches the whole value. */
export function matchesRe2(source: string, value: string, _alphabet: Alphabet = "bytes"): boolean {
  const expression = compiled(source);
  return expression?.test(value) ?? false;
}

const expressions = new Map<string, RegExp | undefined>();

function compiled(source: string): RegExp | undefined {
  if (!expressions.has(source)) expressions.set(source, compile(source));
  return expressions.get(source);
}

function compile(source: string): RegExp | undefined {
  try {
    return new RegExp(`^(?:${source})$`);
  } catch {
    return undefined;
  }
}

/** Whether a text is a regular expression of RE2 at all. */
export function compilesRe2(source: string): boolean {
  return compiled(source) !== undefined;
}
