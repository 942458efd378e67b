import { type Box, setOn } from "./box.ts";
import { includes } from "./intervals.ts";
import { leastCovered } from "./least-covered.ts";

/**
 * Tells of many boxes, one after the other, that they have a point outside of the same covers. False: it was not found, there may be one.
 * The point is the one that the fewest covers have, moved into the box: only covers about the axes on which it moved need a look.
 */
export function pointsOutside(
  covers: readonly Box[],
  sizes: readonly number[],
): (box: Box) => boolean {
  const point = leastCovered([], covers, sizes);
  const about = byAxis(covers);
  const around = covers.filter((cover) => isIn(cover, point));
  return ({ axes, sets }) => {
    const places = [...axes.keys()];
    const moved = places.filter((at) => !includes(sets[at] ?? [], point[axes[at] ?? 0] ?? 0));
    const before = moved.map((at) => point[axes[at] ?? 0] ?? 0);
    for (const at of moved) point[axes[at] ?? 0] = sets[at]?.[0] ?? 0;
    const held = (cover: Box): boolean =>
      moved.every((at) => includesOn(cover, axes[at] ?? 0, point)) && isIn(cover, point);
    const found = !(around.some(held) || moved.some((at) => about.get(axes[at] ?? 0)?.some(held)));
    for (const [index, at] of moved.entries()) point[axes[at] ?? 0] = before[index] ?? 0;
    return found;
  };
}

function byAxis(covers: readonly Box[]): ReadonlyMap<number, readonly Box[]> {
  const about = new Map<number, Box[]>();
  for (const cover of covers)
    for (const axis of cover.axes) if (!about.get(axis)?.push(cover)) about.set(axis, [cover]);
  return about;
}

function includesOn(cover: Box, axis: number, point: Int32Array): boolean {
  const set = setOn(cover, axis);
  return set === undefined || includes(set, point[axis] ?? 0);
}

function isIn({ axes, sets }: Box, point: Int32Array): boolean {
  return axes.every((axis, at) => includes(sets[at] ?? [], point[axis] ?? 0));
}
