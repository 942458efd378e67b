import type { Region } from "../api.ts";
import type { Box, Point } from "../cover/box.ts";
import { findPoint } from "../cover/find-point.ts";
import { type Grid, gridOf } from "../cover/grid.ts";
import { type Encoding, encode, writeClasses } from "../solve/encoding.ts";
import type { Formula } from "../space/formula.ts";
import type { Space } from "../space/space.ts";
import type { Cube, Side } from "./cube.ts";
import type { Check } from "./search.ts";
import { concrete } from "./values.ts";
import { termsOf } from "./words.ts";

/** Finds single requests of formulas in a space, without a diagram of the formula. */
export interface Finder {
  readonly space: Space;
  readonly grid: Grid;
}

export function finderIn(space: Space): Finder {
  return { space, grid: gridOf(space) };
}

/** Whether no request is in a formula. */
export function isNowhere({ space, grid }: Finder, formula: Formula): boolean {
  return findPoint(grid, formula, space.limits, []) === undefined;
}

const tries = 100;

/** A request of a formula that the evaluator confirms, with what it is about. "none": no request is in it; undefined: it sees all otherwise. */
export function oneRequest(
  finder: Finder,
  formula: Formula,
  check: Check,
): Region | "none" | undefined {
  const { space, grid } = finder;
  const encoding = encode(space);
  const without: Box[] = [];
  for (let tried = 0; tried < tries; tried += 1) {
    const point = findPoint(grid, formula, space.limits, without);
    if (!point) return tried === 0 ? "none" : undefined;
    const found = concrete(encoding, bitsOf(finder, encoding, point));
    const witness = found && check(found).witness;
    if (witness) {
      const terms = termsOf(encoding, { cube: cubeOf(finder, point) }, encoding.possible);
      const text = terms.map((term) => term.text).join(" and ") || "every request";
      const looked = [...new Set(terms.map(({ attribute }) => attribute))];
      return { terms, text, witness: { ...witness, looked } };
    }
    const axes = [...point.keys()].sort((a, b) => a - b);
    without.push({ axes, sets: axes.map((axis) => [point.get(axis) ?? 0, point.get(axis) ?? 0]) });
  }
  return undefined;
}

/** What the point says of each coordinate; the others may be anything. */
function cubeOf({ space, grid }: Finder, point: Point): Cube {
  const cube = new Map<string, Side>();
  for (const [name, { list, size }] of space.domains) {
    const first = grid.axes.get(name) ?? 0;
    const classes = Array.from({ length: list ? size : 1 }, (_, index) => index).flatMap(
      (index) => {
        const value = point.get(first + index);
        return value === undefined ? [] : [[index, value] as const];
      },
    );
    const [only] = classes;
    if (!only) continue;
    const signs = new Map(classes.map(([element, there]) => [element, there === 1]));
    cube.set(name, list ? { kind: "elements", signs } : { kind: "classes", classes: [only[1]] });
  }
  for (const [name, axis] of grid.answers) {
    const said = point.get(axis);
    if (said !== undefined) cube.set(name, { kind: "answer", yes: said === 1 });
  }
  return cube;
}

/** The point as variables, with the first class where it says nothing. */
function bitsOf(finder: Finder, encoding: Encoding, point: Point): Int8Array {
  const { bits, answers, diagrams, space } = encoding;
  const made = new Int8Array(diagrams.variables);
  for (const [name, side] of cubeOf(finder, point)) {
    if (side.kind === "answer") made[answers.get(name) ?? 0] = side.yes ? 1 : 0;
    else {
      const list = space.domains.get(name)?.list === true;
      writeClasses(made, bits.get(name) ?? { first: 0, width: 0 }, list, presentIn(side));
    }
  }
  return made;
}

function presentIn(side: Exclude<Side, { readonly kind: "answer" }>): readonly number[] {
  if (side.kind === "classes") return side.classes;
  return [...side.signs].flatMap(([element, there]) => (there ? [element] : []));
}
