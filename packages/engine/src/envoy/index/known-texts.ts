import { distinctPlaces, slotOf } from "./distinct-places.ts";

/** Texts that were seen before, with some numbers of each. */
export interface KnownTexts {
  readonly find: (text: string) => number; // where its numbers begin; -1: it has none
  readonly numbers: () => Int32Array; // valid until the next `find`
}

const most = 1 << 14;
const sampled = 256;

/** Works the numbers of each text out once. So many texts are kept; then all are forgotten, so that strangers cannot fill memory. */
export function knownTexts(
  width: number,
  workOut: (text: string) => readonly number[] | undefined,
): KnownTexts {
  let texts: string[] = [];
  let places = distinctPlaces([]);
  let table = new Int16Array(64).fill(-1); // indexes; -1: free. Filled to a quarter
  let numbers = new Int32Array(16 * width);

  const place = (text: string, index: number): void => {
    const mask = table.length - 1;
    let slot = slotOf(text, places, mask);
    while ((table[slot] ?? -1) >= 0) slot = (slot + 1) & mask;
    table[slot] = index;
  };
  const grow = (): void => {
    if (texts.length >= most) texts = [];
    const size = Math.max(64, texts.length * 8);
    table = new Int16Array(2 ** Math.ceil(Math.log2(size))).fill(-1);
    places = distinctPlaces(spread(texts));
    for (const [index, known] of texts.entries()) place(known, index);
    const larger = new Int32Array((table.length / 4) * width);
    larger.set(numbers.subarray(0, texts.length * width));
    numbers = larger;
  };
  const add = (text: string): number => {
    const own = workOut(text);
    if (!own) return -1;
    if (texts.length * 4 >= table.length) grow();
    const index = texts.length;
    texts.push(text);
    place(text, index);
    numbers.set(own, index * width);
    return index * width;
  };
  return {
    find: (text) => {
      const mask = table.length - 1;
      for (let slot = slotOf(text, places, mask); ; slot = (slot + 1) & mask) {
        const index = table[slot] ?? -1;
        if (index < 0) return add(text);
        if (texts[index] === text) return index * width;
      }
    },
    numbers: () => numbers,
  };
}

/** Some of many, evenly. */
function spread(texts: readonly string[]): readonly string[] {
  const step = Math.ceil(texts.length / sampled);
  return step <= 1 ? texts : texts.filter((_, index) => index % step === 0);
}
