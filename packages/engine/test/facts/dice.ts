/** Choices that a seed repeats. */
export interface Dice {
  readonly chance: (probability: number) => boolean;
  readonly pick: <Item>(items: readonly Item[]) => Item;
  readonly some: <Item>(items: readonly Item[]) => readonly Item[]; // one or two
  readonly list: <Item>(most: number, make: () => Item) => readonly Item[]; // one at least
}

/** Mulberry32. */
export function diceOf(seed: number): Dice {
  let state = seed;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const pick = <Item>(items: readonly Item[]): Item => {
    const at = Math.floor(next() * items.length);
    const [found] = items.slice(at, at + 1).map((item) => ({ item }));
    if (found === undefined) throw new RangeError("nothing to pick from");
    return found.item;
  };
  const list = <Item>(most: number, make: () => Item): readonly Item[] =>
    Array.from({ length: 1 + Math.floor(next() * most) }, make);
  return {
    chance: (probability) => next() < probability,
    pick,
    some: (items) => [...new Set(list(2, () => pick(items)))],
    list,
  };
}
