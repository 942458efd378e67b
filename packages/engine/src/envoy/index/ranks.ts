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

/** How many of the sorted numbers are not above `x`; only [from, to) is looked at. */
export function upperBound(
  sorted: Int32Array | Float64Array | readonly number[],
  x: number,
  from = 0,
  to: number = sorted.length,
): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) <= x) low = middle + 1;
    else high = middle;
  }
  return low;
}
