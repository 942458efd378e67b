import { exceeded } from "../budget.ts";
import { classesOf } from "../partition/domain.ts";
import { type Formula, not } from "../space/formula.ts";
import { coordinateOf, type Space } from "../space/space.ts";
import { type Box, full, isInside, overlap, overlapOf } from "./box.ts";
import { difference, type Intervals, intervalsOf, unionOf } from "./intervals.ts";

/** A space as a grid: one axis for each single attribute, one with two values for each class of a list and each open answer. */
export interface Grid {
  readonly space: Space;
  readonly sizes: readonly number[];
  readonly axes: ReadonlyMap<string, number>; // of an attribute, its first axis
  readonly answers: ReadonlyMap<string, number>;
  readonly known: Map<Formula, readonly Box[]>;
  readonly shared: Set<Formula>; // what is known of these is also used inside of others
  readonly impossible: readonly Box[]; // what no request is
}

/** So many boxes at most become of one formula. */
export const mostBoxes = 200_000;

/** The grid of a space. */
export function gridOf(space: Space): Grid {
  const axes = new Map<string, number>();
  const sizes: number[] = [];
  for (const [name, { list, size }] of space.domains) {
    axes.set(name, sizes.length);
    if (list) for (let element = 0; element < size; element += 1) sizes.push(2);
    else sizes.push(size);
  }
  const answers = new Map<string, number>();
  for (const name of space.free) {
    answers.set(name, sizes.length);
    sizes.push(2);
  }
  const grid = {
    space,
    sizes,
    axes,
    answers,
    known: new Map(),
    shared: new Set<Formula>(),
    impossible: [],
  };
  const pairs = [...space.splits].flatMap(([name, { impossible }]) =>
    impossible.flatMap(({ heads, tails }) => {
      const head = on(grid, axes.get(name) ?? 0, intervalsOf(heads));
      const tail = on(grid, axes.get(`${name}~`) ?? 0, intervalsOf(tails));
      return head.flatMap((a) => tail.flatMap((b) => overlap(a, b) ?? []));
    }),
  );
  return { ...grid, impossible: [...pairs, ...boxesOf(grid, not(space.consistent))] };
}

/** What a coordinate is in a set: nothing, everything or one box. */
function on({ sizes }: Pick<Grid, "sizes">, axis: number, set: Intervals): readonly Box[] {
  if (set.length === 0) return [];
  const whole = set[0] === 0 && set[1] === (sizes[axis] ?? 0) - 1;
  return [whole ? full : { axes: [axis], sets: [set] }];
}

/** A formula as boxes whose union it is. */
export function boxesOf(grid: Grid, formula: Formula): readonly Box[] {
  const known = grid.known.get(formula);
  if (known) return known;
  const made = build(grid, formula, false);
  grid.known.set(formula, made);
  return made;
}

/** The same of a formula that is asked about once: nothing of it is kept, but of the parts that are shared. */
export function boxesOnce(grid: Grid, formula: Formula): readonly Box[] {
  return build(grid, formula, false);
}

/** Works a formula out once, also where it is a part of others. */
export function share({ shared }: Grid, formula: Formula): void {
  shared.add(formula);
}

function build(grid: Grid, formula: Formula, negated: boolean): readonly Box[] {
  if (!negated && grid.shared.has(formula)) {
    const known = grid.known.get(formula);
    if (known) return known;
    const made = compose(grid, formula, false);
    grid.known.set(formula, made);
    return made;
  }
  return compose(grid, formula, negated);
}

function compose(grid: Grid, formula: Formula, negated: boolean): readonly Box[] {
  switch (formula.kind) {
    case "not":
      return build(grid, formula.part, !negated);
    case "and":
    case "or":
      return (formula.kind === "and") === negated
        ? absorbed(
            grid,
            formula.parts.flatMap((part) => build(grid, part, negated)),
          )
        : product(grid, formula.parts, negated);
    case "free": {
      const axis = grid.answers.get(formula.name) ?? 0;
      return on(grid, axis, negated ? [0, 0] : [1, 1]);
    }
    case "absent":
      return absent(grid, formula.attribute, negated);
    case "atom":
      return atom(grid, formula, negated);
  }
}

/** What is one box each comes first, and all together: of thousands one after the other, each would be cut into what is made of those before. */
function product(grid: Grid, parts: readonly Formula[], negated: boolean): readonly Box[] {
  const single: Box[] = [];
  const others: Formula[] = [];
  for (const part of parts) {
    const made = isLook(part) ? build(grid, part, negated) : undefined;
    if (made?.length === 0) return made;
    const [only] = made ?? [];
    if (only && made?.length === 1) single.push(only);
    else others.push(part);
  }
  const common = overlapOf(single);
  let boxes: readonly Box[] = common ? [common] : [];
  for (const part of others) {
    if (boxes.length === 0) return boxes;
    boxes = crossed(boxes, build(grid, part, negated));
  }
  return absorbed(grid, boxes);
}

/** A look at one attribute, or its opposite: never too much work. */
function isLook(formula: Formula): boolean {
  const { kind } = formula.kind === "not" ? formula.part : formula;
  return kind === "atom" || kind === "absent" || kind === "free";
}

function crossed(boxes: readonly Box[], others: readonly Box[]): readonly Box[] {
  const made: Box[] = [];
  for (const box of boxes)
    for (const other of others) {
      const both = overlap(box, other);
      if (both) made.push(both);
      if (made.length > mostBoxes) exceeded("steps", mostBoxes);
    }
  return made;
}

function atom(
  grid: Grid,
  { attribute, shape }: Extract<Formula, { readonly kind: "atom" }>,
  negated: boolean,
): readonly Box[] {
  const name = coordinateOf(grid.space, attribute, shape);
  const domain = grid.space.domains.get(name);
  if (!domain) return negated ? [full] : [];
  const classes = classesOf(domain, shape);
  return domain.list
    ? elements(grid, name, classes, negated)
    : scalar(grid, name, intervalsOf(classes), negated);
}

function scalar(grid: Grid, name: string, set: Intervals, negated: boolean): readonly Box[] {
  const axis = grid.axes.get(name) ?? 0;
  const everything = [0, (grid.sizes[axis] ?? 1) - 1];
  return on(grid, axis, negated ? difference(everything, set) : set);
}

/** Of a list: one of the elements is there, or none of them. */
function elements(
  grid: Grid,
  name: string,
  classes: readonly number[],
  negated: boolean,
): readonly Box[] {
  const first = grid.axes.get(name) ?? 0;
  const axes = classes.map((each) => first + each);
  if (negated) return [{ axes, sets: axes.map(() => [0, 0]) }];
  return axes.map((axis) => ({ axes: [axis], sets: [[1, 1]] }));
}

function absent(grid: Grid, attribute: string, negated: boolean): readonly Box[] {
  const domain = grid.space.domains.get(attribute);
  if (!domain) return negated ? [] : [full];
  if (domain.list) {
    const all = Array.from({ length: domain.size }, (_, index) => index);
    return elements(grid, attribute, all, !negated);
  }
  return scalar(grid, attribute, domain.optional ? [0, 0] : [], negated);
}

/** So many boxes are compared with each other. */
const fewBoxes = 64;

/** Boxes on one and the same axis become one; those that are inside another go. */
function absorbed(grid: Grid, boxes: readonly Box[]): readonly Box[] {
  const single = new Map<number, Intervals[]>();
  const rest: Box[] = [];
  for (const box of boxes) {
    const [axis] = box.axes;
    const [set] = box.sets;
    if (axis === undefined || set === undefined) return [full];
    const mergeable = box.axes.length === 1 && (grid.sizes[axis] ?? 0) > 2;
    if (!mergeable) rest.push(box);
    else if (!single.get(axis)?.push(set)) single.set(axis, [set]);
  }
  for (const [axis, sets] of single) rest.push(...on(grid, axis, unionOf(sets)));
  if (rest.some(({ axes }) => axes.length === 0)) return [full];
  if (rest.length > fewBoxes) return rest;
  return rest.filter((box, index) => !rest.some((other, at) => swallows(other, at, box, index)));
}

function swallows(other: Box, at: number, box: Box, index: number): boolean {
  return at !== index && isInside(box, other) && (at < index || !isInside(other, box));
}
