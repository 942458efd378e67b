import type { Domain } from "../partition/domain.ts";
import { classesOf } from "../partition/domain.ts";
import type { Formula } from "../space/formula.ts";
import { coordinateOf, type Space } from "../space/space.ts";
import { all, and, any, minus, not, or, variable } from "./diagram.ts";
import { type Diagrams, diagrams, node } from "./diagram-nodes.ts";

/** Where the code of an attribute's class stands among the variables. */
export interface Bits {
  readonly first: number;
  readonly width: number;
}

/** Formulas of a space as diagrams over the codes of classes. `possible`: the requests that there can be. */
export interface Encoding {
  readonly space: Space;
  readonly diagrams: Diagrams;
  readonly bits: ReadonlyMap<string, Bits>;
  readonly answers: ReadonlyMap<string, number>; // open answer to variable
  readonly possible: number;
  readonly known: Map<Formula, number>;
  readonly atoms: Map<string, number>;
}

/** An encoding with nothing in it yet but what is possible. A trial gives up early where it will have more nodes than it may. */
export function encode(space: Space, isTrial = false): Encoding {
  const bits = new Map<string, Bits>();
  let next = 0;
  for (const [name, { list, size }] of space.domains) {
    const width = list ? size : Math.max(0, Math.ceil(Math.log2(size)));
    bits.set(name, { first: next, width });
    next += width;
  }
  const answers = new Map(space.free.map((name, index) => [name, next + index]));
  const made = diagrams(next + answers.size, space.limits.nodes, isTrial);
  const empty = { space, diagrams: made, bits, answers, known: new Map(), atoms: new Map() };
  const pairs = possiblePairs({ ...empty, possible: 1 });
  const consistent = diagramOf({ ...empty, possible: 1 }, space.consistent);
  return { ...empty, possible: and(made, pairs, consistent) };
}

function possiblePairs(encoding: Encoding): number {
  const { space, diagrams: made } = encoding;
  let possible = 1;
  for (const [name, { impossible }] of space.splits)
    for (const { heads, tails } of impossible) {
      const pair = and(
        made,
        inClasses(encoding, name, heads),
        inClasses(encoding, `${name}~`, tails),
      );
      possible = minus(made, possible, pair);
    }
  return possible;
}

/** The diagram of a formula, remembered. */
export function diagramOf(encoding: Encoding, formula: Formula): number {
  const before = encoding.known.get(formula);
  if (before !== undefined) return before;
  const made = build(encoding, formula);
  encoding.known.set(formula, made);
  return made;
}

function build(encoding: Encoding, formula: Formula): number {
  const { diagrams: made } = encoding;
  switch (formula.kind) {
    case "and":
      return all(
        made,
        formula.parts.map((part) => diagramOf(encoding, part)),
      );
    case "or":
      return any(
        made,
        formula.parts.map((part) => diagramOf(encoding, part)),
      );
    case "not":
      return not(made, diagramOf(encoding, formula.part));
    case "absent":
      return absent(encoding, formula.attribute);
    case "free":
      return variable(made, encoding.answers.get(formula.name) ?? 0);
    case "atom":
      return atom(encoding, formula);
  }
}

function atom(
  encoding: Encoding,
  { attribute, shape }: Extract<Formula, { readonly kind: "atom" }>,
): number {
  const coordinate = coordinateOf(encoding.space, attribute, shape);
  const key = `${coordinate}\n${shape.key}`;
  const before = encoding.atoms.get(key);
  if (before !== undefined) return before;
  const domain = encoding.space.domains.get(coordinate);
  const made = domain ? inClasses(encoding, coordinate, classesOf(domain, shape)) : 0;
  encoding.atoms.set(key, made);
  return made;
}

function absent(encoding: Encoding, attribute: string): number {
  const domain = encoding.space.domains.get(attribute);
  if (!domain) return 1;
  if (domain.list) {
    const every = Array.from({ length: domain.size }, (_, index) => index);
    return not(encoding.diagrams, inClasses(encoding, attribute, every));
  }
  return domain.optional ? inClasses(encoding, attribute, [0]) : 0;
}

/** That the class of an attribute is one of these, or of a list that some element's is. */
export function inClasses(encoding: Encoding, name: string, classes: readonly number[]): number {
  const { diagrams: made, space, bits } = encoding;
  const domain = space.domains.get(name);
  const { first, width } = bits.get(name) ?? { first: 0, width: 0 };
  if (!domain) return 0;
  if (domain.list) {
    let found = 0;
    for (const each of classes.toReversed()) found = or(made, variable(made, first + each), found);
    return found;
  }
  const whole = { bit: 0, low: 0, high: 2 ** width, from: 0, to: classes.length };
  return codes({ made, first, size: domain.size, classes }, whole);
}

interface Codes {
  readonly made: Diagrams;
  readonly first: number;
  readonly size: number;
  readonly classes: readonly number[];
}

/** `classes[from..to)` have codes in `[low, high)`. */
interface Within {
  readonly bit: number;
  readonly low: number;
  readonly high: number;
  readonly from: number;
  readonly to: number;
}

/** The last class owns the codes that are left over: every code is a value. */
function codes(parts: Codes, { bit, low, high, from, to }: Within): number {
  const { made, first, size, classes } = parts;
  const hasLast = classes.at(-1) === size - 1;
  if (low >= size) return hasLast ? 1 : 0;
  if (from === to && (high <= size || !hasLast)) return 0;
  if (to - from === Math.min(high, size) - low) return 1;
  const middle = (low + high) / 2;
  let split = from;
  for (let end = to; split < end; ) {
    const half = (split + end) >> 1;
    if ((classes[half] ?? 0) < middle) split = half + 1;
    else end = half;
  }
  return node(
    made,
    first + bit,
    codes(parts, { bit: bit + 1, low, high: middle, from, to: split }),
    codes(parts, { bit: bit + 1, low: middle, high, from: split, to }),
  );
}

/** The classes of a point: one of each single attribute, all present ones of a list. */
export function decode({ space, bits }: Encoding, point: Int8Array): ReadonlyMap<string, number[]> {
  const found = new Map<string, number[]>();
  for (const [name, domain] of space.domains) {
    const { first, width } = bits.get(name) ?? { first: 0, width: 0 };
    found.set(
      name,
      domain.list ? present(point, first, width) : [codeAt(point, first, width, domain)],
    );
  }
  return found;
}

function present(point: Int8Array, first: number, width: number): number[] {
  const found: number[] = [];
  for (let at = 0; at < width; at += 1) if (point[first + at] === 1) found.push(at);
  return found;
}

function codeAt(point: Int8Array, first: number, width: number, { size }: Domain): number {
  let code = 0;
  for (let at = 0; at < width; at += 1) code = code * 2 + (point[first + at] === 1 ? 1 : 0);
  return Math.min(code, size - 1);
}

/** Writes the class of an attribute, or those of a list that are there, into a point. */
export function writeClasses(
  point: Int8Array,
  { first, width }: Bits,
  list: boolean,
  classes: readonly number[],
): void {
  for (const each of classes)
    if (list) point[first + each] = 1;
    else for (let at = 0; at < width; at += 1) point[first + at] = (each >> (width - 1 - at)) & 1;
}
