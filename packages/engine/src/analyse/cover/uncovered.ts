import { askSolver } from "./ask-solver.ts";
import type { Area, Box, Point } from "./box.ts";
import { setOf } from "./box.ts";
import {
  difference,
  type Intervals,
  includes,
  intersection,
  isWithin,
  nth,
  size,
} from "./intervals.ts";

/** What a covering query may take. */
export interface Effort {
  readonly steps: number; // of the search, before the SAT solver is asked
  readonly conflicts: number;
}

/**
 * A point of a box that none of the covers has; undefined: they cover it. Tries a few points, then cuts one cover after the other
 * out of the box (the tautology test of two-level minimisation); what takes too many steps goes to the SAT solver.
 */
export function uncovered(
  box: Box,
  covers: readonly Box[],
  sizes: readonly number[],
  effort: Effort,
): Point | undefined {
  const area: Area = new Map(box.axes.map((axis, index) => [axis, box.sets[index] ?? []]));
  const live = restrict(covers, area);
  if (live === undefined) return undefined;
  const found = sample(area, live, sizes);
  if (found) return found;
  const search: Search = { sizes, left: effort.steps };
  const result = descend(search, area, widestFirst(live, area, sizes));
  return result === "hard" ? askSolver(area, live, sizes, effort.conflicts) : result;
}

interface Search {
  readonly sizes: readonly number[];
  left: number;
}

/** Covers cut down to an area: only the axes on which they do not take all of it. Undefined: one of them covers the area. */
function restrict(
  covers: readonly Box[],
  area: Area,
  only?: ReadonlySet<number>,
): Box[] | undefined {
  const live: Box[] = [];
  for (const cover of covers) {
    const left = within(cover, area, only);
    if (left === undefined) continue;
    if (left.axes.length === 0) return undefined;
    live.push(left);
  }
  return live;
}

/** Undefined: the cover does not touch the area. `only`: axes on which the area has changed. */
function within(cover: Box, area: Area, only: ReadonlySet<number> | undefined): Box | undefined {
  const { axes, sets } = cover;
  let left: { axes: number[]; sets: Intervals[] } | undefined;
  for (let at = 0; at < axes.length; at += 1) {
    const axis = axes[at] ?? 0;
    const set = sets[at] ?? [];
    const cut = cutTo(set, only && !only.has(axis) ? undefined : area.get(axis));
    if (cut?.length === 0) return undefined;
    if (cut === set && !left) continue;
    left ??= { axes: axes.slice(0, at), sets: sets.slice(0, at) };
    if (!cut) continue;
    left.axes.push(axis);
    left.sets.push(cut);
  }
  return left ?? cover;
}

/** A set within a limit; undefined: all of the limit. */
function cutTo(set: Intervals, limit: Intervals | undefined): Intervals | undefined {
  if (limit === undefined) return set;
  return isWithin(limit, set) ? undefined : intersection(limit, set);
}

const samples = 12;

/** A few points by chance, the same ones each time: they settle most boxes that are not covered. */
function sample(area: Area, live: readonly Box[], sizes: readonly number[]): Point | undefined {
  const used = axesOf(live, sizes.length);
  const point = new Int32Array(sizes.length);
  const next = { seed: 0x9e3779b9 };
  for (let tried = 0; tried < samples; tried += 1) {
    for (const axis of used) {
      const set = setOf(area, axis, sizes);
      point[axis] = nth(set, chance(next) % size(set));
    }
    if (!isHeld(live, point))
      return anywhere(area, new Map(used.map((axis) => [axis, point[axis] ?? 0])));
  }
  return undefined;
}

/** The axes that some cover is about. */
function axesOf(live: readonly Box[], count: number): readonly number[] {
  const seen = new Uint8Array(count);
  const used: number[] = [];
  for (const { axes } of live)
    for (const axis of axes) {
      if (seen[axis] === 1) continue;
      seen[axis] = 1;
      used.push(axis);
    }
  return used;
}

function chance(next: { seed: number }): number {
  const { seed } = next;
  next.seed = (Math.imul(seed ^ (seed >>> 15), 0x85ebca6b) + 0x6d2b79f5) >>> 0;
  return next.seed;
}

/** Whether some cover has a point. */
function isHeld(live: readonly Box[], point: Int32Array): boolean {
  for (const cover of live) if (holds(cover, point)) return true;
  return false;
}

function holds({ axes, sets }: Box, point: Int32Array): boolean {
  for (let at = 0; at < axes.length; at += 1)
    if (!includes(sets[at] ?? [], point[axes[at] ?? 0] ?? -1)) return false;
  return true;
}

/** The point, with any class on the other axes of the area. */
function anywhere(area: Area, point: ReadonlyMap<number, number>): Point {
  const whole = new Map(point);
  for (const [axis, set] of area) if (!whole.has(axis)) whole.set(axis, set[0] ?? 0);
  return whole;
}

function widestFirst(live: readonly Box[], area: Area, sizes: readonly number[]): readonly Box[] {
  const volume = new Map(
    live.map((cover) => [
      cover,
      cover.axes.reduce(
        (part, axis, at) => (part * size(cover.sets[at] ?? [])) / size(setOf(area, axis, sizes)),
        1,
      ),
    ]),
  );
  return live.toSorted((a, b) => (volume.get(b) ?? 0) - (volume.get(a) ?? 0));
}

/** Cuts the first cover out of the area, and goes on with each piece and the covers that still touch it. */
function descend(search: Search, area: Area, live: readonly Box[]): Point | "hard" | undefined {
  if (search.left <= 0) return "hard";
  search.left -= 1;
  const [first, ...rest] = live;
  if (!first) return anywhere(area, new Map());
  const changed = new Set<number>();
  for (const { axis, piece } of pieces(search, area, first)) {
    changed.add(axis);
    const left = restrict(rest, piece, changed);
    const found = left && descend(search, piece, left);
    if (found) return found;
  }
  return undefined;
}

interface Cut {
  readonly axis: number;
  readonly piece: Area;
}

/** What is left of an area without a cover, in separate pieces, the widest cut first. */
function pieces({ sizes }: Search, area: Area, { axes, sets }: Box): readonly Cut[] {
  const order = axes
    .map((axis, at) => {
      const set = sets[at] ?? [];
      return { axis, set, part: size(set) / size(setOf(area, axis, sizes)) };
    })
    .sort((a, b) => b.part - a.part);
  const left = new Map(area);
  return order.map(({ axis, set }) => {
    const piece = new Map(left).set(axis, difference(setOf(left, axis, sizes), set));
    left.set(axis, set);
    return { axis, piece };
  });
}
