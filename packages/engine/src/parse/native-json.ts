import { isFields } from "./objects.ts";
import { backslash, blank, colon, quotes } from "./plain-text.ts";

/**
 * `JSON.parse`, throwing what it throws, without a mistake of V8 12.8 to 14 at least (Node 23 to 26; nodejs/node#63785): once a key that
 * ends in a backslash was read, it takes others that are written with an escape for it. Such keys are read each by itself.
 */
export function nativeJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  if (!text.includes("\\") || !hasEscapedKey(text)) return value;
  const { marked, mark, names } = withMarks(text);
  return renamed(JSON.parse(marked), mark, names);
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

/** The text with a key of its own for each that is written with an escape, and what those mean. */
function withMarks(text: string): {
  readonly marked: string;
  readonly mark: string;
  readonly names: readonly string[];
} {
  let mark = "\ue000"; // of the private use area
  while (text.includes(mark)) mark += "\ue000";
  const names: string[] = [];
  const marked = text.replace(written, (source: string, isKey: string | undefined) => {
    if (isKey === undefined || !source.includes("\\")) return source;
    names.push(String(JSON.parse(source)));
    return `"${mark}${names.length - 1}"`;
  });
  return { marked, mark, names };
}

function renamed(value: unknown, mark: string, names: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((item) => renamed(item, mark, names));
  if (!isFields(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      const name = key.startsWith(mark) ? names[Number(key.slice(mark.length))] : key;
      return [name ?? key, renamed(item, mark, names)];
    }),
  );
}
