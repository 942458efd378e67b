/** Ranks [low, high) of one slot: what a pattern matches, once every value is a number. */
export interface Range {
  readonly slot: number;
  readonly low: number;
  readonly high: number;
}

/** The rank of an attribute that is missing, and of a value that no pattern tells from others. */
export const missing = 0;
export const ordinary = 1;

/** Above every rank. */
export const end = 0x7fffffff;

/** How many of the sorted cells [from, to) are not above `x`. For one sort of array alone: this runs for every request. */
export function upperBound(cells: Int32Array, x: number, from: number, to: number): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((cells[middle] ?? 0) <= x) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Where a number is in a sorted list that holds it. */
export function indexIn(sorted: readonly number[], x: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) < x) low = middle + 1;
    else high = middle;
  }
  return low;
}
