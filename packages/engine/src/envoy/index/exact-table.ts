/** Texts told apart by their length and a few characters, as by a perfect hash: no text is hashed as a whole. */
interface Layout {
  readonly texts: readonly string[];
  readonly positions: readonly number[]; // from the end
  readonly slots: Int32Array; // index of a text, -1: free
}

const most = 4096; // more texts: a `Map` is as good
const farthest = 64;
const longestProbe = 4;

/** Where in the list a text is; -1: nowhere. */
export function exactTable(texts: readonly string[]): (value: string) => number {
  const layout = texts.length <= most ? layOut(texts) : undefined;
  if (layout) return lookUpIn(layout);
  const indexes = new Map(texts.map((text, index) => [text, index]));
  return (value) => indexes.get(value) ?? -1;
}

/** Undefined: too many texts stay together. */
function layOut(texts: readonly string[]): Layout | undefined {
  return placed(texts, distinctPositions(texts));
}

/** Up to four positions, from the end, by which these texts differ most. Greedy: always the one that separates most. */
export function distinctPositions(texts: readonly string[]): readonly number[] {
  const positions: number[] = [];
  let keys = texts.map(({ length }) => `${length}`);
  let groups = new Set(keys).size;
  const longest = texts.reduce((length, text) => Math.max(length, text.length), 0);
  const ways = Array.from({ length: Math.min(farthest, longest) }, (_, position) => position);
  while (groups < texts.length && positions.length < 4) {
    const [best] = ways
      .map((position) => ({ position, keys: keysBy(texts, keys, position) }))
      .map((way) => ({ ...way, groups: new Set(way.keys).size }))
      .toSorted((a, b) => b.groups - a.groups);
    if (!best || best.groups <= groups) break;
    positions.push(best.position);
    keys = [...best.keys];
    groups = best.groups;
  }
  return positions;
}

function keysBy(texts: readonly string[], keys: readonly string[], position: number): string[] {
  return texts.map((text, index) => `${keys[index]},${codeFromEnd(text, position)}`);
}

function codeFromEnd(text: string, position: number): number {
  return position < text.length ? text.charCodeAt(text.length - 1 - position) : 0;
}

function placed(texts: readonly string[], positions: readonly number[]): Layout | undefined {
  let size = 8;
  while (size < texts.length * 4) size *= 2;
  const slots = new Int32Array(size).fill(-1);
  for (const [index, text] of texts.entries()) {
    let slot = slotOf(text, positions, size - 1);
    let probes = 1;
    for (; (slots[slot] ?? -1) >= 0; slot = (slot + 1) & (size - 1)) probes += 1;
    if (probes > longestProbe) return undefined;
    slots[slot] = index;
  }
  return { texts, positions, slots };
}

/** Where a text belongs in a table of a power of two of places. */
export function slotOf(value: string, positions: readonly number[], mask: number): number {
  let hash = Math.imul(value.length - 1, 0x9e3779b1);
  for (const position of positions) hash = mixed(hash, codeFromEnd(value, position));
  return (hash ^ (hash >>> 13)) & mask;
}

function mixed(hash: number, code: number): number {
  return Math.imul(hash ^ code, 0x01000193);
}

/** The same slot as `slotOf`, without a loop. */
function lookUpIn({ texts, positions, slots }: Layout): (value: string) => number {
  const [p0 = -1, p1 = -1, p2 = -1, p3 = -1] = positions;
  const mask = slots.length - 1;
  const hashed = (value: string): number => {
    let hash = Math.imul(value.length - 1, 0x9e3779b1);
    if (p0 >= 0) hash = mixed(hash, codeFromEnd(value, p0));
    if (p1 >= 0) hash = mixed(hash, codeFromEnd(value, p1));
    if (p2 >= 0) hash = mixed(hash, codeFromEnd(value, p2));
    return p3 >= 0 ? mixed(hash, codeFromEnd(value, p3)) : hash;
  };
  return (value) => {
    const hash = hashed(value);
    for (let slot = (hash ^ (hash >>> 13)) & mask; ; slot = (slot + 1) & mask) {
      const index = slots[slot] ?? -1;
      if (index < 0) return -1;
      if (texts[index] === value) return index;
    }
  };
}
