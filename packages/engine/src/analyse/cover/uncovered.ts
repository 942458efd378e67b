import { askSolver } from "./ask-solver.ts";
import { type Area, type Box, type Point, setOf } from "./box.ts";
import { cutOut, within } from "./cut-out.ts";
import { type Intervals, includes, nth, size } from "./intervals.ts";
import { leastCovered } from "./least-covered.ts";

/** What covering queries may take. */
export interface Effort {
  readonly steps: number; // of the search of one, before the SAT solver is asked
  readonly conflicts: number; // of the SAT solver, in all of them
  readonly spent?: Spent; // absent: one query stands for itself
}

/** What queries about the same rules have taken. */
export interface Spent {
  hard: number; // queries that went to the SAT solver
  conflicts: number;
}

/** Among rules of which one was hard the next are too: the search gives up sooner each time, down to a part of its steps. */
const mostHalvings = 6;

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
  const area = areaOf(box, sizes);
  const found = search(area, covers, sizes, effort);
  return found && pointOf(found);
}

/** Whether covers take all of a box. */
export function isCoveredBy(
  box: Box,
  covers: readonly Box[],
  sizes: readonly number[],
  effort: Effort,
): boolean {
  return search(areaOf(box, sizes), covers, sizes, effort, true) === undefined;
}

/** Where covers are about so many axes, nearly each about its own, points by chance are in one of them, and cutting them out goes deep. */
const manyAxes = 64;

/** A part of the area that no cover touches. `isAnyFine`: nobody shows it. */
function search(
  area: Area,
  covers: readonly Box[],
  sizes: readonly number[],
  { steps, conflicts, spent = { hard: 0, conflicts: 0 } }: Effort,
  isAnyFine = false,
): Area | undefined {
  const live = within(covers, area);
  if (live === undefined) return undefined;
  const axes = axesOf(live, sizes.length);
  const widths = widthsOf(area, axes, sizes);
  const found = sample(area, live, sizes, { axes, widths });
  if (found) return found;
  const isWide = axes.length >= Math.max(manyAxes, live.length / 2);
  const likely = isAnyFine && isWide && leastCovered(area, live, sizes);
  if (likely && !isHeld(live, likely)) return at(area, axes, likely);
  const ordered = widestFirst(live, widths);
  const left = cutOut(area, ordered, sizes, steps >> Math.min(spent.hard, mostHalvings));
  if (left !== "hard") return left;
  spent.hard += 1;
  return askSolver(area, ordered, sizes, { conflicts, spent });
}

function areaOf({ axes, sets }: Box, sizes: readonly number[]): Area {
  const area = new Array<Intervals | undefined>(sizes.length).fill(undefined);
  for (let at = 0; at < axes.length; at += 1) area[axes[at] ?? 0] = sets[at];
  return area;
}

function pointOf(area: Area): Point {
  const point = new Map<number, number>();
  for (const [axis, set] of area.entries()) if (set) point.set(axis, set[0] ?? 0);
  return point;
}

const samples = 12;

/** The axes that covers are about, and how many classes an area has on each of them. */
interface Wide {
  readonly axes: readonly number[];
  readonly widths: Int32Array; // of every axis; 0: no cover is about it
}

function widthsOf(area: Area, axes: readonly number[], sizes: readonly number[]): Int32Array {
  const widths = new Int32Array(sizes.length);
  for (const axis of axes) widths[axis] = size(setOf(area, axis, sizes));
  return widths;
}

/** A few points by chance, the same ones each time: they settle most boxes that are not covered. */
function sample(
  area: Area,
  live: readonly Box[],
  sizes: readonly number[],
  { axes, widths }: Wide,
): Area | undefined {
  const point = new Int32Array(sizes.length);
  const next = { seed: 0x9e3779b9 };
  for (let tried = 0; tried < samples; tried += 1) {
    for (const axis of axes) {
      const place = chance(next) % (widths[axis] ?? 1);
      point[axis] = nth(setOf(area, axis, sizes), place);
    }
    if (!isHeld(live, point)) return at(area, axes, point);
  }
  return undefined;
}

/** The part of an area at some classes. */
function at(area: Area, axes: readonly number[], point: Int32Array): Area {
  const part = [...area];
  for (const axis of axes) part[axis] = [point[axis] ?? 0, point[axis] ?? 0];
  return part;
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

function widestFirst(live: readonly Box[], widths: Int32Array): readonly Box[] {
  const volumes = Float64Array.from(live, (cover) => volumeOf(cover, widths));
  const order = [...live.keys()].sort((a, b) => (volumes[b] ?? 0) - (volumes[a] ?? 0));
  return order.flatMap((at) => live[at] ?? []);
}

/** Which part of an area a cover takes. */
function volumeOf({ axes, sets }: Box, widths: Int32Array): number {
  let volume = 1;
  for (let at = 0; at < axes.length; at += 1)
    volume = (volume * size(sets[at] ?? [])) / (widths[axes[at] ?? 0] ?? 1);
  return volume;
}
