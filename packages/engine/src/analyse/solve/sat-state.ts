import { type ActivityHeap, heapOf, restore } from "./activity-heap.ts";

/** A variable or its opposite: twice the variable, and one more for the opposite. */
export type Literal = number;

/**
 * Where a clause stands in the store: how many literals it has, how many decision levels they were of when it was learnt, and its
 * literals, of which one is true. The first two are watched.
 */
export type Clause = number;

/** No clause. */
export const none: Clause = -1;

/** Where the literals of a clause begin. */
export const header = 2;

/** What a clause that was forgotten has for its levels. */
const forgotten = -1;

/** Where a search stands. */
export interface State {
  store: Int32Array;
  used: number; // of the store
  readonly value: Int8Array; // of each literal: 1, 0, or -1
  readonly level: Int32Array;
  readonly reason: Int32Array; // of each variable: the clause that forced it
  readonly watch: number[][]; // of each literal: another literal of a clause, and the clause to look at when it becomes true
  readonly trail: Int32Array;
  assigned: number; // on the trail
  head: number; // what is followed already
  readonly limits: number[]; // where each decision stands on the trail
  readonly phase: Int8Array;
  readonly seen: Uint8Array;
  readonly heap: ActivityHeap;
}

/** Nothing assigned. `activity`: which variables are tried first, until conflicts say more. */
export function stateOf(activity: Float64Array): State {
  const variables = activity.length;
  return {
    store: new Int32Array(1 << 12),
    used: 0,
    value: new Int8Array(2 * variables).fill(-1),
    level: new Int32Array(variables),
    reason: new Int32Array(variables).fill(none),
    watch: Array.from({ length: 2 * variables }, () => []),
    trail: new Int32Array(variables),
    assigned: 0,
    head: 0,
    limits: [],
    phase: new Int8Array(variables).fill(1),
    seen: new Uint8Array(variables),
    heap: heapOf(activity),
  };
}

/** Stores a clause of at least two literals and watches the first two. */
export function attach(state: State, literals: readonly Literal[], levels: number): Clause {
  const clause = state.used;
  state.used += header + literals.length;
  if (state.used > state.store.length) {
    const larger = new Int32Array(2 * state.used);
    larger.set(state.store);
    state.store = larger;
  }
  state.store.set([literals.length, levels, ...literals], clause);
  const [first = 0, second = 0] = literals;
  state.watch[first ^ 1]?.push(second, clause);
  state.watch[second ^ 1]?.push(first, clause);
  return clause;
}

/** Of how many levels the literals of a clause were. */
export function levelsOf({ store }: State, clause: Clause): number {
  return store[clause + 1] ?? 0;
}

/** Whether a clause is why its first literal is true. */
export function isReason({ store, reason, value }: State, clause: Clause): boolean {
  const first = store[clause + header] ?? 0;
  return value[first] === 1 && reason[first >> 1] === clause;
}

/** Takes a clause away. */
export function drop({ store }: State, clause: Clause): void {
  store[clause + 1] = forgotten;
}

/** Makes a literal true; `why`: the clause that forces it, or none. */
export function assign(state: State, literal: Literal, why: Clause): void {
  state.value[literal] = 1;
  state.value[literal ^ 1] = 0;
  state.level[literal >> 1] = state.limits.length;
  state.reason[literal >> 1] = why;
  state.trail[state.assigned] = literal;
  state.assigned += 1;
}

/** Takes back all decisions but the first few. */
export function cancel(state: State, to: number): void {
  const { limits, trail, value, phase, heap } = state;
  const keep = limits[to];
  if (keep === undefined) return;
  for (let at = state.assigned - 1; at >= keep; at -= 1) {
    const literal = trail[at] ?? 0;
    value[literal] = -1;
    value[literal ^ 1] = -1;
    phase[literal >> 1] = literal & 1;
    restore(heap, literal >> 1);
  }
  state.assigned = keep;
  state.head = keep;
  limits.length = to;
}

/** Follows what is forced; the clause that cannot hold any more, or none. */
export function propagate(state: State): Clause {
  while (state.head < state.assigned) {
    const literal = state.trail[state.head] ?? 0;
    state.head += 1;
    const conflict = visitWatched(state, literal);
    if (conflict !== none) return conflict;
  }
  return none;
}

function visitWatched(state: State, literal: Literal): Clause {
  const { value } = state;
  const watched = state.watch[literal] ?? [];
  let kept = 0;
  let conflict = none;
  for (let at = 0; at < watched.length; at += 2) {
    const other = watched[at] ?? 0;
    const clause = watched[at + 1] ?? 0;
    const isOpen = conflict === none && value[other] !== 1;
    const first = isOpen ? stillWatched(state, clause, literal ^ 1) : other;
    if (first === none) continue;
    watched[kept] = first;
    watched[kept + 1] = clause;
    kept += 2;
    if (!isOpen || value[first] === 1) continue;
    if (value[first] === 0) conflict = clause;
    else assign(state, first, clause);
  }
  watched.length = kept;
  return conflict;
}

/** Puts the false literal of a clause second. Its first one; none: the clause is gone, or another literal is watched instead. */
function stillWatched(
  { store, value, watch }: State,
  clause: Clause,
  falsified: Literal,
): Literal | typeof none {
  if (store[clause + 1] === forgotten) return none;
  const start = clause + header;
  let first = store[start] ?? 0;
  if (first === falsified) {
    first = store[start + 1] ?? 0;
    store[start] = first;
    store[start + 1] = falsified;
  }
  if (value[first] === 1) return first;
  const end = start + (store[clause] ?? 0);
  for (let at = start + 2; at < end; at += 1) {
    const other = store[at] ?? 0;
    if (value[other] === 0) continue;
    store[start + 1] = other;
    store[at] = falsified;
    watch[other ^ 1]?.push(first, clause);
    return none;
  }
  return first;
}
