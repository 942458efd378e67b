import { matchesText } from "../../match/matches.ts";
import type { Shape } from "../partition/domain.ts";
import type { Formula } from "./formula.ts";

/** For each attribute lists of shapes: of each list one must match. It may hold more than the formula, never less. */
export type Box = ReadonlyMap<string, readonly (readonly Shape[])[]>;

const boxes = new WeakMap<Formula, Box>();
const empty: Box = new Map();

/** What every request of a formula keeps to. */
export function boxOf(formula: Formula): Box {
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
    case "not":
      return otherwise(formula.part);
    case "absent":
      return nothingAt(formula.attribute);
    case "free":
      return empty;
  }
}

/** What is known where a formula does not hold: where any value would do, there is none. Without an issuer there is no subject. */
function otherwise(part: Formula): Box {
  if (isAnyValue(part)) return nothingAt(part.attribute);
  const isAnyToken = part.kind === "and" && part.parts.length > 0 && part.parts.every(isAnyClaim);
  return isAnyToken ? nothingAt("claim sub") : empty;
}

type Atom = Extract<Formula, { readonly kind: "atom" }>;

function isAnyClaim(formula: Formula): boolean {
  if (!isAnyValue(formula)) return false;
  return formula.attribute === "claim iss" || formula.attribute === "claim sub";
}

function isAnyValue(formula: Formula): formula is Atom {
  if (formula.kind !== "atom") return false;
  const [text, ...others] = formula.shape.texts ?? [];
  if (!text || others.length > 0) return false;
  if (text.kind !== "sequence") return text.kind === "present";
  const [piece, ...rest] = text.pieces;
  return rest.length === 0 && typeof piece === "object" && piece.run === "any";
}

/** No value, or an empty one. */
const nothing: Shape = { key: "", shown: "", samples: [], head: "", exact: "", absent: true };

/** The same where a value may hold line feeds, which no star stands for: what is written plainly is none. */
const unmatched: Shape = {
  key: "",
  shown: "",
  samples: [],
  head: "",
  texts: [{ kind: "exact", text: "" }],
  absent: true,
};

function nothingAt(attribute: string): Box {
  if (isList(attribute)) return empty;
  const isBroken = attribute === "claim sub" || attribute === "sni";
  return new Map([[attribute, [[isBroken ? unmatched : nothing]]]]);
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

const ascii = /^[ -~]*$/;

/** Whether a shape may match one value. Of other characters some attributes hold bytes: they are not told apart. */
export function takes(shape: Shape, value: string, fold: boolean): boolean {
  if (fold || shape.fold || !ascii.test(value)) return true;
  if (shape.exact !== undefined) return shape.exact === value;
  if (!value.startsWith(shape.head)) return false;
  return shape.texts === undefined || shape.texts.some((text) => matchesText(text, value));
}
