import { type Area, type Box, setOf } from "./box.ts";
import type { Intervals } from "./intervals.ts";

/** Where the weight of the covers of an axis changes: a class, and by how much. */
type Change = readonly [at: number, by: number];

/**
 * On each axis the class that the fewest covers have, those that ask for little counted for more: where any point is in no cover, this one often
 * is, also among covers each of which asks for something else (a header of many, an element of a list).
 */
export function leastCovered(
  area: Area,
  covers: readonly Box[],
  sizes: readonly number[],
): Int32Array {
  const point = new Int32Array(sizes.length);
  for (const [axis, changes] of changesOf(covers))
    point[axis] = lightest(setOf(area, axis, sizes), changes);
  return point;
}

function changesOf(covers: readonly Box[]): ReadonlyMap<number, readonly Change[]> {
  const found = new Map<number, Change[]>();
  for (const { axes, sets } of covers) {
    const weight = 2 ** -axes.length;
    for (const [at, axis] of axes.entries()) {
      const changes = found.get(axis) ?? [];
      found.set(axis, changes);
      const set = sets[at] ?? [];
      for (let i = 0; i < set.length; i += 2)
        changes.push([set[i] ?? 0, weight], [(set[i + 1] ?? 0) + 1, -weight]);
    }
  }
  return found;
}

/** A class of a set of the least weight. It is enough to look where an interval begins, and where the weight changes. */
function lightest(set: Intervals, changes: readonly Change[]): number {
  const sorted = changes.toSorted(([a], [b]) => a - b);
  let best = set[0] ?? 0;
  let least = Number.POSITIVE_INFINITY;
  let weight = 0;
  let next = 0;
  const pass = (to: number): void => {
    for (; next < sorted.length && (sorted[next]?.[0] ?? 0) <= to; next += 1)
      weight += sorted[next]?.[1] ?? 0;
  };
  const look = (at: number): void => {
    pass(at);
    if (weight >= least) return;
    least = weight;
    best = at;
  };
  for (let i = 0; i < set.length; i += 2) {
    look(set[i] ?? 0);
    for (
      let at = sorted[next]?.[0];
      at !== undefined && at <= (set[i + 1] ?? 0);
      at = sorted[next]?.[0]
    )
      look(at);
  }
  return best;
}
