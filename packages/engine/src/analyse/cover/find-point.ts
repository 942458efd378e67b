import { exceeded } from "../budget.ts";
import { always, type Formula, not } from "../space/formula.ts";
import { type Box, full, overlap, type Point } from "./box.ts";
import { boxesOf, type Grid, mostBoxes } from "./grid.ts";
import { type Effort, uncovered } from "./uncovered.ts";

/**
 * A point where a formula holds, outside of some boxes; undefined: there is none. What must hold becomes boxes, what must not becomes
 * covers: a question that is too much for diagrams may be little for covering queries and the SAT solver behind them.
 */
export function findPoint(
  grid: Grid,
  formula: Formula,
  effort: Effort,
  without: readonly Box[],
): Point | undefined {
  const own: Effort = { ...effort, spent: { hard: 0, conflicts: 0 } };
  return search({ grid, effort: own, counts: new Map() }, [formula], [full], without);
}

interface Work {
  readonly grid: Grid;
  readonly effort: Effort;
  readonly counts: Map<Formula, Counts>;
}

/** Some point of these boxes where all parts hold, and that no cover has. */
function search(
  work: Work,
  parts: readonly Formula[],
  boxes: readonly Box[],
  covers: readonly Box[],
): Point | undefined {
  const { grid, effort } = work;
  const taken = [...covers];
  const open: Formula[] = [];
  let left = boxes;
  for (const part of parts.flatMap(conjuncts)) {
    const { own, opposite, atoms } = countsOf(work, part);
    if (own > 1 && opposite <= own && opposite <= perAtom * atoms)
      for (const box of boxesOf(grid, not(part))) taken.push(box);
    else if (own <= mostBoxes) left = meeting(left, boxesOf(grid, part));
    else open.push(part);
  }
  if (left.length === 0) return undefined;
  const [choice, ...others] = open;
  if (choice) {
    if (choice.kind !== "or") exceeded("steps", mostBoxes);
    return first(choice.parts, (part) => search(work, [part, ...others], left, taken));
  }
  const all = [...grid.impossible, ...taken];
  return first(left, (box) => uncovered(box, all, grid.sizes, effort));
}

function first<Each, Found>(
  list: readonly Each[],
  find: (each: Each) => Found | undefined,
): Found | undefined {
  for (const each of list) {
    const found = find(each);
    if (found !== undefined) return found;
  }
  return undefined;
}

function meeting(boxes: readonly Box[], others: readonly Box[]): readonly Box[] {
  if (boxes.length * others.length > mostBoxes) exceeded("steps", mostBoxes);
  return boxes.flatMap((box) => others.flatMap((other) => overlap(box, other) ?? []));
}

/** What must hold, each for itself. */
function conjuncts(formula: Formula): readonly Formula[] {
  if (formula.kind === "and") return formula.parts.flatMap(conjuncts);
  if (formula.kind === "not" && formula.part.kind === "or")
    return formula.part.parts.flatMap((part) => conjuncts(not(part)));
  return formula === always ? [] : [formula];
}

/** What has more boxes for each of its atoms is multiplied out, and better tried part by part. */
const perAtom = 4;

/** How many boxes a formula and its opposite come to, at most, and how much is written in it. */
interface Counts {
  readonly own: number;
  readonly opposite: number;
  readonly atoms: number;
}

function countsOf(work: Work, formula: Formula): Counts {
  const known = work.counts.get(formula);
  if (known) return known;
  const made = count(work, formula);
  work.counts.set(formula, made);
  return made;
}

function count(work: Work, formula: Formula): Counts {
  if (formula.kind === "not") {
    return flipped(countsOf(work, formula.part));
  }
  if (formula.kind !== "and" && formula.kind !== "or") return { own: 1, opposite: 1, atoms: 1 };
  const parts = formula.parts.map((part) => countsOf(work, part));
  const sides = formula.kind === "and" ? parts : parts.map(flipped);
  const made = sides.reduce(
    (sum, side) => ({
      own: sum.own * side.own,
      opposite: sum.opposite + side.opposite,
      atoms: sum.atoms + side.atoms,
    }),
    { own: 1, opposite: 0, atoms: 0 },
  );
  return formula.kind === "and" ? made : flipped(made);
}

function flipped({ own, opposite, atoms }: Counts): Counts {
  return { own: opposite, opposite: own, atoms };
}
