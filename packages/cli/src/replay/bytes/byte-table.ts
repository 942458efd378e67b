import { Buffer } from "node:buffer";
import { viewOf, wordsOfLast } from "./words.ts";

/** Texts as bytes, numbered in the order in which they came. Nothing is made to find one. */
export interface ByteTable {
  /** The number of the text in a stretch of bytes; -1: it was not added. */
  readonly find: (bytes: Uint8Array, from: number, to: number) => number;
  /** Adds a text that is not there, and gives its number. */
  readonly add: (bytes: Uint8Array, from: number, to: number) => number;
}

/** A table without texts. */
export function byteTable(): ByteTable {
  const texts = textList();
  const wordsOf = wordsOfLast();
  let slots = new Int32Array(128); // two for each: a hash, and the number of its text plus 1; 0: free

  const place = (own: number, hash: number): void => {
    const mask = slots.length - 1;
    let slot = (hash << 1) & mask;
    while (slots[slot + 1] !== 0) slot = (slot + 2) & mask;
    slots[slot] = hash;
    slots[slot + 1] = own + 1;
  };
  const grow = (): void => {
    const before = slots;
    slots = new Int32Array(before.length * 2);
    for (let slot = 0; slot < before.length; slot += 2)
      if (before[slot + 1] !== 0) place((before[slot + 1] ?? 0) - 1, before[slot] ?? 0);
  };
  return {
    find: (bytes, from, to) => {
      const words = wordsOf(bytes);
      const hash = hashOf(words, from, to);
      const mask = slots.length - 1;
      for (let slot = (hash << 1) & mask; ; slot = (slot + 2) & mask) {
        const own = (slots[slot + 1] ?? 0) - 1;
        if (own < 0 || (slots[slot] === hash && texts.isAt(own, words, from, to))) return own;
      }
    },
    add: (bytes, from, to) => {
      const own = texts.put(bytes, from, to);
      if (own * 4 >= slots.length) grow();
      place(own, hashOf(wordsOf(bytes), from, to));
      return own;
    },
  };
}

interface TextList {
  readonly put: (bytes: Uint8Array, from: number, to: number) => number;
  readonly isAt: (own: number, bytes: DataView, from: number, to: number) => boolean;
}

/** Texts one behind the other. */
function textList(): TextList {
  let starts = new Int32Array(64); // of each; and where the next would be
  let texts = Buffer.alloc(1024);
  let words = viewOf(texts);
  let size = 0;
  return {
    put: (bytes, from, to) => {
      const start = starts[size] ?? 0;
      const end = start + to - from;
      if (end > texts.length) {
        texts = Buffer.concat([texts], end * 2);
        words = viewOf(texts);
      }
      texts.set(bytes.subarray(from, to), start);
      size += 1;
      if (size === starts.length) {
        const more = new Int32Array(size * 2);
        more.set(starts);
        starts = more;
      }
      starts[size] = end;
      return size - 1;
    },
    isAt: (own, bytes, from, to) => {
      const start = starts[own] ?? 0;
      if ((starts[own + 1] ?? 0) - start !== to - from) return false;
      return isSame(words, start, bytes, from, to);
    },
  };
}

/** Four bytes at a time; the last four may overlap those before. */
function hashOf(bytes: DataView, from: number, to: number): number {
  const last = to - 4;
  let hash = to - from;
  let at = from;
  for (; at < last; at += 4) hash = Math.imul(hash ^ bytes.getInt32(at), 0x01000193);
  if (last >= from) hash = Math.imul(hash ^ bytes.getInt32(last), 0x01000193);
  else for (; at < to; at += 1) hash = Math.imul(hash ^ bytes.getUint8(at), 0x01000193);
  const mixed = Math.imul(hash ^ (hash >>> 16), 0x21f0aaad);
  return mixed ^ (mixed >>> 15);
}

/** Whether the bytes of a stretch stand in others, too. */
function isSame(
  others: DataView,
  start: number,
  bytes: DataView,
  from: number,
  to: number,
): boolean {
  const [last, ahead] = [to - 4, start - from];
  let at = from;
  for (; at < last; at += 4) if (others.getInt32(at + ahead) !== bytes.getInt32(at)) return false;
  if (last >= from) return others.getInt32(last + ahead) === bytes.getInt32(last);
  for (; at < to; at += 1) if (others.getUint8(at + ahead) !== bytes.getUint8(at)) return false;
  return true;
}
