import { deepest } from "./aliases.ts";
import { nativeJson } from "./native-json.ts";
import { isFields } from "./objects.ts";
import { readPlainJson } from "./plain-json.ts";

/**
 * A text that is one JSON value, as Kubernetes reads it. Undefined: it is something else, or has what the slow reader has to judge:
 * keys that are there twice, numbers that no JSON has, nesting without end.
 */
export function parseJson(text: string): { readonly value: unknown } | undefined {
  if (!/^[\t\n\r ]*[{[]/.test(text)) return undefined;
  const plain = readPlainJson(text);
  return plain === undefined ? parseNative(text) : { value: plain };
}

/** The same by `JSON.parse`, with the keys counted that are there and that were written. */
export function parseNative(text: string): { readonly value: unknown } | undefined {
  const value = parsed(text);
  if (value === undefined) return undefined;
  const keys = keysIn(value, 0);
  return keys === colonsIn(text) || keys === keysWritten(text) ? { value } : undefined;
}

function parsed(text: string): unknown {
  try {
    return nativeJson(text);
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

/** Never fewer than keys are written: every colon behind a quote or a blank, also within texts. */
function colonsIn(text: string): number {
  let colons = 0;
  for (let at = text.indexOf(":"); at >= 0; at = text.indexOf(":", at + 1)) {
    const before = text.charCodeAt(at - 1);
    if (before === quote || isSpace(before)) colons += 1;
  }
  return colons;
}

/** How many keys are written in what `JSON.parse` took: texts that a colon follows. */
function keysWritten(text: string): number {
  let keys = 0;
  for (let open = text.indexOf('"'); open >= 0; ) {
    let at = text.indexOf('"', open + 1);
    while (isEscaped(text, at)) at = text.indexOf('"', at + 1);
    at += 1;
    while (isSpace(text.charCodeAt(at))) at += 1;
    if (text.charCodeAt(at) === colon) keys += 1;
    open = text.indexOf('"', at);
  }
  return keys;
}
const quote = '"'.charCodeAt(0);
const colon = ":".charCodeAt(0);
const backslash = "\\".charCodeAt(0);

/** After an odd number of backslashes. */
function isEscaped(text: string, at: number): boolean {
  let first = at;
  while (text.charCodeAt(first - 1) === backslash) first -= 1;
  return (at - first) % 2 === 1;
}

function isSpace(code: number): boolean {
  return code === 32 || (code <= 13 && code >= 9);
}
