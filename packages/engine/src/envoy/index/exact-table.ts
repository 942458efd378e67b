/** Texts told apart by their length and a few characters, as by a perfect hash: no text is hashed as a whole. */
export interface ExactTable {
  readonly texts: readonly string[];
  readonly places: Places;
  readonly slots: Int32Array; // index of a text, -1: free
  readonly indexes: ReadonlyMap<string, number> | undefined; // instead: there are too many, or too many stay together
}

/** Up to four characters, counted from the end; `none`: no more. Written out, for they are read for every request. */
export interface Places {
  readonly p0: number;
  readonly p1: number;
  readonly p2: number;
  readonly p3: number;
}

const none = 0x7fffffff;
const most = 4096; // more texts: a `Map` is as good
const farthest = 64;
const longestProbe = 4;

/** Lays texts out. */
export function exactTable(texts: readonly string[]): ExactTable {
  const laid = texts.length <= most ? layOut(texts, distinctPlaces(texts)) : undefined;
  return (
    laid ?? {
      ...{ texts, places: { p0: none, p1: none, p2: none, p3: none }, slots: new Int32Array(0) },
      indexes: new Map(texts.map((text, index) => [text, index])),
    }
  );
}

/** Where in the list a text is; -1: nowhere. */
export function indexOfText({ texts, places, slots, indexes }: ExactTable, value: string): number {
  if (indexes !== undefined) return indexes.get(value) ?? -1;
  const mask = slots.length - 1;
  for (let slot = slotOf(value, places, mask); ; slot = (slot + 1) & mask) {
    const index = slots[slot] ?? -1;
    if (index < 0 || texts[index] === value) return index;
  }
}

/** Up to four positions, from the end, by which these texts differ most. Greedy: always the one that separates most. */
export function distinctPlaces(texts: readonly string[]): Places {
  const positions: number[] = [];
  let told = groupsBy(texts, ({ length }) => length);
  const longest = texts.reduce((length, text) => Math.max(length, text.length), 0);
  while (told.count < texts.length && positions.length < 4) {
    const { groups } = told;
    const keyAt =
      (position: number) =>
      (text: string, index: number): number =>
        (groups[index] ?? 0) * codes + codeFromEnd(text, position);
    const best = mostTelling(texts, Math.min(farthest, longest), keyAt);
    if (best.count <= told.count) break;
    positions.push(best.position);
    told = groupsBy(texts, keyAt(best.position));
  }
  const [p0 = none, p1 = none, p2 = none, p3 = none] = positions;
  return { p0, p1, p2, p3 };
}

const codes = 0x10000;

type KeyOf = (text: string, index: number) => number;

/** Which position tells most groups apart, the first of several; and how many. */
function mostTelling(
  texts: readonly string[],
  positions: number,
  keyAt: (position: number) => KeyOf,
): { readonly position: number; readonly count: number } {
  let best = { position: 0, count: 0 };
  for (let position = 0; position < positions; position += 1) {
    const count = new Set(texts.map(keyAt(position))).size;
    if (count > best.count) best = { position, count };
  }
  return best;
}

/** In which group each text is, by a key. */
function groupsBy(
  texts: readonly string[],
  keyOf: KeyOf,
): { readonly groups: readonly number[]; readonly count: number } {
  const numbers = new Map<number, number>();
  const groups = texts.map((text, index) => {
    const key = keyOf(text, index);
    const number = numbers.get(key) ?? numbers.size;
    numbers.set(key, number);
    return number;
  });
  return { groups, count: numbers.size };
}

function codeFromEnd(text: string, position: number): number {
  return position < text.length ? text.charCodeAt(text.length - 1 - position) : 0;
}

/** Undefined: too many texts stay together. */
function layOut(texts: readonly string[], places: Places): ExactTable | undefined {
  let size = 8;
  while (size < texts.length * 4) size *= 2;
  const slots = new Int32Array(size).fill(-1);
  for (const [index, text] of texts.entries()) {
    let slot = slotOf(text, places, size - 1);
    let probes = 1;
    for (; (slots[slot] ?? -1) >= 0; slot = (slot + 1) & (size - 1)) probes += 1;
    if (probes > longestProbe) return undefined;
    slots[slot] = index;
  }
  return { texts, places, slots, indexes: undefined };
}

/** Where a text belongs in a table of a power of two of slots. */
export function slotOf(value: string, { p0, p1, p2, p3 }: Places, mask: number): number {
  const last = value.length - 1;
  let hash = Math.imul(last, 0x9e3779b1);
  if (p0 <= last) hash = Math.imul(hash ^ value.charCodeAt(last - p0), prime);
  if (p1 <= last) hash = Math.imul(hash ^ value.charCodeAt(last - p1), prime);
  if (p2 <= last) hash = Math.imul(hash ^ value.charCodeAt(last - p2), prime);
  if (p3 <= last) hash = Math.imul(hash ^ value.charCodeAt(last - p3), prime);
  return (hash ^ (hash >>> 13)) & mask;
}

const prime = 0x01000193;
