import { exceeded } from "../budget.ts";
import {
  type Cache,
  cacheOf,
  hash,
  type Operation,
  open,
  operations,
  recall,
  remember,
  slotsOf,
} from "./diagram-cache.ts";

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
}

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

/** The function that is one variable. */
export function variable(diagrams: Diagrams, number: number): number {
  return node(diagrams, number, 0, 1);
}

/** What needs no look at the nodes, of each operation. */
function trivial(operation: Operation, a: number, b: number): number {
  if (operation === operations.and) return trivialAnd(a, b);
  if (operation === operations.or) return trivialOr(a, b);
  if (operation === operations.minus) return trivialMinus(a, b);
  return a === b ? 0 : a === 0 ? b : b === 0 ? a : open; // they differ
}

function trivialAnd(a: number, b: number): number {
  return a === 0 || b === 0 ? 0 : a === b || b === 1 ? a : a === 1 ? b : open;
}

function trivialOr(a: number, b: number): number {
  return a === 1 || b === 1 ? 1 : a === b || b === 0 ? a : a === 0 ? b : open;
}

function trivialMinus(a: number, b: number): number {
  return a === b || a === 0 || b === 1 ? 0 : b === 0 ? a : open;
}

function apply(diagrams: Diagrams, operation: Operation, x: number, y: number): number {
  const before = trivial(operation, x, y);
  if (before !== open) return before;
  const swapped = operation !== operations.minus && x > y;
  const a = swapped ? y : x;
  const b = swapped ? x : y;
  const code = hash(a, b, operation);
  const found = recall(diagrams.cache, code, a, b, operation);
  if (found !== open) return found;
  const { variable, low, high } = diagrams;
  const ofA = variable[a] ?? 0;
  const ofB = variable[b] ?? 0;
  const ownA = ofA <= ofB;
  const ownB = ofB <= ofA;
  const made = node(
    diagrams,
    ownA ? ofA : ofB,
    apply(diagrams, operation, half(low, a, ownA), half(low, b, ownB)),
    apply(diagrams, operation, half(high, a, ownA), half(high, b, ownB)),
  );
  remember(diagrams.cache, code, a, b, operation, made);
  return made;
}

/** What a function becomes under one value of a variable: `own`, if that is the one it decides by. */
function half(side: Int32Array, root: number, own: boolean): number {
  return own ? (side[root] ?? 0) : root;
}

/** Both. */
export function and(diagrams: Diagrams, a: number, b: number): number {
  return apply(diagrams, operations.and, a, b);
}

/** One of both. */
export function or(diagrams: Diagrams, a: number, b: number): number {
  return apply(diagrams, operations.or, a, b);
}

/** The first and not the second. */
export function minus(diagrams: Diagrams, a: number, b: number): number {
  return apply(diagrams, operations.minus, a, b);
}

/** Whether the first is nowhere true where the second is not: without making what is between. */
export function isWithin(diagrams: Diagrams, a: number, b: number): boolean {
  if (a === 0 || b === 1 || a === b) return true;
  if (a === 1 || b === 0) return false;
  const code = hash(a, b, operations.within);
  const found = recall(diagrams.cache, code, a, b, operations.within);
  if (found !== open) return found === 1;
  const { variable, low, high } = diagrams;
  const ofA = variable[a] ?? 0;
  const ofB = variable[b] ?? 0;
  const ownA = ofA <= ofB;
  const ownB = ofB <= ofA;
  const is =
    isWithin(diagrams, half(low, a, ownA), half(low, b, ownB)) &&
    isWithin(diagrams, half(high, a, ownA), half(high, b, ownB));
  remember(diagrams.cache, code, a, b, operations.within, is ? 1 : 0);
  return is;
}

/** The opposite. */
export function not(diagrams: Diagrams, a: number): number {
  return apply(diagrams, operations.differ, a, 1);
}

/** All of many, in balance, which keeps what is in between small. */
export function all(diagrams: Diagrams, parts: readonly number[]): number {
  return fold(diagrams, operations.and, parts, 1);
}

/** One of many, in balance. */
export function any(diagrams: Diagrams, parts: readonly number[]): number {
  return fold(diagrams, operations.or, parts, 0);
}

function fold(
  diagrams: Diagrams,
  operation: Operation,
  parts: readonly number[],
  unit: number,
): number {
  let level = parts;
  let grownBy = 0;
  while (level.length > 1) {
    const { count: before } = diagrams;
    const next: number[] = [];
    for (let at = 0; at < level.length; at += 2) {
      const left = level[at] ?? unit;
      const right = level[at + 1];
      next.push(right === undefined ? left : apply(diagrams, operation, left, right));
    }
    level = next;
    const made = diagrams.count - before;
    if (diagrams.isTrial && made > 2 * grownBy) foresee(diagrams, made, level.length);
    grownBy = made;
  }
  return level[0] ?? unit;
}

/** From so many parts on there are some steps to come. */
const manyParts = 8;

/**
 * Of parts that are put together in pairs, each step makes about as many nodes as the one before, as long as they have much in common. Where
 * it made more than twice as many, and too many if only the steps to come make no fewer, what is tried is given up.
 */
function foresee({ count, most }: Diagrams, made: number, parts: number): void {
  if (parts >= manyParts && count + made * Math.log2(parts) > most) exceeded("nodes", most);
}
