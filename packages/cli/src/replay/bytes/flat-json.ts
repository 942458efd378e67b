import { Buffer } from "node:buffer";
import { byteTable } from "./byte-table.ts";
import { plainEnd, wordsOfLast } from "./words.ts";

/** What the value of a member is. */
export const kinds = { absent: 0, text: 1, number: 2, null: 3 } as const;

/** What a scan found, by the place of a name in the list. Written anew by each. */
export interface Found {
  readonly kinds: Uint8Array;
  readonly starts: Int32Array; // of a text without its quotes
  readonly ends: Int32Array;
  /** How many members there are, those with other names included. */
  readonly count: () => number;
}

/** Finds members of JSON objects without reading them. */
export interface FlatJson extends Found {
  /**
   * Where the line feed is that ends the object which begins here. -1: it is anything but one object on one line whose members are
   * whole numbers, null, or ASCII without escapes, or a name comes twice: `JSON.parse` has to say what it is. A line feed has to
   * follow somewhere.
   */
  readonly scan: (bytes: Uint8Array, at: number) => number;
}

/** Scans for members of these names. */
export function flatJson(names: readonly string[]): FlatJson {
  const table = byteTable();
  for (const name of names) table.add(Buffer.from(name), 0, name.length);
  const wordsOf = wordsOfLast();
  const { begin, note, ...found } = notes(names.length);

  /** Where a member ends whose name begins here. */
  const scanMember = (bytes: Uint8Array, words: DataView, at: number): number => {
    const nameEnd = textEnd(bytes, words, at);
    if (nameEnd < 0 || bytes[nameEnd + 1] !== colon) return -1;
    const name = table.find(bytes, at, nameEnd);
    const start = afterBlank(bytes, nameEnd + 2);
    const isText = bytes[start] === quote;
    const from = isText ? start + 1 : start;
    const end = isText ? textEnd(bytes, words, from) : wordEnd(bytes, from);
    if (end < 0 || !note(name, isText ? kinds.text : wordKind(bytes, from), from, end)) return -1;
    return isText ? end + 1 : end;
  };
  const scan = (bytes: Uint8Array, at: number): number => {
    begin();
    if (bytes[at] !== open) return -1;
    const words = wordsOf(bytes);
    let next = at + 1;
    while (bytes[next] === quote) {
      const end = scanMember(bytes, words, next + 1);
      if (end < 0) return -1;
      if (bytes[end] === close) return lineEnd(bytes, end + 1);
      if (bytes[end] !== comma) return -1;
      next = afterBlank(bytes, end + 1);
    }
    return -1;
  };
  return { ...found, scan };
}

interface Notes extends Found {
  readonly begin: () => void;
  /** Notes a member; a negative name is none of the list. False: it was there before. */
  readonly note: (name: number, kind: number, start: number, end: number) => boolean;
}

function notes(names: number): Notes {
  const [own, starts, ends] = [
    new Uint8Array(names),
    new Int32Array(names),
    new Int32Array(names),
  ] as const;
  let count = 0;
  return {
    ...{ kinds: own, starts, ends },
    count: () => count,
    begin: () => {
      own.fill(kinds.absent);
      count = 0;
    },
    note: (name, kind, start, end) => {
      count += 1;
      if (name < 0) return true;
      if (own[name] !== kinds.absent) return false;
      own[name] = kind;
      starts[name] = start;
      ends[name] = end;
      return true;
    },
  };
}

const [quote, colon, comma, open, close, letterN, zero] = [34, 58, 44, 123, 125, 110, 48] as const;
const [blank, lineFeed, carriageReturn] = [32, 10, 13] as const;
/** More digits may not be a number that is kept exactly. */
const mostDigits = 15;

/** Where the quote is that ends a text; -1: it has anything but plain characters. */
function textEnd(bytes: Uint8Array, words: DataView, from: number): number {
  const at = plainEnd(words, from);
  return bytes[at] === quote ? at : -1;
}

/** One blank may follow a colon or a comma. */
function afterBlank(bytes: Uint8Array, at: number): number {
  return bytes[at] === blank ? at + 1 : at;
}

/** Where a whole number or `null` ends; -1: neither. */
function wordEnd(bytes: Uint8Array, from: number): number {
  if (bytes[from] === letterN) return isNull(bytes, from) ? from + 4 : -1;
  let at = from;
  while (isDigit(bytes[at] ?? 0)) at += 1;
  const zeroAhead = bytes[from] === zero && at > from + 1;
  return at === from || at > from + mostDigits || zeroAhead ? -1 : at;
}

function wordKind(bytes: Uint8Array, from: number): number {
  return bytes[from] === letterN ? kinds.null : kinds.number;
}

function isNull(bytes: Uint8Array, at: number): boolean {
  return bytes[at + 1] === 117 && bytes[at + 2] === 108 && bytes[at + 3] === 108;
}

function isDigit(byte: number): boolean {
  return byte >= zero && byte < zero + 10;
}

/** The line feed here, or after a carriage return; -1: something else stands here. */
function lineEnd(bytes: Uint8Array, at: number): number {
  if (bytes[at] === lineFeed) return at;
  return bytes[at] === carriageReturn && bytes[at + 1] === lineFeed ? at + 1 : -1;
}
