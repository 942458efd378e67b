import { exceeded } from "../budget.ts";

/**
 * Reduced ordered binary decision diagrams over typed arrays: 0 is false, 1 is true, and equal functions are equal numbers. Nothing
 * is ever freed: one for each analysis, with a limit on its nodes.
 */
export interface Diagrams {
  readonly variables: number;
  readonly most: number;
  capacity: number;
  count: number;
  variable: Int32Array; // of each node; of the terminals one more than any
  low: Int32Array;
  high: Int32Array;
  chain: Int32Array; // the next node with the same hash
  heads: Int32Array;
  cache: Cache;
}

interface Cache {
  readonly mask: number;
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly operation: Int8Array;
  readonly result: Int32Array;
}

const operations = { and: 1, or: 2, minus: 3, differ: 4, within: 5 } as const;
type Operation = (typeof operations)[keyof typeof operations];

/** An empty set of diagrams. */
export function diagrams(variables: number, most: number): Diagrams {
  const capacity = 1 << 10;
  const made: Diagrams = {
    variables,
    most,
    capacity,
    count: 2,
    variable: new Int32Array(capacity),
    low: new Int32Array(capacity),
    high: new Int32Array(capacity),
    chain: new Int32Array(capacity),
    heads: new Int32Array(capacity).fill(-1),
    cache: cacheOf(1 << 12),
  };
  made.variable[0] = variables;
  made.variable[1] = variables;
  return made;
}

function cacheOf(size: number): Cache {
  return {
    mask: size - 1,
    left: new Int32Array(size).fill(-1),
    right: new Int32Array(size),
    operation: new Int8Array(size),
    result: new Int32Array(size),
  };
}

function grown(array: Int32Array, capacity: number): Int32Array {
  const larger = new Int32Array(capacity);
  larger.set(array);
  return larger;
}

function grow(diagrams: Diagrams): void {
  const capacity = diagrams.capacity * 2;
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
  if (diagrams.cache.mask + 1 < capacity && capacity <= 1 << 23) diagrams.cache = cacheOf(capacity);
}

function hash(a: number, b: number, c: number): number {
  const mixed =
    Math.imul(a + 1, 0x9e3779b1) ^ Math.imul(b + 1, 0x85ebca6b) ^ Math.imul(c + 1, 0xc2b2ae35);
  const again = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d);
  return (again ^ (again >>> 13)) >>> 0;
}

/** The node that decides by a variable; the variables of both sides come later. */
export function node(diagrams: Diagrams, variable: number, low: number, high: number): number {
  if (low === high) return low;
  const code = hash(variable, low, high);
  let slot = code & (diagrams.capacity - 1);
  for (let at = diagrams.heads[slot] ?? -1; at >= 0; at = diagrams.chain[at] ?? -1)
    if (
      diagrams.variable[at] === variable &&
      diagrams.low[at] === low &&
      diagrams.high[at] === high
    )
      return at;
  if (diagrams.count >= diagrams.most) exceeded("nodes", diagrams.most);
  if (diagrams.count === diagrams.capacity) {
    grow(diagrams);
    slot = code & (diagrams.capacity - 1);
  }
  const made = diagrams.count;
  diagrams.count += 1;
  diagrams.variable[made] = variable;
  diagrams.low[made] = low;
  diagrams.high[made] = high;
  diagrams.chain[made] = diagrams.heads[slot] ?? -1;
  diagrams.heads[slot] = made;
  return made;
}

/** The function that is one variable. */
export function variable(diagrams: Diagrams, number: number): number {
  return node(diagrams, number, 0, 1);
}

const open = -1;

/** What needs no look at the nodes, of each operation. */
const trivial: readonly ((a: number, b: number) => number)[] = [
  () => open,
  (a, b) => (a === 0 || b === 0 ? 0 : a === b || b === 1 ? a : a === 1 ? b : open),
  (a, b) => (a === 1 || b === 1 ? 1 : a === b || b === 0 ? a : a === 0 ? b : open),
  (a, b) => (a === b || a === 0 || b === 1 ? 0 : b === 0 ? a : open),
  (a, b) => (a === b ? 0 : a === 0 ? b : b === 0 ? a : open),
];

function apply(diagrams: Diagrams, operation: Operation, x: number, y: number): number {
  const known = trivial[operation]?.(x, y) ?? open;
  if (known !== open) return known;
  const swapped = operation !== operations.minus && x > y;
  const a = swapped ? y : x;
  const b = swapped ? x : y;
  const code = hash(a, b, operation);
  const before = recall(diagrams.cache, code, a, b, operation);
  if (before !== open) return before;
  const at = Math.min(diagrams.variable[a] ?? 0, diagrams.variable[b] ?? 0);
  const low = apply(
    diagrams,
    operation,
    half(diagrams, "low", a, at),
    half(diagrams, "low", b, at),
  );
  const high = apply(
    diagrams,
    operation,
    half(diagrams, "high", a, at),
    half(diagrams, "high", b, at),
  );
  const made = node(diagrams, at, low, high);
  remember(diagrams.cache, code, [a, b, operation, made]);
  return made;
}

/** What a function becomes under one value of a variable that none of its own comes before. */
function half(diagrams: Diagrams, side: "low" | "high", root: number, at: number): number {
  return diagrams.variable[root] === at ? (diagrams[side][root] ?? 0) : root;
}

function recall(cache: Cache, code: number, a: number, b: number, by: Operation): number {
  const slot = code & cache.mask;
  const same = cache.left[slot] === a && cache.right[slot] === b && cache.operation[slot] === by;
  return same ? (cache.result[slot] ?? open) : open;
}

function remember(
  { mask, left, right, operation, result }: Cache,
  code: number,
  [a, b, by, made]: readonly [number, number, Operation, number],
): void {
  const slot = code & mask; // the cache may have grown meanwhile
  left[slot] = a;
  right[slot] = b;
  operation[slot] = by;
  result[slot] = made;
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
  const before = recall(diagrams.cache, code, a, b, operations.within);
  if (before !== open) return before === 1;
  const at = Math.min(diagrams.variable[a] ?? 0, diagrams.variable[b] ?? 0);
  const is =
    isWithin(diagrams, half(diagrams, "low", a, at), half(diagrams, "low", b, at)) &&
    isWithin(diagrams, half(diagrams, "high", a, at), half(diagrams, "high", b, at));
  remember(diagrams.cache, code, [a, b, operations.within, is ? 1 : 0]);
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
  while (level.length > 1) {
    const next: number[] = [];
    for (let at = 0; at < level.length; at += 2) {
      const left = level[at] ?? unit;
      const right = level[at + 1];
      next.push(right === undefined ? left : apply(diagrams, operation, left, right));
    }
    level = next;
  }
  return level[0] ?? unit;
}
