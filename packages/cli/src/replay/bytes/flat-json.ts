import { Buffer } from "node:buffer";
import { byteTable } from "./byte-table.ts";
import { kindAt, kinds, textEnd, valueEnd } from "./json-values.ts";
import { type Found, noMembers } from "./members.ts";
import { type Line, scanAlike } from "./scan-alike.ts";
import { wordsOfLast } from "./words.ts";

/** Finds members of JSON objects without reading them. */
export interface FlatJson extends Found {
  /**
   * Where the line feed is that ends the object which begins here. -1: it is anything but one object on one line whose members are
   * whole numbers, null, or ASCII without escapes, or a name comes twice: `JSON.parse` has to say what it is. A line feed has to
   * follow somewhere. Bytes do not change between two scans.
   */
  readonly scan: (bytes: Uint8Array, at: number) => number;
  /** Whether the line that was scanned last has the members of the one before, which was scanned, too. */
  readonly isAlike: () => boolean;
}

/** Scans for members of these names. Lines that follow each other have much in common: only what differs is scanned. */
export function flatJson(names: readonly string[]): FlatJson {
  const table = byteTable();
  for (const name of names) table.add(Buffer.from(name), 0, name.length);
  const wordsOf = wordsOfLast();
  const members = noMembers(names.length);
  const last: Line = { bytes: none, from: 0, to: 0 };
  let isAlike = false;

  /** Where a member ends whose name begins here. */
  const scanMember = (bytes: Uint8Array, words: DataView, at: number): number => {
    const nameEnd = textEnd(bytes, words, at);
    if (nameEnd < 0 || bytes[nameEnd + 1] !== colon) return -1;
    const name = table.find(bytes, at, nameEnd);
    const value = afterBlank(bytes, nameEnd + 2);
    const end = valueEnd(bytes, words, value, value);
    const kind = kindAt(bytes, value);
    if (end < 0 || !members.add(name, value, kind, end)) return -1;
    return kind === kinds.text ? end + 1 : end;
  };
  const scanAnew = (bytes: Uint8Array, words: DataView, at: number): number => {
    members.clear();
    if (bytes[at] !== open) return -1;
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
  const scan = (bytes: Uint8Array, at: number): number => {
    const words = wordsOf(bytes);
    const alike = bytes === last.bytes ? scanAlike(members, last, words, at) : -1;
    isAlike = alike >= 0;
    const end = isAlike ? alike : scanAnew(bytes, words, at);
    last.bytes = end < 0 ? none : bytes;
    last.from = at;
    last.to = end;
    return end;
  };
  return { ...members.found, scan, isAlike: () => isAlike };
}

/** No line is in these. */
const none: Uint8Array = Buffer.alloc(0);

const [quote, colon, comma, open, close] = [34, 58, 44, 123, 125] as const;
const [blank, lineFeed, carriageReturn] = [32, 10, 13] as const;

/** One blank may follow a colon or a comma. */
function afterBlank(bytes: Uint8Array, at: number): number {
  return bytes[at] === blank ? at + 1 : at;
}

/** The line feed here, or after a carriage return; -1: something else stands here. */
function lineEnd(bytes: Uint8Array, at: number): number {
  if (bytes[at] === lineFeed) return at;
  return bytes[at] === carriageReturn && bytes[at + 1] === lineFeed ? at + 1 : -1;
}
