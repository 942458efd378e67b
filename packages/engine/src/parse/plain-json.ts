import { deepest } from "./aliases.ts";
import { codeAt } from "./characters.ts";
import { type Aside, listFrom, mappingFrom } from "./exact.ts";
import { backslash, blank, brace, bracket, colon, quotes } from "./plain-text.ts";
import { type Text, textOf, type Word, wordAt } from "./plain-words.ts";

/** How far a text is read. */
interface Reader extends Text, Aside {
  at: number;
  word: Word | undefined; // that was read last
}

/**
 * A text that is one JSON value, read as the plain YAML reader reads: what comes again is made once. It never guesses: what is no JSON,
 * a key that is there twice, a number that is none and nesting without end give `undefined`, and others judge the text.
 */
export function readPlainJson(text: string): unknown {
  return readAll(readerOf(text));
}

function readerOf(source: string): Reader {
  const { text, codes, words } = textOf(source);
  return { text, codes, words, names: [], items: [], count: 0, at: 0, word: undefined };
}

function readAll(reader: Reader): unknown {
  skip(reader);
  const value = readValue(reader, 0);
  skip(reader);
  return reader.at === reader.text.length ? value : undefined;
}

function readValue(reader: Reader, depth: number): unknown {
  if (depth > deepest) return undefined;
  const code = codeAt(reader.codes, reader.at);
  if (code === quotes) return readText(reader);
  if (code === brace) return readPairs(reader, depth);
  return code === bracket ? readItems(reader, depth) : readLiteral(reader);
}

function readPairs(reader: Reader, depth: number): unknown {
  const { names, items, count: before } = reader;
  while (goesOn(reader, before, closingBrace)) {
    const name = codeAt(reader.codes, reader.at) === quotes ? readText(reader) : undefined;
    if (name === undefined || !takes(reader, colon)) return undefined;
    const at = reader.count;
    reader.count += 1;
    names[at] = name;
    const item = readValue(reader, depth + 1);
    if (item === undefined) return undefined;
    items[at] = item;
  }
  return takes(reader, closingBrace) ? mappingFrom(reader, before) : undefined;
}

function readItems(reader: Reader, depth: number): unknown {
  const { items, count: before } = reader;
  while (goesOn(reader, before, closingBracket)) {
    const item = readValue(reader, depth + 1);
    if (item === undefined) return undefined;
    items[reader.count] = item;
    reader.count += 1;
  }
  return takes(reader, closingBracket) ? listFrom(reader, before, reader.word) : undefined;
}

/** Goes to the first member, if there is one, or over a comma to the next; stays where there is none. */
function goesOn(reader: Reader, before: number, closing: number): boolean {
  if (reader.count > before) return takes(reader, comma);
  reader.at += 1;
  skip(reader);
  return codeAt(reader.codes, reader.at) !== closing;
}

/** A character between blanks. */
function takes(reader: Reader, code: number): boolean {
  skip(reader);
  if (codeAt(reader.codes, reader.at) !== code) return false;
  reader.at += 1;
  skip(reader);
  return true;
}

function skip(reader: Reader): void {
  const { codes } = reader;
  let { at } = reader;
  for (let code = codeAt(codes, at); code <= blank && isSpace(code); code = codeAt(codes, at))
    at += 1;
  reader.at = at;
}

function isSpace(code: number): boolean {
  return code === blank || code === 10 || code === 13 || code === 9;
}

function readText(reader: Reader): string | undefined {
  const { codes, at: start } = reader;
  let isEscaped = false;
  let at = start + 1;
  for (let code = codeAt(codes, at); code !== quotes; code = codeAt(codes, at)) {
    if (code < blank) return undefined;
    if (code === backslash) isEscaped = true;
    at += code === backslash ? 2 : 1;
  }
  reader.at = at + 1;
  if (isEscaped) return unescaped(reader.text.slice(start, at + 1));
  reader.word = wordAt(reader, start + 1, at);
  return reader.word.source;
}

function unescaped(written: string): string | undefined {
  try {
    const text: unknown = JSON.parse(written);
    return typeof text === "string" ? text : undefined;
  } catch {
    return undefined; // an escape that there is not
  }
}

/** A number, `true`, `false` or `null`. */
function readLiteral(reader: Reader): unknown {
  literal.lastIndex = reader.at;
  const [source] = literal.exec(reader.text) ?? [];
  if (source === undefined) return undefined;
  reader.at += source.length;
  const value: unknown = JSON.parse(source);
  const isFine = typeof value !== "number" || (Number.isFinite(value) && !Object.is(value, -0));
  return isFine ? value : undefined;
}
const literal = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

const comma = ",".charCodeAt(0);
const closingBrace = "}".charCodeAt(0);
const closingBracket = "]".charCodeAt(0);

/** Kept, as `plain-yaml.ts` keeps one. */
export const lasting: readonly unknown[] = keptReader();

function keptReader(): readonly unknown[] {
  const reader = readerOf('{"a": ["b"]}');
  return [reader, readAll(reader)];
}
