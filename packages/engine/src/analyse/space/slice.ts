import { matchesText } from "../../match/matches.ts";
import { automatonOf, classify } from "../partition/automaton.ts";
import type { Shape } from "../partition/domain.ts";
import { everything } from "../partition/expression.ts";
import { type Expression, loop } from "../partition/regular.ts";
import type { Formula } from "./formula.ts";

/** For each attribute lists of shapes: of each list one must match. It may hold more than the formula, never less. */
type Box = ReadonlyMap<string, readonly (readonly Shape[])[]>;

const boxes = new WeakMap<Formula, Box>();
const empty: Box = new Map();

function boxOf(formula: Formula): Box {
  const known = boxes.get(formula);
  if (known) return known;
  const made = build(formula);
  boxes.set(formula, made);
  return made;
}

function build(formula: Formula): Box {
  switch (formula.kind) {
    case "atom":
      return isList(formula.attribute) ? empty : new Map([[formula.attribute, [[formula.shape]]]]);
    case "and":
      return allOf(formula.parts.map(boxOf));
    case "or":
      return oneOf(formula.parts.map(boxOf));
    default:
      return empty;
  }
}

function isList(attribute: string): boolean {
  if (attribute === "claim iss" || attribute === "claim sub") return false;
  return attribute.startsWith("claim ") || attribute.startsWith("header ");
}

function allOf(parts: readonly Box[]): Box {
  const box = new Map<string, readonly (readonly Shape[])[]>();
  for (const part of parts)
    for (const [attribute, lists] of part)
      box.set(attribute, [...(box.get(attribute) ?? []), ...lists]);
  return box;
}

function oneOf(parts: readonly Box[]): Box {
  const [first, ...others] = parts;
  if (!first) return empty;
  const box = new Map<string, readonly (readonly Shape[])[]>();
  for (const [attribute, lists] of first) {
    const rest = others.map((other) => other.get(attribute)?.[0]);
    if (rest.some((list) => list === undefined)) continue;
    box.set(attribute, [[...(lists[0] ?? []), ...rest.flatMap((list) => list ?? [])]]);
  }
  return box;
}

/** Whether some request may match both formulas; false only where none does. */
export function mayMeet(a: Formula, b: Formula): boolean {
  const other = boxOf(b);
  for (const [attribute, lists] of boxOf(a)) {
    const theirs = other.get(attribute);
    if (theirs && lists.some((list) => theirs.some((their) => clash(list, their)))) return false;
  }
  return true;
}

function clash(mine: readonly Shape[], theirs: readonly Shape[]): boolean {
  return !mine.some((shape) => theirs.some((their) => compatible(shape, their)));
}

function compatible(a: Shape, b: Shape): boolean {
  if (a.absent && b.absent) return true;
  if (a.port !== undefined && b.port !== undefined) return a.port === b.port;
  if (a.block && b.block)
    return (
      a.block.family === b.block.family &&
      a.block.low <= b.block.high &&
      b.block.low <= a.block.high
    );
  if (a.exact !== undefined) return takes(b, a.exact, a.fold === true);
  if (b.exact !== undefined) return takes(a, b.exact, b.fold === true);
  if (!(a.head.startsWith(b.head) || b.head.startsWith(a.head))) return false;
  if (a.suffix === undefined || b.suffix === undefined || a.fold || b.fold) return true;
  return a.suffix.endsWith(b.suffix) || b.suffix.endsWith(a.suffix);
}

/** Whether a shape may match one value. */
function takes(shape: Shape, value: string, fold: boolean): boolean {
  if (fold || shape.fold) return true;
  if (shape.exact !== undefined) return shape.exact === value;
  if (shape.suffix !== undefined) return matchesText({ kind: "suffix", text: shape.suffix }, value);
  if (!value.startsWith(shape.head)) return false;
  return shape.expression === undefined || accepts(shape.expression, value);
}

const automata = new WeakMap<Expression, ReturnType<typeof automatonOf>>();

function accepts(expression: Expression, value: string): boolean {
  const known = automata.get(expression) ?? automatonOf([expression], loop(everything), 10_000);
  automata.set(expression, known);
  const found = classify(known, value);
  return found >= 0 && (known.classes[found]?.patterns.length ?? 0) > 0;
}
