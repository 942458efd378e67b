import type { Path } from "../model/place.ts";
import { isOver } from "./characters.ts";
import { listFrom, mappingFrom } from "./exact.ts";
import { readKey, readValue } from "./plain-line.ts";
import {
  keyPlace,
  type Member,
  memberAt,
  movedBy,
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
import { textOf } from "./plain-words.ts";

/** Reads the documents of a text, one after the other. */
export function plainReader(source: string, places?: Places): Reader {
  const { text, codes, words } = textOf(source);
  return {
    text,
    codes,
    words,
    places,
    names: [],
    items: [],
    count: 0,
    word: undefined,
    at: 0,
    indent: unreadable,
    key: 0,
    start: 0,
    end: 0,
  };
}

/**
 * One document in the block style in which people and `kubectl` write manifests, as plain data; `at` is then where the next one
 * begins: at a line of `---`, or at the end of the text. It never guesses: whatever is not plainly a mapping, a list or a value on
 * one line (anchors, tags, block scalars, tabs, a key that is there twice, a mistake) gives `undefined`, and the full parser reads
 * the document.
 */
export function readPlain(reader: Reader, start: number): unknown {
  reader.at = start;
  reader.count = 0;
  return readDocument(reader);
}

/** Finds keys and values of a document that was read so: it is read again, and this time all places are noted. */
export function plainPlaces(text: string, start: number): (path: Path) => Member {
  const places: Places = new Map();
  const reader = plainReader(text.slice(start, nextDocument(text, start)), places);
  const root = readPlain(reader, 0);
  const whole = { start: reader.start, end: reader.end };
  return (path) => movedBy(memberAt(places, root, whole, path), start);
}

/** Only the first document begins with something else than a line of `---`; it is read together with what follows. */
function nextDocument(text: string, start: number): number {
  const line = /^---(?=[ \t\r\n]|$)/gm;
  line.lastIndex = start + "---".length;
  return start === 0 ? text.length : (line.exec(text)?.index ?? text.length);
}

/** In what follows `undefined` says that something was not read; what is empty is `null`. */
function readDocument(reader: Reader): unknown {
  toLine(reader);
  if (reader.indent === over && !isOver(reader.codes, reader.at)) {
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

/** A mapping from its first key on, which may be read already. Its keys and values are put aside until all are there. */
function readPairs(reader: Reader, depth: number, first = readKey(reader)): unknown {
  const { indent, key: start, names, items, count: before } = reader;
  const members = noMembers(reader);
  for (let name = first; ; name = readKey(reader)) {
    if (name === undefined) return undefined;
    const key = keyPlace(reader);
    const at = reader.count;
    reader.count += 1;
    names[at] = name;
    const item = readBeside(reader, indent, depth, true);
    if (item === undefined) return undefined;
    items[at] = item;
    noteMember(reader, members, name, key);
    if (reader.indent !== indent) break;
  }
  if (reader.indent > indent) return undefined;
  const value = mappingFrom(reader, before);
  noteBlock(reader, start, value, members);
  return value;
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
  const value = listFrom(reader, before, members ? undefined : reader.word);
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

/**
 * V8 drops the code it made for objects of a shape once a collection finds none of them, and makes it anew for the next file. So
 * whoever reads files again and again keeps one reader, a word that it met, and what it read.
 */
export const lasting: readonly unknown[] = keptReader();

function keptReader(): readonly unknown[] {
  const reader = plainReader("a: [b]\n");
  return [reader, readPlain(reader, 0)];
}
