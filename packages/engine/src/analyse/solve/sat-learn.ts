import { bump } from "./activity-heap.ts";
import {
  assign,
  attach,
  type Clause,
  cancel,
  drop,
  header,
  isReason,
  type Literal,
  levelsOf,
  none,
  type State,
} from "./sat-state.ts";

/** What was learnt so far. */
export interface Learnt {
  clauses: Clause[];
  most: number;
}

/** Learns from a conflict, goes back to where that forces something, and follows it. */
export function learn(state: State, learnt: Learnt, conflict: Clause): void {
  const literals = implicationPoint(state, conflict);
  let back = 0;
  for (let at = 1; at < literals.length; at += 1) {
    const literal = literals[at] ?? 0;
    const level = state.level[literal >> 1] ?? 0;
    if (level <= back) continue;
    back = level;
    literals[at] = literals[1] ?? 0;
    literals[1] = literal;
  }
  const levels = new Set(literals.map((literal) => state.level[literal >> 1])).size;
  cancel(state, back);
  const [first = 0] = literals;
  if (literals.length === 1) assign(state, first, none);
  else {
    const clause = attach(state, literals, levels);
    learnt.clauses.push(clause);
    assign(state, first, clause);
  }
}

/** The clause that follows from a conflict, with one literal of the last decision's level, which comes first. */
function implicationPoint(state: State, conflict: Clause): Literal[] {
  const { trail, seen, reason, heap } = state;
  const found: Literal[] = [];
  const marked: number[] = [];
  let open = 0;
  let at = state.assigned - 1;
  let literal = -1;
  let why = conflict;
  do {
    open += mark(state, why, { literal, found, marked });
    while (seen[(trail[at] ?? 0) >> 1] !== 1) at -= 1;
    literal = trail[at] ?? 0;
    at -= 1;
    why = reason[literal >> 1] ?? none;
    open -= 1;
  } while (open > 0);
  const needed = found.filter((each) => !followsFromMarked(state, each));
  heap.step /= 0.95;
  for (const variable of marked) seen[variable] = 0;
  return [literal ^ 1, ...needed];
}

interface Marking {
  readonly literal: Literal; // whose reason it is
  readonly found: Literal[]; // of earlier levels
  readonly marked: number[];
}

/** Marks the variables of a reason; how many of them are of the last level. */
function mark(state: State, why: Clause, { literal, found, marked }: Marking): number {
  const { store, seen, level, limits, heap } = state;
  const start = why + header;
  const end = start + (store[why] ?? 0);
  let open = 0;
  for (let at = start; at < end; at += 1) {
    const other = store[at] ?? 0;
    const variable = other >> 1;
    if (other === literal || seen[variable] === 1 || level[variable] === 0) continue;
    seen[variable] = 1;
    marked.push(variable);
    bump(heap, variable);
    if (level[variable] === limits.length) open += 1;
    else found.push(other);
  }
  return open;
}

/** Whether a literal of a clause says nothing new: all that forced it is in the clause, or holds anyway. */
function followsFromMarked({ store, reason, seen, level }: State, literal: Literal): boolean {
  const why = reason[literal >> 1] ?? none;
  if (why === none) return false;
  const start = why + header;
  const end = start + (store[why] ?? 0);
  for (let at = start; at < end; at += 1) {
    const variable = (store[at] ?? 0) >> 1;
    if (variable !== literal >> 1 && seen[variable] !== 1 && level[variable] !== 0) return false;
  }
  return true;
}

/** So few levels, and a clause is kept for good. */
const fewLevels = 3;

/** Forgets half of what was learnt, but what is of few levels and what holds something up: what is of the most levels goes first. */
export function forget(state: State, learnt: Learnt): void {
  const order = [...learnt.clauses].sort(
    (a, b) => levelsOf(state, b) - levelsOf(state, a) || a - b,
  );
  const half = order.length >> 1;
  const kept: Clause[] = [];
  for (const [at, clause] of order.entries())
    if (at >= half || levelsOf(state, clause) <= fewLevels || isReason(state, clause))
      kept.push(clause);
    else drop(state, clause);
  learnt.clauses = kept;
  learnt.most *= 1.1;
}
