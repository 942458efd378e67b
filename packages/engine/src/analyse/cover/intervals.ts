/** A set of numbers as sorted, separate intervals: `[low, high, low, high, ...]`, both ends included. */
export type Intervals = readonly number[];

/** Sorted numbers as intervals. */
export function intervalsOf(numbers: readonly number[]): Intervals {
  const made: number[] = [];
  for (const number of numbers)
    if (made.length > 0 && made[made.length - 1] === number - 1) made[made.length - 1] = number;
    else made.push(number, number);
  return made;
}

const at = (set: Intervals, index: number): number => set[index] ?? 0;

/** What is in both. */
export function intersection(a: Intervals, b: Intervals): Intervals {
  const made: number[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    const low = Math.max(at(a, i), at(b, j));
    const high = Math.min(at(a, i + 1), at(b, j + 1));
    if (low <= high) made.push(low, high);
    if (at(a, i + 1) < at(b, j + 1)) i += 2;
    else j += 2;
  }
  return made;
}

/** What is in one of them. */
export function union(a: Intervals, b: Intervals): Intervals {
  const made: number[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    const first = j >= b.length || (i < a.length && at(a, i) <= at(b, j));
    const low = first ? at(a, i) : at(b, j);
    const high = first ? at(a, i + 1) : at(b, j + 1);
    if (first) i += 2;
    else j += 2;
    const end = made.length - 1;
    if (end >= 0 && low <= at(made, end) + 1) made[end] = Math.max(at(made, end), high);
    else made.push(low, high);
  }
  return made;
}

/** What is in the first and not in the second. */
export function difference(a: Intervals, b: Intervals): Intervals {
  const made: number[] = [];
  let from = 0;
  for (let i = 0; i < a.length; i += 2) {
    let low = at(a, i);
    const high = at(a, i + 1);
    while (from < b.length && at(b, from + 1) < low) from += 2;
    for (let j = from; j < b.length && at(b, j) <= high; j += 2) {
      if (at(b, j) > low) made.push(low, at(b, j) - 1);
      low = at(b, j + 1) + 1;
    }
    if (low <= high) made.push(low, high);
  }
  return made;
}

/** Whether some number is in both. */
export function meets(a: Intervals, b: Intervals): boolean {
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length)
    if (at(a, i + 1) < at(b, j)) i += 2;
    else if (at(b, j + 1) < at(a, i)) j += 2;
    else return true;
  return false;
}

/** Whether all of the first is in the second. */
export function isWithin(a: Intervals, b: Intervals): boolean {
  let j = 0;
  for (let i = 0; i < a.length; i += 2) {
    while (j < b.length && at(b, j + 1) < at(a, i)) j += 2;
    if (j >= b.length || at(b, j) > at(a, i) || at(b, j + 1) < at(a, i + 1)) return false;
  }
  return true;
}

/** Whether a number is in a set. */
export function includes(set: Intervals, number: number): boolean {
  let low = 0;
  let high = set.length / 2 - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    if (number < at(set, 2 * middle)) high = middle - 1;
    else if (number > at(set, 2 * middle + 1)) low = middle + 1;
    else return true;
  }
  return false;
}

/** How many numbers a set has. */
export function size(set: Intervals): number {
  let count = 0;
  for (let i = 0; i < set.length; i += 2) count += at(set, i + 1) - at(set, i) + 1;
  return count;
}

/** The number at a place of a set, counted from 0. */
export function nth(set: Intervals, place: number): number {
  let left = place;
  for (let i = 0; i < set.length; i += 2) {
    const width = at(set, i + 1) - at(set, i) + 1;
    if (left < width) return at(set, i) + left;
    left -= width;
  }
  return at(set, 0);
}

/** The numbers of a set, one by one. */
export function numbersOf(set: Intervals): readonly number[] {
  const numbers: number[] = [];
  for (let i = 0; i < set.length; i += 2)
    for (let each = at(set, i); each <= at(set, i + 1); each += 1) numbers.push(each);
  return numbers;
}
