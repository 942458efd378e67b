/** No node, and nothing that was remembered. */
export const open = -1;

/** Results of operations, each in the slot of its hash: both sides, which operation and what came of it, side by side. */
export type Cache = Int32Array;

const slotBits = 2;

/** What two functions are combined by; `within` only asks: is the first nowhere true where the second is not? */
export const operations = { and: 1, or: 2, minus: 3, differ: 4, within: 5 } as const;
export type Operation = (typeof operations)[keyof typeof operations];

/** Slots with nothing in them: no operation is 0. */
export function cacheOf(slots: number): Cache {
  return new Int32Array(slots << slotBits);
}

/** How many results it has room for. */
export function slotsOf(cache: Cache): number {
  return cache.length >> slotBits;
}

/** Where three numbers are filed, 32 bits. */
export function hash(a: number, b: number, c: number): number {
  const mixed =
    Math.imul(a + 1, 0x9e3779b1) ^ Math.imul(b + 1, 0x85ebca6b) ^ Math.imul(c + 1, 0xc2b2ae35);
  const again = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d);
  return (again ^ (again >>> 13)) >>> 0;
}

/** What came of an operation, where its slot still holds it; `open`: not known. */
export function recall(cache: Cache, code: number, a: number, b: number, by: Operation): number {
  const slot = (code << slotBits) & (cache.length - 1);
  return cache[slot] === a && cache[slot + 1] === b && cache[slot + 2] === by
    ? (cache[slot + 3] ?? open)
    : open;
}

/** Files what came of an operation, over whatever its slot held. */
export function remember(
  cache: Cache,
  code: number,
  a: number,
  b: number,
  by: Operation,
  made: number,
): void {
  const slot = (code << slotBits) & (cache.length - 1);
  cache[slot] = a;
  cache[slot + 1] = b;
  cache[slot + 2] = by;
  cache[slot + 3] = made;
}
