import { Buffer } from "node:buffer";

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
      const hash = hashOf(bytes, from, to);
      const mask = slots.length - 1;
      for (let slot = (hash << 1) & mask; ; slot = (slot + 2) & mask) {
        const own = (slots[slot + 1] ?? 0) - 1;
        if (own < 0 || (slots[slot] === hash && texts.isAt(own, bytes, from, to))) return own;
      }
    },
    add: (bytes, from, to) => {
      const own = texts.put(bytes, from, to);
      if (own * 4 >= slots.length) grow();
      place(own, hashOf(bytes, from, to));
      return own;
    },
  };
}

interface TextList {
  readonly put: (bytes: Uint8Array, from: number, to: number) => number;
  readonly isAt: (own: number, bytes: Uint8Array, from: number, to: number) => boolean;
}

/** Texts one behind the other. */
function textList(): TextList {
  let starts = new Int32Array(64); // of each; and where the next would be
  let texts = Buffer.alloc(1024);
  let size = 0;
  return {
    put: (bytes, from, to) => {
      const start = starts[size] ?? 0;
      const end = start + to - from;
      if (end > texts.length) texts = Buffer.concat([texts], end * 2);
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
      for (let at = from; at < to; at += 1)
        if (texts[start + at - from] !== bytes[at]) return false;
      return true;
    },
  };
}

/** Four bytes at a time. */
function hashOf(bytes: Uint8Array, from: number, to: number): number {
  let hash = to - from;
  let at = from;
  for (; at + 3 < to; at += 4) hash = Math.imul(hash ^ fourAt(bytes, at), 0x01000193);
  for (; at < to; at += 1) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193);
  const mixed = Math.imul(hash ^ (hash >>> 16), 0x21f0aaad);
  return mixed ^ (mixed >>> 15);
}

function fourAt(bytes: Uint8Array, at: number): number {
  const low = (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);
  return low | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 3] ?? 0) << 24);
}
