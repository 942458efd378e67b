import { distinctPlaces, slotOf } from "./distinct-places.ts";

/** Texts that were seen before, with some numbers of each. */
export interface KnownTexts {
  readonly find: (text: string) => number; // where its numbers begin; -1: it has none
  readonly numbers: () => Int32Array; // valid until the next `find`
}

const most = 1 << 14; // the table holds their indexes in 16 bits
const sampled = 256;
const probed = 64; // a quarter is filled: texts that lie closer were made to collide, or the places tell them apart no more
const patience = 1 << 12;

/**
 * Works the numbers of each text out once. So many texts are kept; then all are forgotten, so that strangers cannot fill memory. Where too
 * many lie at one place, those of a further one are worked out each time, so that strangers cannot make looking slow; after so many such
 * texts the places are chosen anew.
 */
export function knownTexts(
  width: number,
  workOut: (text: string) => readonly number[] | undefined,
): KnownTexts {
  let texts: string[] = [];
  let places = distinctPlaces([]);
  let table = new Int16Array(64).fill(-1); // indexes; -1: free. Filled to a quarter
  let numbers = new Int32Array(17 * width); // the last ones: of a text that is not kept
  let aside = 0; // so often a text had no slot since the places were chosen

  const grow = (): void => {
    aside = 0;
    if (texts.length >= most) texts = [];
    const size = Math.max(64, texts.length * 8);
    table = new Int16Array(2 ** Math.ceil(Math.log2(size))).fill(-1);
    places = distinctPlaces(spread(texts));
    for (const [index, known] of texts.entries())
      take(table, slotOf(known, places, table.length - 1), index);
    const larger = new Int32Array((table.length / 4 + 1) * width);
    larger.set(numbers.subarray(0, texts.length * width));
    numbers = larger;
  };
  const put = (text: string, isFree: boolean): number => {
    const own = workOut(text);
    if (!own) return -1;
    if (!isFree) aside += 1;
    if (texts.length * 4 >= table.length || aside > Math.max(patience, texts.length)) grow();
    const at = isFree ? texts.length * width : numbers.length - width;
    if (isFree) take(table, slotOf(text, places, table.length - 1), texts.push(text) - 1);
    numbers.set(own, at);
    return at;
  };
  return {
    find: (text) => {
      const mask = table.length - 1;
      let slot = slotOf(text, places, mask);
      for (let probe = 0; probe < probed; probe += 1) {
        const index = table[slot] ?? -1;
        if (index < 0) return put(text, true);
        if (texts[index] === text) return index * width;
        slot = (slot + 1) & mask;
      }
      return put(text, false);
    },
    numbers: () => numbers,
  };
}

/** Puts an index into the first free slot from this one on. Where none is near, it gets none. */
function take(table: Int16Array, first: number, index: number): void {
  for (let probe = 0; probe < probed; probe += 1) {
    const slot = (first + probe) & (table.length - 1);
    if ((table[slot] ?? -1) >= 0) continue;
    table[slot] = index;
    return;
  }
}

/** Some of many, evenly. */
function spread(texts: readonly string[]): readonly string[] {
  const step = Math.ceil(texts.length / sampled);
  return step <= 1 ? texts : texts.filter((_, index) => index % step === 0);
}
