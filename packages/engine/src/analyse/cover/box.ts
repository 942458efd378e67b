import { type Intervals, intersection, isWithin, meets } from "./intervals.ts";

/** A product of class sets: coordinates in order, each with its set. A coordinate that is not listed may be anything. */
export interface Box {
  readonly axes: readonly number[];
  readonly sets: readonly Intervals[];
}

/** Everything. */
export const full: Box = { axes: [], sets: [] };

/** What is in both; undefined: nothing. */
export function overlap(a: Box, b: Box): Box | undefined {
  const made: Making = { axes: [], sets: [] };
  let i = 0;
  let j = 0;
  while (i < a.axes.length || j < b.axes.length) {
    const left = a.axes[i] ?? Number.POSITIVE_INFINITY;
    const right = b.axes[j] ?? Number.POSITIVE_INFINITY;
    const own = left <= right ? a.sets[i] : undefined;
    const their = right <= left ? b.sets[j] : undefined;
    if (!append(made, Math.min(left, right), own, their)) return undefined;
    if (own) i += 1;
    if (their) j += 1;
  }
  return made;
}

/** What is in all of some boxes; undefined: nothing. By halves: of many on the same axis each pair is cut a few times. */
export function overlapOf(boxes: readonly Box[]): Box | undefined {
  let left: readonly Box[] = boxes;
  while (left.length > 1) {
    const halved: Box[] = [];
    for (let at = 0; at < left.length; at += 2) {
      const both = overlap(left[at] ?? full, left[at + 1] ?? full);
      if (!both) return undefined;
      halved.push(both);
    }
    left = halved;
  }
  return left[0] ?? full;
}

interface Making {
  readonly axes: number[];
  readonly sets: Intervals[];
}

/** False: nothing is in both sets. */
function append({ axes, sets }: Making, axis: number, a?: Intervals, b?: Intervals): boolean {
  const set = a && b ? intersection(a, b) : (a ?? b ?? []);
  axes.push(axis);
  sets.push(set);
  return set.length > 0;
}

/** Whether some point is in both. */
export function touches(a: Box, b: Box): boolean {
  let i = 0;
  let j = 0;
  while (i < a.axes.length && j < b.axes.length) {
    const left = a.axes[i] ?? 0;
    const right = b.axes[j] ?? 0;
    if (left < right) i += 1;
    else if (right < left) j += 1;
    else {
      if (!meets(a.sets[i] ?? [], b.sets[j] ?? [])) return false;
      i += 1;
      j += 1;
    }
  }
  return true;
}

/** Whether all of the first is in the second. */
export function isInside(a: Box, b: Box): boolean {
  let i = 0;
  for (let j = 0; j < b.axes.length; j += 1) {
    const axis = b.axes[j] ?? 0;
    while (i < a.axes.length && (a.axes[i] ?? 0) < axis) i += 1;
    if (a.axes[i] !== axis || !isWithin(a.sets[i] ?? [], b.sets[j] ?? [])) return false;
  }
  return true;
}

/** The set of a coordinate, if it is listed. */
export function setOn({ axes, sets }: Box, axis: number): Intervals | undefined {
  let low = 0;
  for (let high = axes.length; low < high; ) {
    const middle = (low + high) >> 1;
    if ((axes[middle] ?? 0) < axis) low = middle + 1;
    else high = middle;
  }
  return axes[low] === axis ? sets[low] : undefined;
}

/** A class for each axis that is limited; the other axes may be anything. */
export type Point = ReadonlyMap<number, number>;

/** A box while it is cut: the set of each axis that is limited; undefined: anything. */
export type Area = readonly (Intervals | undefined)[];

/** The set of an axis within an area. */
export function setOf(area: Area, axis: number, sizes: readonly number[]): Intervals {
  return area[axis] ?? [0, (sizes[axis] ?? 1) - 1];
}
