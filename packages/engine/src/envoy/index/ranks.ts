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

/**
 * The last of the sorted cells [from, to) that is not above `x`, as the first never is. Without a branch that a processor would have to
 * guess: this runs for every request.
 */
export function lastNotAbove(cells: Int32Array, x: number, from: number, to: number): number {
  let at = from;
  for (let left = to - from; left > 1; ) {
    const half = left >>> 1;
    at += half & (((cells[at + half] ?? 0) - x - 1) >> 31);
    left -= half;
  }
  return at;
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
