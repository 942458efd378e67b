import { Buffer } from "node:buffer";
import { type Found, noMembers } from "./members.ts";
import { namesIn } from "./names.ts";
import { type Line, scanAlike } from "./scan-alike.ts";
import { objectScanner } from "./scan-object.ts";
import { wordsOfLast } from "./words.ts";

/** Finds members of JSON objects without reading them. */
export interface FlatJson extends Found {
  /**
   * Where the line feed is that ends the object which begins here. -1: it is anything but one object on one line whose members are
   * whole numbers, null, ASCII without escapes, or the objects that are looked into, or a name that is looked for comes twice:
   * `JSON.parse` has to say what it is. A line feed has to follow somewhere. Bytes do not change between two scans.
   */
  readonly scan: (bytes: Uint8Array, at: number) => number;
  /** Whether the line that was scanned last has the members of the one before, which was scanned, too. */
  readonly isAlike: () => boolean;
}

/**
 * Scans for members of these names, as `namesIn` reads them. Lines that follow each other have much in common: only what differs is
 * scanned.
 */
export function flatJson(list: readonly string[]): FlatJson {
  const names = namesIn(list);
  const wordsOf = wordsOfLast();
  const members = noMembers(list.length);
  const last: Line = { bytes: none, from: 0, to: 0 };
  let isAlike = false;

  const scanObject = objectScanner(members);

  const scanAnew = (bytes: Uint8Array, words: DataView, at: number): number => {
    members.clear();
    const end = bytes[at] === open ? scanObject(names, bytes, words, at) : -1;
    return end < 0 ? -1 : lineEnd(bytes, end);
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

const [open, lineFeed, carriageReturn] = [123, 10, 13] as const;

/** The line feed here, or after a carriage return; -1: something else stands here. */
function lineEnd(bytes: Uint8Array, at: number): number {
  if (bytes[at] === lineFeed) return at;
  return bytes[at] === carriageReturn && bytes[at + 1] === lineFeed ? at + 1 : -1;
}
