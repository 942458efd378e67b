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

/** What is in both. Of two sets one is often much longer: what lies between the intervals of the other is leapt over. */
export function intersection(a: Intervals, b: Intervals): Intervals {
  const made: number[] = [];
  let i = endingFrom(a, 0, at(b, 0));
  let j = endingFrom(b, 0, at(a, 0));
  while (i < a.length && j < b.length) {
    const low = Math.max(at(a, i), at(b, j));
    const high = Math.min(at(a, i + 1), at(b, j + 1));
    if (low <= high) made.push(low, high);
    if (at(a, i + 1) < at(b, j + 1)) i = endingFrom(a, i + 2, at(b, j));
    else j = endingFrom(b, j + 2, at(a, i));
  }
  return made;
}

/** Where the first interval stands, at some place or later, that does not end before a number: looked for in steps twice as long each time. */
function endingFrom(set: Intervals, place: number, number: number): number {
  if (place >= set.length || at(set, place + 1) >= number) return place;
  let before = place; // ends before the number
  let step = 2;
  while (before + step < set.length && at(set, before + step + 1) < number) {
    before += step;
    step *= 2;
  }
  let low = before / 2 + 1;
  let high = Math.min(before + step, set.length) / 2;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (at(set, 2 * middle + 1) < number) low = middle + 1;
    else high = middle;
  }
  return 2 * low;
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

/** What is in one of however many sets. */
export function unionOf(sets: readonly Intervals[]): Intervals {
  let left = sets;
  while (left.length > 1) {
    const halved: Intervals[] = [];
    for (let i = 0; i < left.length; i += 2) halved.push(union(left[i] ?? [], left[i + 1] ?? []));
    left = halved;
  }
  return left[0] ?? [];
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
    if (at(a, i + 1) < at(b, j)) i = endingFrom(a, i + 2, at(b, j));
    else if (at(b, j + 1) < at(a, i)) j = endingFrom(b, j + 2, at(a, i));
    else return true;
  return false;
}

/** Whether all of the first is in the second. */
export function isWithin(a: Intervals, b: Intervals): boolean {
  if (a.length === 0) return true;
  if (at(a, 0) < at(b, 0) || at(a, a.length - 1) > at(b, b.length - 1)) return false;
  if (b.length <= 2) return b.length === 2;
  let j = 0;
  for (let i = 0; i < a.length; i += 2) {
    j = endingFrom(b, j, at(a, i));
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
