import type { Diagrams } from "../solve/diagram.ts";
import type { Encoding } from "../solve/encoding.ts";
import type { Cube, Side } from "./cube.ts";

/** What a cube lets through of some variables in a row: codes, in order. An element of a list and an answer are one variable each. */
interface Fence {
  readonly first: number;
  readonly end: number;
  readonly codes: readonly number[];
}

/** A walk through a diagram where a cube leads: nothing is made. `end`: whether it looks for what is false, or for what is true. */
interface Walk {
  readonly diagrams: Diagrams;
  readonly fences: readonly (Fence | undefined)[]; // of each variable
  readonly end: 0 | 1;
  readonly known: Map<number, boolean>; // whether a node leads to the end
}

/** Whether all of a cube is in a function. */
export function isInside(encoding: Encoding, cube: Cube, root: number): boolean {
  return !leads(walkOf(encoding, cube, 0), root);
}

/** Of a coordinate the classes with which some point of a cube is outside of a function; what the cube says of it does not count. */
export function classesOutside(
  encoding: Encoding,
  cube: Cube,
  name: string,
  root: number,
): Uint8Array {
  return classesTo(encoding, walkOf(encoding, cube, 0, name), name, root);
}

/** The same of points that are in the function. */
export function classesInside(
  encoding: Encoding,
  cube: Cube,
  name: string,
  root: number,
): Uint8Array {
  return classesTo(encoding, walkOf(encoding, cube, 1, name), name, root);
}

function walkOf(encoding: Encoding, cube: Cube, end: Walk["end"], without?: string): Walk {
  const { diagrams } = encoding;
  const fences = new Array<Fence | undefined>(diagrams.variables).fill(undefined);
  for (const [name, side] of cube) {
    if (name === without) continue;
    for (const fence of fencesOf(encoding, name, side)) fences.fill(fence, fence.first, fence.end);
  }
  return { diagrams, fences, end, known: new Map() };
}

function fencesOf({ bits, answers }: Encoding, name: string, side: Side): readonly Fence[] {
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

/** Whether some point of the cube leads from a node to the end. */
function leads(walk: Walk, at: number): boolean {
  if (at <= 1) return at === walk.end;
  const before = walk.known.get(at);
  if (before !== undefined) return before;
  const is = onward(walk, at, (next) => leads(walk, next));
  walk.known.set(at, is);
  return is;
}

/** Visits where the cube leads from a node, until some visit says so. */
function onward(walk: Walk, at: number, visit: (next: number) => boolean): boolean {
  const { variable, low, high } = walk.diagrams;
  const fence = walk.fences[variable[at] ?? 0];
  if (!fence) return visit(low[at] ?? 0) || visit(high[at] ?? 0);
  const { first, end, codes } = fence;
  const down = (node: number, bit: number, middle: number, from: number, to: number): boolean => {
    if (from === to) return false; // the cube has none of these codes
    const of = variable[node] ?? 0;
    if (node <= 1 || of >= end) return visit(node);
    const own = of === bit;
    const split = below(codes, middle, from, to);
    const step = 2 ** (end - bit - 2);
    return (
      down(own ? (low[node] ?? 0) : node, bit + 1, middle - step, from, split) ||
      down(own ? (high[node] ?? 0) : node, bit + 1, middle + step, split, to)
    );
  };
  return down(at, first, 2 ** (end - first - 1), 0, codes.length);
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
  const seen = new Set<number>();
  const spread = (at: number): boolean => {
    if (seen.has(at)) return false;
    seen.add(at);
    if (at <= 1 || (variable[at] ?? 0) >= first) down(at, first, 0, 2 ** width);
    else onward(walk, at, spread);
    return false;
  };
  spread(root);
  return found;
}
