import type { Mesh } from "../model/mesh.ts";
import type { Point, PointDiff } from "./api.ts";
import type { Pair } from "./pairs.ts";
import { filtersAssumed, filtersChange } from "./unread.ts";

/** Where what is not read changes from one mesh to another: nobody knows what that does. What stays does the same on both sides. */
export function changedFilters(
  [before, after]: readonly [Mesh, Mesh],
  pairs: readonly Pair[],
): readonly PointDiff[] {
  const found = new Map<string, [Point, ...Point[]]>();
  for (const pair of pairs) {
    if (!pair.before || !pair.after) continue;
    const change = filtersChange([before, pair.before.point], [after, pair.after.point]);
    if (change === undefined) continue;
    const known = found.get(change);
    if (known) known.push(pair.after.point);
    else found.set(change, [pair.after.point]);
  }
  return [...found].map(([text, points]) => ({
    points,
    changes: [],
    undecided: [{ because: "not-modelled", text }],
  }));
}

/** Filters that stay change no answer about what differs, but what is shown of it; another release may read them otherwise. */
export function filtersTaken(
  [old, young]: readonly [Mesh, Mesh],
  diffs: readonly PointDiff[],
  all: readonly Point[],
): readonly string[] {
  const isMoved = JSON.stringify(old.release) !== JSON.stringify(young.release);
  if (isMoved) return filtersAssumed(young, all);
  return filtersAssumed(
    young,
    diffs.flatMap(({ points, changes }) => (changes.length > 0 ? points : [])),
  );
}
