import { type Box, overlap, setOn } from "./box.ts";
import { type BoxIndex, indexOf, touching } from "./box-index.ts";
import { type Intervals, isWithin, meets } from "./intervals.ts";

/**
 * Boxes by where they miss an area that is limited on many axes. Whoever asks about the area with other limits on a few axes need not look at boxes
 * that miss it elsewhere, nor at what boxes say where they take all of it.
 */
export interface Filed {
  readonly within: ReadonlyMap<number, Intervals>; // the area
  readonly there: Drawer; // boxes that touch it
  readonly missing: ReadonlyMap<number, Drawer>; // those that do not, by the first axis where they miss it
}

interface Drawer {
  readonly whole: readonly Box[];
  readonly cut: BoxIndex; // without the axes on which they take all of the area
}

/** Files boxes. */
export function file(
  boxes: readonly Box[],
  within: ReadonlyMap<number, Intervals>,
  sizes: readonly number[],
): Filed {
  const there: Box[] = [];
  const missing = new Map<number, Box[]>();
  for (const box of boxes) {
    const axis = firstMissed(box, within);
    if (axis === undefined) there.push(box);
    else if (!missing.get(axis)?.push(box)) missing.set(axis, [box]);
  }
  const drawer = (whole: readonly Box[]): Drawer => ({
    whole,
    cut: indexOf(
      whole.map((box) => cutDown(box, within)),
      sizes,
    ),
  });
  return {
    within,
    there: drawer(there),
    missing: new Map([...missing].map(([axis, whole]) => [axis, drawer(whole)])),
  };
}

function firstMissed(
  { axes, sets }: Box,
  within: ReadonlyMap<number, Intervals>,
): number | undefined {
  return axes.find((axis, at) => {
    const limit = within.get(axis);
    return limit !== undefined && !meets(limit, sets[at] ?? []);
  });
}

function cutDown({ axes, sets }: Box, within: ReadonlyMap<number, Intervals>): Box {
  const kept = [...axes.keys()].filter((at) => {
    const limit = within.get(axes[at] ?? 0);
    return limit === undefined || !isWithin(limit, sets[at] ?? []);
  });
  return { axes: kept.map((at) => axes[at] ?? 0), sets: kept.map((at) => sets[at] ?? []) };
}

/** The boxes that may touch a box within the area, which has other limits on some axes. */
export function filedAt(filed: Filed, box: Box, others: Iterable<number>): readonly Box[] {
  const axes = [...others];
  const drawers = [filed.there, ...axes.flatMap((axis) => filed.missing.get(axis) ?? [])];
  return drawers.flatMap(({ whole, cut }) =>
    touching(cut, box).flatMap((number) => {
      const found = cut.boxes[number];
      return found ? (restored(found, whole[number] ?? found, axes) ?? []) : [];
    }),
  );
}

/** With what the whole box says of some axes. */
function restored(cut: Box, whole: Box, axes: readonly number[]): Box | undefined {
  const lost = axes.filter((axis) => setOn(cut, axis) === undefined && setOn(whole, axis));
  if (lost.length === 0) return cut;
  const sorted = lost.sort((a, b) => a - b);
  return overlap(cut, { axes: sorted, sets: sorted.map((axis) => setOn(whole, axis) ?? []) });
}
