import type { Path } from "../model/place.ts";
import { readKey, readValue } from "./plain-line.ts";
import {
  type Member,
  memberAt,
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
export function readPlainYaml(text: string, start: number): PlainDocument | undefined {
  const reader = readerOf(text, start);
  const value = readDocument(reader);
  return value === undefined ? undefined : { value, end: reader.at };
}

/** Finds keys and values of a document that was read so: it is read again, and this time all places are noted. */
export function plainPlaces(text: string, start: number): (path: Path) => Member {
  const places: Places = new Map();
  const reader = readerOf(text, start, places);
  const root = readDocument(reader);
  const whole = { start: reader.start, end: reader.end };
  return (path) => memberAt(places, root, whole, path);
}

function readerOf(text: string, at: number, places?: Places): Reader {
  return { text, at, indent: unreadable, start: at, end: at, places };
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

function readPairs(reader: Reader, depth: number): unknown {
  const { indent, at: start } = reader;
  const value: Record<string, unknown> = {};
  do {
    const key = reader.at;
    const name = readKey(reader);
    if (name === undefined || value[name] !== undefined) return undefined;
    const end = reader.at - 1;
    const item = readBeside(reader, indent, depth, true);
    if (item === undefined) return undefined;
    value[name] = item;
    noteMember(reader, value, name, { start: key, end });
  } while (reader.indent === indent);
  noteBlock(reader, start);
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

function readItems(reader: Reader, depth: number): unknown {
  const { indent, at: start } = reader;
  const value: unknown[] = [];
  do {
    reader.at += 1;
    const item = readItem(reader, indent, depth);
    if (item === undefined) return undefined;
    noteMember(reader, value, value.length);
    value.push(item);
  } while (reader.indent === indent && isItem(reader));
  noteBlock(reader, start);
  return value;
}

/** An item on one line, or a mapping whose first key stands beside the dash, or what is below. */
function readItem(reader: Reader, indent: number, depth: number): unknown {
  const dash = reader.at - 1;
  skipBlanks(reader);
  const { at: start } = reader;
  if (isLineOver(reader)) return readBeside(reader, indent, depth, false);
  if (isItem(reader)) return undefined;
  if (readKey(reader) === undefined) return readBeside(reader, indent, depth, false);
  reader.at = start;
  reader.indent = indent + start - dash;
  return readPairs(reader, depth + 1);
}
