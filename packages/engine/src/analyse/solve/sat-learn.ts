import { bump } from "./activity-heap.ts";
import { assign, attach, type Clause, cancel, type Literal, type State } from "./sat-state.ts";

/** What was learnt so far. */
export interface Learnt {
  clauses: Clause[];
  most: number;
  conflicts: number;
}

/** Learns from a conflict, goes back to where that forces something, and follows it. */
export function learn(state: State, learnt: Learnt, conflict: Clause): void {
  const clause = implicationPoint(state, conflict);
  let back = 0;
  for (let at = 1; at < clause.length; at += 1) {
    const literal = clause[at] ?? 0;
    const level = state.level[literal >> 1] ?? 0;
    if (level <= back) continue;
    back = level;
    clause[at] = clause[1] ?? 0;
    clause[1] = literal;
  }
  cancel(state, back);
  const [first = 0] = clause;
  if (clause.length > 1) {
    attach(state, clause);
    learnt.clauses.push(clause);
  }
  assign(state, first, clause.length > 1 ? clause : undefined);
}

/** The clause that follows from a conflict, with one literal of the last decision's level, which comes first. */
function implicationPoint(state: State, conflict: Clause): Clause {
  const { trail, seen, reason, heap } = state;
  const clause: Clause = [0];
  const marked: number[] = [];
  let open = 0;
  let at = trail.length - 1;
  let literal = -1;
  let why: Clause | undefined = conflict;
  do {
    open += mark(state, why ?? [], { literal, clause, marked });
    while (seen[(trail[at] ?? 0) >> 1] !== 1) at -= 1;
    literal = trail[at] ?? 0;
    at -= 1;
    why = reason[literal >> 1];
    open -= 1;
  } while (open > 0);
  clause[0] = literal ^ 1;
  heap.step /= 0.95;
  for (const variable of marked) seen[variable] = 0;
  return clause;
}

interface Marking {
  readonly literal: Literal; // whose reason it is
  readonly clause: Clause;
  readonly marked: number[];
}

/** Marks the variables of a reason; how many of them are of the last level. */
function mark(state: State, why: Clause, { literal, clause, marked }: Marking): number {
  const { seen, level, limits, heap } = state;
  let open = 0;
  for (const other of why) {
    const variable = other >> 1;
    if (other === literal || seen[variable] === 1 || level[variable] === 0) continue;
    seen[variable] = 1;
    marked.push(variable);
    bump(heap, variable);
    if (level[variable] === limits.length) open += 1;
    else clause.push(other);
  }
  return open;
}

/** Keeps short clauses, recent ones and those that hold something up. */
export function forget({ reason }: State, learnt: Learnt): void {
  const half = learnt.clauses.length >> 1;
  const kept: Clause[] = [];
  for (const [at, clause] of learnt.clauses.entries()) {
    const needed = clause.length <= 3 || at >= half || reason[(clause[0] ?? 0) >> 1] === clause;
    if (needed) kept.push(clause);
    else clause.dead = true;
  }
  learnt.clauses = kept;
  learnt.most *= 1.1;
}
