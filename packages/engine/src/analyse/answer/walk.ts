import type { Diagrams } from "../solve/diagram-nodes.ts";
import type { Encoding } from "../solve/encoding.ts";
import type { Cube, Side } from "./cube.ts";

/** What a cube lets through of some variables in a row: codes, in order. An element of a list and an answer are one variable each. */
export interface Fence {
  readonly first: number;
  readonly end: number;
  readonly codes: readonly number[];
}

/** A walk through a diagram where a cube leads: nothing is made. `end`: whether it looks for what is false, or for what is true. */
export interface Walk {
  readonly diagrams: Diagrams;
  readonly fences: (Fence | undefined)[]; // of each variable
  readonly end: 0 | 1;
  readonly known: Map<number, boolean>; // whether a node leads to the end
}

/**
 * Of a coordinate that is no list the classes with which some point of a cube leads a walk to its end: is in the function, or outside of it. What
 * the cube says of the coordinate itself does not count.
 */
export function classesAlong(
  encoding: Encoding,
  { diagrams, fences, end }: Walk,
  name: string,
  root: number,
): Uint8Array {
  const { first, width } = encoding.bits.get(name) ?? { first: 0, width: 0 };
  const before = fences[first];
  fences.fill(undefined, first, first + width);
  const found = classesTo(encoding, { diagrams, fences, end, known: new Map() }, name, root);
  fences.fill(before, first, first + width);
  return found;
}

/** A walk where a cube leads. */
export function walkOf(encoding: Encoding, cube: Cube, end: Walk["end"]): Walk {
  const { diagrams } = encoding;
  const fences = new Array<Fence | undefined>(diagrams.variables).fill(undefined);
  const walk: Walk = { diagrams, fences, end, known: new Map() };
  for (const [name, side] of cube) fenceIn(encoding, walk, name, side);
  return walk;
}

/** Lets a walk go only where one side of a cube leads, too. */
export function fenceIn(encoding: Encoding, { fences }: Walk, name: string, side: Side): void {
  for (const fence of fencesOf(encoding, name, side)) fences.fill(fence, fence.first, fence.end);
}

/** What one side of a cube is of the variables it is about: of a list a fence for each element, of all else one. */
export function fencesOf({ bits, answers }: Encoding, name: string, side: Side): readonly Fence[] {
  const { first, width } = bits.get(name) ?? { first: answers.get(name) ?? 0, width: 1 };
  switch (side.kind) {
    case "classes":
      return [{ first, end: first + width, codes: side.classes }];
    case "answer":
      return [single(first, side.yes)];
    case "elements":
      return [...side.signs].map(([element, there]) => single(first + element, there));
  }
}

function single(variable: number, value: boolean): Fence {
  return { first: variable, end: variable + 1, codes: [value ? 1 : 0] };
}

/** Where a walk stands: at a node, or within a fence, of which only some codes are left. */
type Place = number | Fenced;

interface Fenced {
  readonly fence: Fence;
  readonly node: number;
  readonly bit: number;
  readonly middle: number; // the first code with a one at the bit
  readonly from: number; // which codes are left
  readonly to: number;
}

/**
 * Whether some point of the cube leads from a node to the end. What is left to visit is written down, no call within a call: with a
 * list of thousands of values a way has thousands of nodes. A node that is visited stands, negated, below all that it leads to.
 */
export function leads(walk: Walk, root: number): boolean {
  const { known, end } = walk;
  const left: Place[] = [root];
  for (let at = left.pop(); at !== undefined; at = left.pop()) {
    if (typeof at !== "number") inside(walk, at, left);
    else if (at < 0) known.set(-at, false);
    else {
      const is = at <= 1 ? at === end : known.get(at);
      if (is) return settled(known, left);
      if (is === undefined) {
        left.push(-at);
        onward(walk, at, left);
      }
    }
  }
  return false;
}

/** The nodes that are still visited are on the way to the end. */
function settled(known: Walk["known"], left: readonly Place[]): true {
  for (const at of left) if (typeof at === "number" && at < 0) known.set(-at, true);
  return true;
}

/** Writes down where the cube leads from a node, the lower side on top. */
function onward({ diagrams, fences }: Walk, node: number, left: Place[]): void {
  const { variable, low, high } = diagrams;
  const fence = fences[variable[node] ?? 0];
  const width = fence && fence.end - fence.first;
  if (!fence || !width) left.push(high[node] ?? 0, low[node] ?? 0);
  else if (width > 1) {
    const { first, codes } = fence;
    left.push({ fence, node, bit: first, middle: 2 ** (width - 1), from: 0, to: codes.length });
  } else {
    if (fence.codes.includes(1)) left.push(high[node] ?? 0);
    if (fence.codes.includes(0)) left.push(low[node] ?? 0);
  }
}

/** The same within a fence: on to the next bit, or out of it. */
function inside({ diagrams }: Walk, place: Fenced, left: Place[]): void {
  const { variable, low, high } = diagrams;
  const { fence, node, bit, middle, from, to } = place;
  const { end, codes } = fence;
  if (from === to) return; // the cube has none of these codes
  const of = variable[node] ?? 0;
  if (node <= 1 || of >= end) {
    left.push(node);
    return;
  }
  const split = below(codes, middle, from, to);
  const step = 2 ** (end - bit - 2);
  const zero = of === bit ? (low[node] ?? 0) : node;
  const one = of === bit ? (high[node] ?? 0) : node;
  // keys as they stand: another object with some keys more would take V8 microseconds
  left.push(
    { fence, node: one, bit: bit + 1, middle: middle + step, from: split, to },
    { fence, node: zero, bit: bit + 1, middle: middle - step, from, to: split },
  );
}

/** Where in a part of some codes those begin that are no lower than a limit. */
function below(codes: readonly number[], limit: number, from: number, to: number): number {
  let low = from;
  for (let high = to; low < high; ) {
    const half = (low + high) >> 1;
    if ((codes[half] ?? 0) < limit) low = half + 1;
    else high = half;
  }
  return low;
}

/** The classes of a coordinate with which the walk comes to its end. */
function classesTo(encoding: Encoding, walk: Walk, name: string, root: number): Uint8Array {
  const { variable, low, high } = walk.diagrams;
  const size = encoding.space.domains.get(name)?.size ?? 0;
  const { first, width } = encoding.bits.get(name) ?? { first: 0, width: 0 };
  const found = new Uint8Array(size);
  const down = (at: number, bit: number, from: number, to: number): void => {
    if (from >= size) return; // codes that are left over do as the last class does
    const of = variable[at] ?? 0;
    if (at <= 1 || of >= first + width) {
      if (leads(walk, at)) found.fill(1, from, to);
      return;
    }
    const middle = (from + to) / 2;
    const own = of === bit;
    down(own ? (low[at] ?? 0) : at, bit + 1, from, middle);
    down(own ? (high[at] ?? 0) : at, bit + 1, middle, to);
  };
  visit(walk, root, (at) => {
    if (at > 1 && (variable[at] ?? 0) < first) return true;
    down(at, first, 0, 2 ** width);
    return false;
  });
  return found;
}

/** Visits each node that the walk comes to once; from some of them it goes on. */
export function visit(walk: Walk, root: number, goesOn: (at: number) => boolean): void {
  const seen = new Set<number>();
  const left: Place[] = [root];
  for (let at = left.pop(); at !== undefined; at = left.pop()) {
    if (typeof at !== "number") inside(walk, at, left);
    else if (!seen.has(at)) {
      seen.add(at);
      if (goesOn(at)) onward(walk, at, left);
    }
  }
}
