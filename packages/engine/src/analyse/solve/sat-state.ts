import { type ActivityHeap, heapOf, restore } from "./activity-heap.ts";

/** A variable or its opposite: twice the variable, and one more for the opposite. */
export type Literal = number;
/** One of its literals is true. The first two are watched. */
export type Clause = Literal[] & { dead?: true };

/** Where a search stands. */
export interface State {
  readonly value: Int8Array; // of each literal: 1, 0, or -1
  readonly level: Int32Array;
  readonly reason: (Clause | undefined)[];
  readonly watch: Clause[][]; // of each literal: the clauses to look at when it becomes true
  readonly trail: Literal[];
  readonly limits: number[]; // where each decision stands on the trail
  readonly phase: Int8Array;
  readonly seen: Uint8Array;
  readonly heap: ActivityHeap;
  head: number;
}

/** Nothing assigned. */
export function stateOf(variables: number): State {
  return {
    value: new Int8Array(2 * variables).fill(-1),
    level: new Int32Array(variables),
    reason: new Array<Clause | undefined>(variables).fill(undefined),
    watch: Array.from({ length: 2 * variables }, () => []),
    trail: [],
    limits: [],
    phase: new Int8Array(variables).fill(1),
    seen: new Uint8Array(variables),
    heap: heapOf(variables),
    head: 0,
  };
}

/** Watches the first two literals of a clause. */
export function attach({ watch }: State, clause: Clause): void {
  watch[(clause[0] ?? 0) ^ 1]?.push(clause);
  watch[(clause[1] ?? 0) ^ 1]?.push(clause);
}

/** Makes a literal true; `why`: the clause that forces it, or a decision. */
export function assign(state: State, literal: Literal, why: Clause | undefined): void {
  state.value[literal] = 1;
  state.value[literal ^ 1] = 0;
  state.level[literal >> 1] = state.limits.length;
  state.reason[literal >> 1] = why;
  state.trail.push(literal);
}

/** Takes back all decisions but the first few. */
export function cancel(state: State, to: number): void {
  const { limits, trail, value, phase, heap } = state;
  const keep = limits[to];
  if (keep === undefined) return;
  for (const literal of trail.slice(keep).reverse()) {
    value[literal] = -1;
    value[literal ^ 1] = -1;
    phase[literal >> 1] = literal & 1;
    restore(heap, literal >> 1);
  }
  trail.length = keep;
  limits.length = to;
  state.head = keep;
}

/** Follows what is forced; the clause that cannot hold any more, if there is one. */
export function propagate(state: State): Clause | undefined {
  while (state.head < state.trail.length) {
    const literal = state.trail[state.head] ?? 0;
    state.head += 1;
    const conflict = visitWatched(state, literal);
    if (conflict) return conflict;
  }
  return undefined;
}

function visitWatched(state: State, literal: Literal): Clause | undefined {
  const watched = state.watch[literal] ?? [];
  let kept = 0;
  let conflict: Clause | undefined;
  for (const clause of watched) {
    if (clause.dead) continue;
    if (conflict === undefined && moves(state, clause, literal ^ 1)) continue;
    watched[kept] = clause;
    kept += 1;
    const first = clause[0] ?? 0;
    if (conflict !== undefined || state.value[first] === 1) continue;
    if (state.value[first] === 0) conflict = clause;
    else assign(state, first, clause);
  }
  watched.length = kept;
  return conflict;
}

/** Puts the false literal second; true when another literal is watched instead of it. */
function moves({ value, watch }: State, clause: Clause, falsified: Literal): boolean {
  if (clause[0] === falsified) {
    clause[0] = clause[1] ?? 0;
    clause[1] = falsified;
  }
  if (value[clause[0] ?? 0] === 1) return false;
  for (let at = 2; at < clause.length; at += 1) {
    const other = clause[at] ?? 0;
    if (value[other] === 0) continue;
    clause[1] = other;
    clause[at] = falsified;
    watch[other ^ 1]?.push(clause);
    return true;
  }
  return false;
}
