import type { Path } from "../model/place.ts";
import { readKey, readValue } from "./plain-line.ts";
import {
  keyPlace,
  type Member,
  memberAt,
  noMembers,
  noteBlock,
  noteMember,
  noteValue,
  type Places,
} from "./plain-places.ts";
import {
  endLine,
  isItem,
  isLineOver,
  over,
  type Reader,
  skipBlanks,
  toLine,
  unreadable,
} from "./plain-text.ts";
import { noWords, type Words } from "./plain-words.ts";

/** A document, and where the next one begins: at a line of `---`, or at the end of the text. */
export interface PlainDocument {
  readonly value: unknown;
  readonly end: number;
}

/**
 * One document in the block style in which people and `kubectl` write manifests, as plain data. It never guesses: whatever is not
 * plainly a mapping, a list or a value on one line (anchors, tags, block scalars, tabs, a key that is there twice, a mistake) gives
 * `undefined`, and the full parser reads the document.
 */
export function readPlainYaml(
  text: string,
  start: number,
  words: Words = noWords(),
): PlainDocument | undefined {
  const reader = readerOf({ text, start, words });
  const value = readDocument(reader);
  return value === undefined ? undefined : { value, end: reader.at };
}

/** Finds keys and values of a document that was read so: it is read again, and this time all places are noted. */
export function plainPlaces(text: string, start: number): (path: Path) => Member {
  const places: Places = new Map();
  const reader = readerOf({ text, start, words: noWords(), places });
  const root = readDocument(reader);
  const whole = { start: reader.start, end: reader.end };
  return (path) => memberAt(places, root, whole, path);
}

interface Beginning extends Pick<Reader, "text" | "words" | "places"> {
  readonly start: number;
}

function readerOf({ text, words, places, start: at }: Beginning): Reader {
  return {
    text,
    words,
    places,
    items: [],
    count: 0,
    at,
    indent: unreadable,
    key: at,
    start: at,
    end: at,
  };
}

/** In what follows `undefined` says that something was not read; what is empty is `null`. */
function readDocument(reader: Reader): unknown {
  toLine(reader);
  if (reader.indent === over && reader.at < reader.text.length) {
    reader.at += "---".length;
    if (!endLine(reader)) return undefined;
    toLine(reader);
  }
  const value = reader.indent < 0 ? undefined : readBlock(reader, 0);
  return reader.indent === over ? value : undefined;
}

const deepestBlock = 64;

/** The mapping or list that begins at the line at hand. */
function readBlock(reader: Reader, depth: number): unknown {
  if (depth > deepestBlock) return undefined;
  return isItem(reader) ? readItems(reader, depth) : readPairs(reader, depth);
}

/** A mapping from its first key on, which may be read already. */
function readPairs(reader: Reader, depth: number, first = readKey(reader)): unknown {
  const { indent, key: start } = reader;
  const value: Record<string, unknown> = {};
  const members = noMembers(reader);
  for (let name = first; ; name = readKey(reader)) {
    if (name === undefined || value[name] !== undefined) return undefined;
    const key = keyPlace(reader);
    const item = readBeside(reader, indent, depth, true);
    if (item === undefined) return undefined;
    value[name] = item;
    noteMember(reader, members, name, key);
    if (reader.indent !== indent) break;
  }
  noteBlock(reader, start, value, members);
  return reader.indent < indent ? value : undefined;
}

/** What stands beside a key or a dash, or else below it. A value that a deeper line would go on with is none of ours. */
function readBeside(reader: Reader, indent: number, depth: number, isPair: boolean): unknown {
  skipBlanks(reader);
  const { at } = reader;
  if (!isLineOver(reader)) {
    const value = readValue(reader);
    if (value === undefined || !endLine(reader)) return undefined;
    toLine(reader);
    return reader.indent > indent ? undefined : value;
  }
  if (!endLine(reader)) return undefined;
  toLine(reader);
  if (reader.indent > indent) return readBlock(reader, depth + 1);
  if (isPair && reader.indent === indent && isItem(reader)) return readItems(reader, depth + 1);
  noteValue(reader, at, at);
  return null;
}

/** The items of a list are put aside until all are there: then it takes no more room than it needs. */
function readItems(reader: Reader, depth: number): unknown {
  const { indent, at: start, items, count: before } = reader;
  const members = noMembers(reader);
  do {
    reader.at += 1;
    const item = readItem(reader, indent, depth);
    if (item === undefined) return undefined;
    noteMember(reader, members, reader.count - before);
    items[reader.count] = item;
    reader.count += 1;
  } while (reader.indent === indent && isItem(reader));
  const value = items.slice(before, reader.count);
  reader.count = before;
  noteBlock(reader, start, value, members);
  return value;
}

/** An item on one line, or a mapping whose first key stands beside the dash, or what is below. */
function readItem(reader: Reader, indent: number, depth: number): unknown {
  const dash = reader.at - 1;
  skipBlanks(reader);
  const { at: start } = reader;
  if (isLineOver(reader)) return readBeside(reader, indent, depth, false);
  if (isItem(reader)) return undefined;
  const name = readKey(reader);
  if (name === undefined) return readBeside(reader, indent, depth, false);
  reader.indent = indent + start - dash;
  return readPairs(reader, depth + 1, name);
}
