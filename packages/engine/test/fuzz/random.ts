/** Draws that are the same in every run of a seed. */
export interface Random {
  readonly below: (limit: number) => number; // 0 to limit - 1
  readonly chance: (one: number) => boolean; // one in so many
  readonly pick: <Item>(items: readonly [Item, ...Item[]]) => Item;
  readonly any: <Item>(items: readonly Item[]) => Item | undefined;
}

/** A number that a text stands for: the same text is treated the same way in every run. */
export function hashOf(text: string): number {
  let hash = text.length;
  for (let at = 0; at < Math.min(text.length, 4096); at += 1)
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193) >>> 0;
  return hash >>> 4;
}

/** Follows mulberry32. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  const below = (limit: number): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit);
  };
  return {
    below,
    chance: (one) => below(one) === 0,
    pick: (items) => items[below(items.length)] ?? items[0],
    any: (items) => items[below(items.length)],
  };
}
