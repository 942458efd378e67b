import { deepest } from "./aliases.ts";
import { isFields } from "./objects.ts";

/**
 * A text that is one JSON value, as Kubernetes reads it. Undefined: it is something else, or has what the slow reader has to judge:
 * keys that are there twice, numbers that no JSON has, nesting without end.
 */
export function parseJson(text: string): { readonly value: unknown } | undefined {
  if (!/^[\t\n\r ]*[{[]/.test(text)) return undefined;
  const value = parsed(text);
  if (value === undefined) return undefined;
  const keys = keysIn(value, 0);
  return keys === keysWritten(text) ? { value } : undefined;
}

function parsed(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return undefined; // YAML may still read it
  }
}

/** How many keys there are, or `NaN` if something is not for JSON. */
function keysIn(value: unknown, depth: number): number {
  if (typeof value === "number")
    return Number.isFinite(value) && !Object.is(value, -0) ? 0 : Number.NaN;
  if (typeof value !== "object" || value === null) return 0;
  if (depth > deepest) return Number.NaN;
  let keys = 0;
  if (Array.isArray(value)) for (const item of value) keys += keysIn(item, depth + 1);
  else if (isFields(value)) for (const key in value) keys += 1 + keysIn(value[key], depth + 1);
  return keys;
}

/** How many keys are written: texts that a colon follows. */
function keysWritten(text: string): number {
  let keys = 0;
  token.lastIndex = 0;
  while (token.test(text)) if (text.charCodeAt(token.lastIndex - 1) === colon) keys += 1;
  return keys;
}
const token = /"[^"\\]*(?:\\.[^"\\]*)*"(?:[\t\n\r ]*:)?/g;
const colon = ":".charCodeAt(0);
