import { distinctPlaces, type Places, slotOf } from "./distinct-places.ts";

/** Numbers of pairs of texts, such as who calls and what is called, found by a few of their characters. */
export interface TextPairs {
  readonly get: (first: string, second: string) => number; // -1: none
  readonly set: (first: string, second: string, number: number) => void; // of a new pair, a number from 0
}

const sampled = 256;
/** Pairs that stay together so long are more than chance: then they are found as a whole. */
const longestProbe = 64;

/** No pairs yet. */
export function textPairs(): TextPairs {
  const firsts: string[] = [];
  const seconds: string[] = [];
  const numbers: number[] = [];
  let table = new Int32Array(64).fill(-1); // indexes; -1: free
  let [inFirst, inSecond] = [distinctPlaces([]), distinctPlaces([])];
  let whole: Map<string, number> | undefined; // instead

  const place = (index: number): void => {
    const [first = "", second = ""] = [firsts[index], seconds[index]];
    const mask = table.length - 1;
    let slot = slotOfBoth(slotOf(first, inFirst, mask), slotOf(second, inSecond, mask), mask);
    let probes = 0;
    for (; (table[slot] ?? -1) >= 0; slot = (slot + 1) & mask) probes += 1;
    table[slot] = index;
    if (probes > longestProbe)
      whole ??= new Map(firsts.map((text, at) => [wholeKey(text, seconds[at] ?? ""), at]));
  };
  const grow = (): void => {
    table = new Int32Array(table.length * 2).fill(-1);
    [inFirst, inSecond] = [placesIn(firsts), placesIn(seconds)];
    for (const index of firsts.keys()) place(index);
  };
  return {
    get: (first, second) => {
      if (whole !== undefined) return numbers[whole.get(wholeKey(first, second)) ?? -1] ?? -1;
      const mask = table.length - 1;
      let slot = slotOfBoth(slotOf(first, inFirst, mask), slotOf(second, inSecond, mask), mask);
      for (; ; slot = (slot + 1) & mask) {
        const index = table[slot] ?? -1;
        if (index < 0) return -1;
        if (firsts[index] === first && seconds[index] === second) return numbers[index] ?? -1;
      }
    },
    set: (first, second, number) => {
      const index = firsts.push(first) - 1;
      seconds.push(second);
      numbers.push(number);
      whole?.set(wholeKey(first, second), index);
      if (whole !== undefined) return;
      if (firsts.length * 4 > table.length) grow();
      else place(index);
    },
  };
}

function slotOfBoth(first: number, second: number, mask: number): number {
  return (first * 31 + second) & mask;
}

function wholeKey(first: string, second: string): string {
  return `${first.length} ${first}${second}`;
}

/** By which characters some of these differ most. */
function placesIn(texts: readonly string[]): Places {
  const different = [...new Set(texts)];
  const step = Math.ceil(different.length / sampled);
  return distinctPlaces(different.filter((_, index) => index % step === 0));
}
