import { type Area, type Box, setOf } from "./box.ts";
import { difference, type Intervals, intersection, isWithin, size } from "./intervals.ts";

/**
 * What is left of an area when one cover after the other is cut out of it: a piece that no cover touches; undefined: they cover the
 * area. "hard": it takes more than so many steps.
 */
export function cutOut(
  area: Area,
  covers: readonly Box[],
  sizes: readonly number[],
  steps: number,
): Area | "hard" | undefined {
  return descend({ sizes, area: [...area], changed: noneOf(sizes), left: steps }, covers);
}

/** For the axes of each grid a row of zeros: nobody leaves anything else in it. */
const rows = new WeakMap<readonly number[], Uint8Array>();

function noneOf(sizes: readonly number[]): Uint8Array {
  const known = rows.get(sizes);
  if (known) return known;
  const made = new Uint8Array(sizes.length);
  rows.set(sizes, made);
  return made;
}

interface Search {
  readonly sizes: readonly number[];
  readonly area: (Intervals | undefined)[]; // what is left at this step
  readonly changed: Uint8Array; // 1: an axis that was cut at this step, while covers are cut down to what is left
  left: number;
}

/** Cuts the first cover out of the area, and goes on with each piece and the covers that still touch it. */
function descend(search: Search, live: readonly Box[]): Area | "hard" | undefined {
  if (search.left <= 0) return "hard";
  search.left -= 1;
  const { area } = search;
  const [first] = live;
  if (!first) return [...area];
  const changed: number[] = [];
  const before: (Intervals | undefined)[] = [];
  for (const { axis, set } of widestCuts(search, first)) {
    changed.push(axis);
    before.push(area[axis]);
    area[axis] = difference(setOf(area, axis, search.sizes), set);
    const left = afterCuts(search, live, changed);
    const found = left && descend(search, left);
    if (found) return found;
    area[axis] = set;
  }
  for (const [at, axis] of changed.entries()) area[axis] = before[at];
  return undefined;
}

/** The other covers, cut down where the area was cut. */
function afterCuts(
  { area, changed }: Search,
  live: readonly Box[],
  axes: readonly number[],
): readonly Box[] | undefined {
  for (const axis of axes) changed[axis] = 1;
  const left = within(live, area, { from: 1, only: changed });
  for (const axis of axes) changed[axis] = 0;
  return left;
}

interface Cut {
  readonly axis: number;
  readonly set: Intervals;
}

/** On which axes a cover is cut out, the widest cut first: what is left of one axis, then of the next within the cover's set. */
function widestCuts({ sizes, area }: Search, { axes, sets }: Box): readonly Cut[] {
  return axes
    .map((axis, at) => {
      const set = sets[at] ?? [];
      return { axis, set, part: size(set) / size(setOf(area, axis, sizes)) };
    })
    .sort((a, b) => b.part - a.part);
}

/** Which covers, and where the area has changed since they were cut down the last time. */
interface Since {
  readonly from: number; // the first of the covers
  readonly only: Uint8Array; // 1: an axis that has
}

/**
 * Covers cut down to an area: only the axes on which they do not take all of it, and none that does not touch it. Undefined: one of
 * them covers the area.
 */
export function within(
  covers: readonly Box[],
  area: Area,
  { from, only }: Partial<Since> = {},
): readonly Box[] | undefined {
  const live: Box[] = [];
  for (let at = from ?? 0; at < covers.length; at += 1) {
    const cover = covers[at];
    const left = cover && cutDown(cover, area, only);
    if (left === undefined) continue;
    if (left.axes.length === 0) return undefined;
    live.push(left);
  }
  return live;
}

/** Undefined: the cover does not touch the area. */
function cutDown(cover: Box, area: Area, only: Since["only"] | undefined): Box | undefined {
  const { axes, sets } = cover;
  let left: { axes: number[]; sets: Intervals[] } | undefined;
  for (let at = 0; at < axes.length; at += 1) {
    const axis = axes[at] ?? 0;
    const set = sets[at] ?? [];
    const cut = cutTo(set, only && only[axis] !== 1 ? undefined : area[axis]);
    if (cut?.length === 0) return undefined;
    if (cut === set && !left) continue;
    left ??= { axes: axes.slice(0, at), sets: sets.slice(0, at) };
    if (!cut) continue;
    left.axes.push(axis);
    left.sets.push(cut);
  }
  return left ?? cover;
}

/** A set within a limit: itself where all of it is; undefined: all of the limit. */
function cutTo(set: Intervals, limit: Intervals | undefined): Intervals | undefined {
  if (limit === undefined) return set;
  if (isWithin(limit, set)) return undefined;
  return isWithin(set, limit) ? set : intersection(limit, set);
}
