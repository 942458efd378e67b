import { isFields } from "./objects.ts";
import { backslash, blank, colon, quotes } from "./plain-text.ts";

/**
 * `JSON.parse`, throwing what it throws, without a mistake of V8 12.8 to 14 at least (Node 23 to 26; nodejs/node#63785): once a key that
 * ends in a backslash was read, it takes others that are written with an escape for it. Where there are such keys, each is read by itself.
 */
export function nativeJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  if (!text.includes("\\") || !hasEscapedKey(text)) return value;
  const { numbered, names } = withNumbers(text);
  return renamed(JSON.parse(numbered), names);
}

/** Of a text that is JSON. */
function hasEscapedKey(text: string): boolean {
  for (let open = text.indexOf('"'); open >= 0; ) {
    const close = textEnd(text, open);
    if (isKeyEnd(text, close) && text.slice(open, close).includes("\\")) return true;
    open = text.indexOf('"', close + 1);
  }
  return false;
}

/** The quotes that end the text which begins here. */
function textEnd(text: string, open: number): number {
  let at = open + 1;
  for (let code = text.charCodeAt(at); code !== quotes; code = text.charCodeAt(at))
    at += code === backslash ? 2 : 1;
  return at;
}

function isKeyEnd(text: string, close: number): boolean {
  let at = close + 1;
  while (text.charCodeAt(at) <= blank) at += 1;
  return text.charCodeAt(at) === colon;
}

const written = /"[^"\\]*(?:\\.[^"\\]*)*"(?=[\t\n\r ]*(:)?)/gs;

/** The text with the number of each key in its place, behind a letter, so that they keep their order; and what they were. */
function withNumbers(text: string): {
  readonly numbered: string;
  readonly names: readonly string[];
} {
  const names: string[] = [];
  const numbered = text.replace(written, (source: string, isKey: string | undefined) => {
    if (isKey === undefined) return source;
    names.push(String(JSON.parse(source)));
    return `"k${names.length - 1}"`;
  });
  return { numbered, names };
}

function renamed(value: unknown, names: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((item) => renamed(item, names));
  if (!isFields(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      names[Number(key.slice(1))] ?? key,
      renamed(item, names),
    ]),
  );
}
