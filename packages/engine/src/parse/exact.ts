import { listOfOne, type Word } from "./plain-words.ts";

/** A mapping that is being made. */
type Made = Record<string, unknown>;

/**
 * An empty mapping, as plain as `{}`, with room for so many keys. V8 gives each `{}` room for four, while most mappings of a policy
 * have one: of all that a file is read into, a fifth would be room that nothing ever fills. What one function makes, V8 gives as much
 * room as the first few of them have needed; so there is one for each number of keys.
 */
function roomFor(keys: number): Made {
  const Sized = sized[keys];
  return Sized ? new Sized() : {};
}

const sized: readonly (new () => Made)[] = Array.from({ length: 9 }, () => {
  function Sized(): void {}
  Sized.prototype = Object.prototype;
  return Sized as unknown as new () => Made;
});

/** Keys and values, or items, that are put aside until all of their mapping or list are there. */
export interface Aside {
  readonly names: string[]; // of the mappings that are being read
  readonly items: unknown[]; // their values, and the items of lists
  count: number; // of these
}

/** The pairs that were put aside from here on; `undefined` where a key is there twice, or is one that every object has. */
export function mappingFrom(aside: Aside, from: number): Made | undefined {
  const { names, items, count } = aside;
  const value = roomFor(count - from);
  for (let at = from; at < count; at += 1) {
    const name = names[at] ?? "";
    if (value[name] !== undefined) return undefined;
    value[name] = items[at];
  }
  aside.count = from;
  return value;
}

/** The items that were put aside from here on. Lists of one word (`- GET`) come again and again: equal ones are one. */
export function listFrom(aside: Aside, from: number, last?: Word): readonly unknown[] {
  const { items, count } = aside;
  aside.count = from;
  const isWord = count === from + 1 && last !== undefined && items[from] === last.source;
  return isWord ? listOfOne(last) : items.slice(from, count);
}
