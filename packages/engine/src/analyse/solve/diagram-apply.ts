import { hash, type Operation, open, operations, recall, remember } from "./diagram-cache.ts";
import { type Diagrams, node, stepSize } from "./diagram-nodes.ts";

/** So many variables lead no deeper than a call within a call has room for, many times over. */
const fewVariables = 500;

/** Two functions combined. `within` makes no nodes: 1, or 0. */
export function apply(diagrams: Diagrams, operation: Operation, x: number, y: number): number {
  return diagrams.variables > fewVariables
    ? applyStepwise(diagrams, operation, x, y)
    : applyWithin(diagrams, operation, x, y);
}

/** By calls within calls, no deeper than there are variables: what small questions take is mostly this. */
function applyWithin(diagrams: Diagrams, operation: Operation, x: number, y: number): number {
  const before = trivial(operation, x, y);
  if (before !== open) return before;
  const swapped = operation !== operations.minus && operation !== operations.within && x > y;
  const a = swapped ? y : x;
  const b = swapped ? x : y;
  const code = hash(a, b, operation);
  const found = recall(diagrams.cache, code, a, b, operation);
  if (found !== open) return found;
  const made = halves(diagrams, operation, a, b);
  remember(diagrams.cache, code, a, b, operation, made);
  return made;
}

function halves(diagrams: Diagrams, operation: Operation, a: number, b: number): number {
  const { variable, low, high } = diagrams;
  const ofA = variable[a] ?? 0;
  const ofB = variable[b] ?? 0;
  const ownA = ofA <= ofB;
  const ownB = ofB <= ofA;
  const zero = applyWithin(diagrams, operation, side(low, a, ownA), side(low, b, ownB));
  if (operation === operations.within && zero === 0) return 0;
  const one = applyWithin(diagrams, operation, side(high, a, ownA), side(high, b, ownB));
  return operation === operations.within ? one : node(diagrams, ownA ? ofA : ofB, zero, one);
}

/** What a function becomes under one value of a variable: `own`, if that is the one it decides by. */
function side(all: Int32Array, root: number, own: boolean): number {
  return own ? (all[root] ?? 0) : root;
}

/**
 * The same of any number of variables. The way down is written down, no call within a call: of a list with thousands of values it leads through
 * thousands of variables. What `within` says is known as soon as it is 0.
 */
function applyStepwise(diagrams: Diagrams, operation: Operation, x: number, y: number): number {
  const { low, high, ways } = diagrams; // what is made on the way is never a side
  const isOrdered = operation === operations.minus || operation === operations.within;
  let depth = 0;
  let a = x;
  let b = y;
  for (;;) {
    if (!isOrdered && a > b) [a, b] = [b, a];
    const made = known(diagrams, operation, a, b);
    depth = made === open ? down(ways, depth, a, b) : up(diagrams, operation, depth, made);
    if (depth === 0) return ways[0] ?? 0;
    const side = ways[depth - 1] === open ? low : high;
    const left = ways[depth - stepSize] ?? 0;
    const right = ways[depth - stepSize + 1] ?? 0;
    a = half(diagrams, side, left, right);
    b = half(diagrams, side, right, left);
  }
}

/** One step down: the low halves are next. */
function down(ways: Int32Array, depth: number, a: number, b: number): number {
  ways[depth] = a;
  ways[depth + 1] = b;
  ways[depth + 2] = open;
  return depth + stepSize;
}

/** As far up as both halves are known; the high halves of the step above are next. At the top it writes down what came of all. */
function up(diagrams: Diagrams, operation: Operation, depth: number, found: number): number {
  const { ways } = diagrams;
  const isOver = operation === operations.within && found === 0;
  let made = found;
  let at = depth;
  for (; at > 0 && (isOver || ways[at - 1] !== open); at -= stepSize)
    made = combined(diagrams, operation, at - stepSize, made);
  ways[Math.max(0, at - 1)] = made;
  return at;
}

/** What is known of two functions without a way down. */
function known({ cache }: Diagrams, operation: Operation, a: number, b: number): number {
  const before = trivial(operation, a, b);
  return before === open ? recall(cache, hash(a, b, operation), a, b, operation) : before;
}

/** What a function becomes under one value of the variable by which it or the other one decides first. */
function half({ variable }: Diagrams, side: Int32Array, root: number, other: number): number {
  return (variable[root] ?? 0) <= (variable[other] ?? 0) ? (side[root] ?? 0) : root;
}

/** What comes of a step when its high half is known too: the low one is written in it. */
function combined(diagrams: Diagrams, operation: Operation, step: number, one: number): number {
  const { ways, variable } = diagrams;
  const a = ways[step] ?? 0;
  const b = ways[step + 1] ?? 0;
  const by = Math.min(variable[a] ?? 0, variable[b] ?? 0);
  const made = operation === operations.within ? one : node(diagrams, by, ways[step + 2] ?? 0, one);
  remember(diagrams.cache, hash(a, b, operation), a, b, operation, made);
  return made;
}

/** What needs no look at the nodes, of each operation. */
function trivial(operation: Operation, a: number, b: number): number {
  if (operation === operations.and) return trivialAnd(a, b);
  if (operation === operations.or) return trivialOr(a, b);
  if (operation === operations.minus) return trivialMinus(a, b);
  if (operation === operations.within) return trivialWithin(a, b);
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

function trivialWithin(a: number, b: number): number {
  return a === 0 || b === 1 || a === b ? 1 : a === 1 || b === 0 ? 0 : open;
}
