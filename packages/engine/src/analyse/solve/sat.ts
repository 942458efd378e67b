import { exceeded } from "../budget.ts";
import { popHighest } from "./activity-heap.ts";
import { forget, type Learnt, learn } from "./sat-learn.ts";
import {
  assign,
  attach,
  cancel,
  type Literal,
  none,
  propagate,
  type State,
  stateOf,
} from "./sat-state.ts";

/** Clauses over variables; one literal of each clause must be true. */
export interface Problem {
  variables: number;
  readonly clauses: (readonly Literal[])[];
  readonly units: Literal[];
  contradictory: boolean;
}

/** An empty problem. */
export function solver(): Problem {
  return { variables: 0, clauses: [], units: [], contradictory: false };
}

/** The literal that a variable is true. */
export function positive(variable: number): Literal {
  return 2 * variable;
}

/** The literal that a variable is false. */
export function negative(variable: number): Literal {
  return 2 * variable + 1;
}

/** One more variable. */
export function newVariable(problem: Problem): number {
  problem.variables += 1;
  return problem.variables - 1;
}

/** One more clause. */
export function addClause(problem: Problem, literals: readonly Literal[]): void {
  const once = [...new Set(literals)];
  if (once.some((literal) => once.includes(literal ^ 1))) return;
  const [first] = once;
  if (first === undefined) problem.contradictory = true;
  else if (once.length === 1) problem.units.push(first);
  else problem.clauses.push(once);
}

/**
 * Values of the variables under which all clauses hold; undefined: there are none. Conflict-driven clause learning with two watched
 * literals, first unique implication points, activities and Luby restarts. `spent` counts the conflicts, of which there are so many at
 * most before the budget is exceeded.
 */
export function solve(
  problem: Problem,
  most: number,
  spent: { conflicts: number } = { conflicts: 0 },
): Int8Array | undefined {
  if (problem.contradictory) return undefined;
  const state = stateOf(weights(problem));
  for (const clause of problem.clauses) attach(state, clause, 0);
  for (const unit of problem.units) {
    if (state.value[unit] === 0) return undefined;
    if (state.value[unit] === -1) assign(state, unit, none);
  }
  if (propagate(state) !== none) return undefined;
  const learnt: Learnt = { clauses: [], most: 4000 + problem.clauses.length / 3 };
  const count = (): void => {
    spent.conflicts += 1;
    if (spent.conflicts > most) exceeded("conflicts", most);
  };
  for (let round = 0; ; round += 1) {
    const end = search(state, learnt, 100 * luby(round), count);
    if (end === "unsatisfiable") return undefined;
    if (end === "satisfied")
      return Int8Array.from({ length: problem.variables }, (_, each) =>
        state.value[positive(each)] === 1 ? 1 : 0,
      );
    cancel(state, 0);
  }
}

/** How much clauses hang on each variable, short ones the most. */
function weights({ variables, clauses }: Problem): Float64Array {
  const found = new Float64Array(variables);
  for (const clause of clauses)
    for (const literal of clause) {
      const variable = literal >> 1;
      found[variable] = (found[variable] ?? 0) + 2 ** -clause.length;
    }
  return found;
}

function search(
  state: State,
  learnt: Learnt,
  budget: number,
  count: () => void,
): "satisfied" | "unsatisfiable" | "restart" {
  for (let left = budget; ; ) {
    const conflict = propagate(state);
    if (conflict !== none) {
      count();
      if (state.limits.length === 0) return "unsatisfiable";
      learn(state, learnt, conflict);
      left -= 1;
      continue;
    }
    if (left <= 0) return "restart";
    if (!decide(state, learnt)) return "satisfied";
  }
}

/** Tries a variable; false: all have values. */
function decide(state: State, learnt: Learnt): boolean {
  if (learnt.clauses.length - state.assigned > learnt.most) forget(state, learnt);
  const variable = nextVariable(state);
  if (variable < 0) return false;
  state.limits.push(state.assigned);
  assign(state, 2 * variable + (state.phase[variable] ?? 0), none);
  return true;
}

function nextVariable({ heap, value }: State): number {
  for (let variable = popHighest(heap); variable >= 0; variable = popHighest(heap))
    if (value[positive(variable)] === -1) return variable;
  return -1;
}

/** 1 1 2 1 1 2 4 ... */
function luby(index: number): number {
  let at = index;
  for (;;) {
    let power = 1;
    while (2 ** power - 1 < at + 1) power += 1;
    if (2 ** power - 1 === at + 1) return 2 ** (power - 1);
    at -= 2 ** (power - 1) - 1;
  }
}
