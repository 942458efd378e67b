import {
  addClause,
  negative,
  newVariable,
  type Problem,
  positive,
  solve,
  solver,
} from "../solve/sat.ts";
import type { Literal } from "../solve/sat-state.ts";
import { type Area, type Box, setOf } from "./box.ts";
import { type Intervals, includes } from "./intervals.ts";

/**
 * A covering query for the SAT solver: on each axis a variable for each block of classes that the covers treat alike, one of which is
 * true; for each set of an axis an indicator that its blocks imply; for each cover that one of its sets is missed. That at most one
 * block is true need not be said: more blocks only help a cover. Of two blocks one variable says which.
 */
export function askSolver(
  area: Area,
  live: readonly Box[],
  sizes: readonly number[],
  { conflicts, spent }: Asking,
): Area | undefined {
  const problem = solver();
  const indicators = new Map<string, Literal>();
  const axes = [...setsByAxis(live)].map(([axis, sets]) => {
    const blocks = blocksOf(problem, setOf(area, axis, sizes), [...sets.values()]);
    for (const [at, name] of [...sets.keys()].entries())
      indicators.set(`${axis}:${name}`, indicator(problem, blocks, at));
    return { axis, blocks };
  });
  for (const { axes: own, sets } of live)
    addClause(
      problem,
      own.map((axis, at) => (indicators.get(`${axis}:${sets[at]}`) ?? 0) ^ 1),
    );
  const found = solve(problem, conflicts, spent);
  if (!found) return undefined;
  const part = [...area];
  for (const { axis, blocks } of axes) part[axis] = chosen(blocks, found);
  return part;
}

interface Asking {
  readonly conflicts: number;
  readonly spent: { conflicts: number };
}

/** Classes of an axis that all sets treat alike. */
interface Block {
  readonly literal: Literal; // that the class is one of these
  readonly sample: number;
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

/** The blocks of an axis, one of which is true. */
function blocksOf(
  problem: Problem,
  whole: Intervals,
  sets: readonly Intervals[],
): readonly Block[] {
  const samples = samplesOf(whole, sets);
  const [first, second] = samples;
  if (first && second && samples.length === 2) {
    const variable = newVariable(problem);
    return [
      { ...first, literal: negative(variable) },
      { ...second, literal: positive(variable) },
    ];
  }
  const blocks = samples.map((each) => ({ ...each, literal: positive(newVariable(problem)) }));
  addClause(
    problem,
    blocks.map(({ literal }) => literal),
  );
  return blocks;
}

function samplesOf(
  whole: Intervals,
  sets: readonly Intervals[],
): readonly Omit<Block, "literal">[] {
  const edges = new Set<number>();
  for (const set of [whole, ...sets])
    for (let at = 0; at < set.length; at += 2) edges.add(set[at] ?? 0).add((set[at + 1] ?? 0) + 1);
  const blocks = new Map<string, Omit<Block, "literal">>();
  for (const edge of edges) {
    if (!includes(whole, edge)) continue;
    const within = sets.map((set) => includes(set, edge));
    const key = within.map((each) => (each ? "1" : "0")).join("");
    if (!blocks.has(key)) blocks.set(key, { sample: edge, within });
  }
  return [...blocks.values()];
}

/** The literal that follows when the class of an axis is in a set. */
function indicator(problem: Problem, blocks: readonly Block[], set: number): Literal {
  const held = blocks.filter(({ within }) => within[set]);
  const [only] = held;
  if (only && held.length === 1) return only.literal;
  const made = positive(newVariable(problem));
  for (const { literal } of held) addClause(problem, [literal ^ 1, made]);
  return made;
}

function chosen(blocks: readonly Block[], found: Int8Array): Intervals {
  const block = blocks.find(({ literal }) => found[literal >> 1] === 1 - (literal & 1));
  return block ? [block.sample, block.sample] : [];
}
