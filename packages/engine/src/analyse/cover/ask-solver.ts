import { addClause, negative, newVariable, positive, solve, solver } from "../solve/sat.ts";
import { type Area, type Box, type Point, setOf } from "./box.ts";
import { type Intervals, includes } from "./intervals.ts";

/**
 * A covering query for the SAT solver: on each axis a variable for each block of classes that the covers treat alike, one of
 * which is true; for each set of an axis an indicator that these blocks imply; for each cover that one of its sets is missed. That
 * at most one block is true need not be said: more blocks only help a cover.
 */
export function askSolver(
  area: Area,
  live: readonly Box[],
  sizes: readonly number[],
  conflicts: number,
): Point | undefined {
  const problem = solver();
  const known: Known = { indicators: new Map(), blocks: new Map() };
  for (const [axis, sets] of setsByAxis(live))
    describe(problem, known, axis, blocksOf(setOf(area, axis, sizes), [...sets.values()]), [
      ...sets.keys(),
    ]);
  for (const { axes, sets } of live)
    addClause(
      problem,
      axes.map((axis, at) => negative(known.indicators.get(keyOf(axis, sets[at] ?? [])) ?? 0)),
    );
  const found = solve(problem, conflicts);
  return found && pointOf(area, known, found);
}

interface Known {
  readonly indicators: Map<string, number>; // of each set of an axis
  readonly blocks: Map<number, readonly Block[]>; // of each axis
}

function keyOf(axis: number, set: Intervals | string): string {
  return `${axis}:${set}`;
}

/** Says of an axis that the class is in some block, and in which sets that puts it. */
function describe(
  problem: ReturnType<typeof solver>,
  { indicators, blocks }: Known,
  axis: number,
  unnamed: readonly Omit<Block, "variable">[],
  names: readonly string[],
): void {
  const own = unnamed.map((block) => ({ ...block, variable: newVariable(problem) }));
  blocks.set(axis, own);
  addClause(
    problem,
    own.map(({ variable }) => positive(variable)),
  );
  for (const [index, name] of names.entries()) {
    const indicator = newVariable(problem);
    indicators.set(keyOf(axis, name), indicator);
    for (const { variable, within } of own)
      if (within[index]) addClause(problem, [negative(variable), positive(indicator)]);
  }
}

function pointOf(area: Area, { blocks }: Known, found: Int8Array): Point {
  const point = new Map<number, number>();
  for (const [axis, set] of area) point.set(axis, set[0] ?? 0);
  for (const [axis, own] of blocks) {
    const chosen = own.find(({ variable }) => found[variable] === 1);
    if (chosen) point.set(axis, chosen.sample);
  }
  return point;
}

interface Block {
  readonly variable: number;
  readonly sample: number; // a class of it
  readonly within: readonly boolean[]; // of each set
}

function setsByAxis(live: readonly Box[]): ReadonlyMap<number, ReadonlyMap<string, Intervals>> {
  const found = new Map<number, Map<string, Intervals>>();
  for (const { axes, sets } of live)
    for (const [at, axis] of axes.entries()) {
      const set = sets[at] ?? [];
      const known = found.get(axis) ?? new Map<string, Intervals>();
      known.set(set.join(), set);
      found.set(axis, known);
    }
  return found;
}

function blocksOf(
  whole: Intervals,
  sets: readonly Intervals[],
): readonly Omit<Block, "variable">[] {
  const edges = new Set<number>();
  for (const set of [whole, ...sets])
    for (let at = 0; at < set.length; at += 2) edges.add(set[at] ?? 0).add((set[at + 1] ?? 0) + 1);
  const blocks = new Map<string, Omit<Block, "variable">>();
  for (const edge of edges) {
    if (!includes(whole, edge)) continue;
    const within = sets.map((set) => includes(set, edge));
    const key = within.map((each) => (each ? "1" : "0")).join("");
    if (!blocks.has(key)) blocks.set(key, { sample: edge, within });
  }
  return [...blocks.values()];
}
