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
  const work = { grid, effort: own, counts: new Map(), conjuncts: new Map() };
  return search(work, [formula], [full], without);
}

interface Work {
  readonly grid: Grid;
  readonly effort: Effort;
  readonly counts: Map<Formula, Counts>;
  readonly conjuncts: Map<Formula, readonly Formula[]>;
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
  for (const part of parts.flatMap((each) => conjunctsOf(work, each))) {
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
function conjunctsOf({ conjuncts }: Work, formula: Formula): readonly Formula[] {
  const known = conjuncts.get(formula);
  if (known) return known;
  const made: Formula[] = [];
  collect(formula, made);
  conjuncts.set(formula, made);
  return made;
}

function collect(formula: Formula, into: Formula[]): void {
  if (formula.kind === "and") for (const part of formula.parts) collect(part, into);
  else if (formula.kind === "not" && formula.part.kind === "or")
    for (const part of formula.part.parts) collect(not(part), into);
  else if (formula !== always) into.push(formula);
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
  if (formula.kind === "not") return flipped(countsOf(work, formula.part));
  if (formula.kind !== "and" && formula.kind !== "or") return one;
  let all = 1;
  let some = 0;
  let atoms = 0;
  for (const part of formula.parts) {
    const { own, opposite, atoms: written } = countsOf(work, part);
    all *= formula.kind === "and" ? own : opposite;
    some += formula.kind === "and" ? opposite : own;
    atoms += written;
  }
  return formula.kind === "and"
    ? { own: all, opposite: some, atoms }
    : { own: some, opposite: all, atoms };
}

const one: Counts = { own: 1, opposite: 1, atoms: 1 };

function flipped({ own, opposite, atoms }: Counts): Counts {
  return { own: opposite, opposite: own, atoms };
}
