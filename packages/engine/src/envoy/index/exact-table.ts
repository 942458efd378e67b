import { distinctPlaces, type Places, slotOf } from "./distinct-places.ts";

/** Texts told apart by their length and a few characters, as by a perfect hash: no text is hashed as a whole. */
export interface ExactTable {
  readonly texts: readonly string[];
  readonly places: Places;
  readonly slots: Int32Array; // index of a text, -1: free
  readonly indexes: ReadonlyMap<string, number> | undefined; // instead: there are too many, or too many stay together
}

const most = 4096; // more texts: a `Map` is as good
const longestProbe = 4;

/** Lays texts out. */
export function exactTable(texts: readonly string[]): ExactTable {
  const laid = texts.length <= most ? layOut(texts, distinctPlaces(texts)) : undefined;
  return (
    laid ?? {
      ...{ texts, places: [], slots: new Int32Array(0) },
      indexes: new Map(texts.map((text, index) => [text, index])),
    }
  );
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

/** Where in the list a text is; -1: nowhere. */
export function indexOfText({ texts, places, slots, indexes }: ExactTable, value: string): number {
  if (indexes !== undefined) return indexes.get(value) ?? -1;
  const mask = slots.length - 1;
  for (let slot = slotOf(value, places, mask); ; slot = (slot + 1) & mask) {
    const index = slots[slot] ?? -1;
    if (index < 0 || texts[index] === value) return index;
  }
}
