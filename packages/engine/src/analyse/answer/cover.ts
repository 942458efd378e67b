import { and, any, minus } from "../solve/diagram.ts";
import type { Encoding } from "../solve/encoding.ts";
import { satisfying } from "../solve/points.ts";
import { type Cube, cubeDiagram, implies, pointCube, type Side, unless } from "./cube.ts";
import { neededSides } from "./needed-sides.ts";
import { classesAlong, fenceIn, type Walk, walkOf } from "./walk.ts";

/** A part of a region that can be said in one sentence. */
export interface Part {
  readonly cube: Cube;
  readonly root: number;
  readonly owed?: Owed;
  readonly own?: number; // what it says alone
}

/** Of some coordinates the classes that no other part says; whoever says more of them, within the cube, says nothing wrong. */
export type Owed = ReadonlyMap<string, readonly number[]>;

/** A region as few maximal parts. `rest`: what the parts leave out. */
export interface Covering {
  readonly parts: readonly Part[];
  readonly rest: number;
}

/**
 * Covers a region greedily by cubes that are as wide as they can be, then drops those that the others cover. A cube may hold
 * what cannot be: `care` says what can (expand and irredundant, as in two-level minimisation).
 */
export function cover(encoding: Encoding, region: number, care: number, most: number): Covering {
  const { diagrams } = encoding;
  const goal = unless(encoding, region, care);
  const target = and(diagrams, region, care);
  const parts: Part[] = [];
  let rest = target;
  while (rest !== 0 && parts.length < most) {
    const cube = widen(encoding, pointCube(encoding, satisfying(diagrams, rest)), goal);
    const root = cubeDiagram(encoding, cube);
    parts.push({ cube, root });
    rest = minus(diagrams, rest, root);
  }
  return {
    parts: rest === 0 ? shared(encoding, needed(encoding, parts, target), target) : parts,
    rest,
  };
}

/** What each part owes while the others say no more than they owe themselves: from the last, which is left over by those before. */
function shared(encoding: Encoding, parts: readonly Part[], target: number): readonly Part[] {
  if (parts.length < 2) return parts;
  const { diagrams } = encoding;
  const all = [...parts];
  for (const [at, part] of [...parts.entries()].reverse()) {
    const others = any(
      diagrams,
      all.filter((_, index) => index !== at).map(({ root }) => root),
    );
    const own = minus(diagrams, and(diagrams, target, part.root), others);
    if (own !== 0) all[at] = owing(encoding, part, own);
  }
  return all;
}

function owing(encoding: Encoding, { cube }: Part, own: number): Part {
  const owed = new Map<string, readonly number[]>();
  const narrow = new Map(cube);
  const walk = walkOf(encoding, cube, 1);
  for (const [name, side] of cube) {
    if (side.kind !== "classes") continue;
    const there = classesAlong(encoding, walk, name, own);
    const classes = side.classes.filter((each) => there[each] === 1);
    owed.set(name, classes);
    narrow.set(name, { kind: "classes", classes });
  }
  return { cube, root: cubeDiagram(encoding, narrow), owed, own };
}

function needed(encoding: Encoding, parts: readonly Part[], target: number): readonly Part[] {
  let kept = parts;
  for (const part of parts.toReversed()) {
    const others = kept.filter((each) => each !== part);
    const root = any(
      encoding.diagrams,
      others.map((each) => each.root),
    );
    if (implies(encoding, target, root)) kept = others;
  }
  return kept;
}

/** Drops coordinates one by one while the cube stays inside, from the last one on, then widens those that are left. */
function widen(encoding: Encoding, point: Cube, goal: number): Cube {
  const cube = neededSides(encoding, point, goal);
  const walk = walkOf(encoding, cube, 0);
  for (const [name, side] of cube)
    if (side.kind === "classes") cube.set(name, grown(encoding, walk, name, goal));
  return cube;
}

/** All classes of a coordinate with which the walk stays inside: not every one, or it would not be there. */
function grown(encoding: Encoding, walk: Walk, name: string, goal: number): Side {
  const outside = classesAlong(encoding, walk, name, goal);
  const classes = [...outside.keys()].filter((each) => outside[each] === 0);
  const side: Side = { kind: "classes", classes };
  fenceIn(encoding, walk, name, side);
  return side;
}
