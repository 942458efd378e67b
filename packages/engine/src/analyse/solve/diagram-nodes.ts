import { exceeded } from "../budget.ts";
import { type Cache, cacheOf, hash, open, slotsOf } from "./diagram-cache.ts";

/**
 * Reduced ordered binary decision diagrams over typed arrays: 0 is false, 1 is true, and equal functions are equal numbers. Nothing
 * is ever freed: one for each analysis, with a limit on its nodes.
 */
export interface Diagrams {
  readonly variables: number;
  readonly most: number;
  readonly isTrial: boolean; // gives up as soon as its growth says that there will be more
  capacity: number;
  count: number;
  variable: Int32Array; // of each node; of the terminals one more than any
  low: Int32Array;
  high: Int32Array;
  chain: Int32Array; // the next node with the same hash
  heads: Int32Array;
  cache: Cache;
  readonly ways: Int32Array; // room for the way down of one operation
}

/** A step of a way down: both sides, and what came of the low half. */
export const stepSize = 3;

/** An empty set of diagrams. Of many variables there will be many nodes: room for them from the start. */
export function diagrams(variables: number, most: number, isTrial = false): Diagrams {
  const capacity = 1 << (variables > 64 ? 16 : 10);
  const made: Diagrams = {
    variables,
    most,
    isTrial,
    capacity,
    count: 2,
    variable: new Int32Array(capacity),
    low: new Int32Array(capacity),
    high: new Int32Array(capacity),
    chain: new Int32Array(capacity),
    heads: new Int32Array(capacity).fill(-1),
    cache: cacheOf(Math.max(capacity, 1 << 12)),
    ways: new Int32Array(stepSize * (variables + 1)),
  };
  made.variable[0] = variables;
  made.variable[1] = variables;
  return made;
}

function grown(array: Int32Array, capacity: number): Int32Array {
  const larger = new Int32Array(capacity);
  larger.set(array);
  return larger;
}

/** What was remembered goes: so by large steps at first. */
function grow(diagrams: Diagrams): void {
  const capacity = diagrams.capacity * (diagrams.capacity < 1 << 16 ? 4 : 2);
  for (const field of ["variable", "low", "high", "chain"] as const)
    diagrams[field] = grown(diagrams[field], capacity);
  diagrams.capacity = capacity;
  const heads = new Int32Array(capacity).fill(-1);
  const { variable, low, high, chain } = diagrams;
  for (let node = 2; node < diagrams.count; node += 1) {
    const slot = hash(variable[node] ?? 0, low[node] ?? 0, high[node] ?? 0) & (capacity - 1);
    chain[node] = heads[slot] ?? -1;
    heads[slot] = node;
  }
  diagrams.heads = heads;
  if (slotsOf(diagrams.cache) < capacity && capacity <= 1 << 23) diagrams.cache = cacheOf(capacity);
}

/** The node that decides by a variable; the variables of both sides come later. */
export function node(diagrams: Diagrams, by: number, zero: number, one: number): number {
  if (zero === one) return zero;
  const { variable, low, high, chain, heads } = diagrams;
  const code = hash(by, zero, one);
  for (let at = heads[code & (heads.length - 1)] ?? open; at >= 0; at = chain[at] ?? open)
    if (low[at] === zero && high[at] === one && variable[at] === by) return at;
  if (diagrams.count >= diagrams.most) exceeded("nodes", diagrams.most);
  if (diagrams.count === diagrams.capacity) grow(diagrams);
  return added(diagrams, code, by, zero, one);
}

function added(diagrams: Diagrams, code: number, by: number, zero: number, one: number): number {
  const { variable, low, high, chain, heads, count: made } = diagrams;
  const slot = code & (heads.length - 1);
  variable[made] = by;
  low[made] = zero;
  high[made] = one;
  chain[made] = heads[slot] ?? open;
  heads[slot] = made;
  diagrams.count = made + 1;
  return made;
}
