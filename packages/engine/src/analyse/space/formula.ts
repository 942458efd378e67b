import type { Shape } from "../partition/domain.ts";

/** What is asked of a request, of attributes one at a time. Formulas are compared by identity: equal parts are shared. */
export type Formula =
  | { readonly kind: "and" | "or"; readonly parts: readonly Formula[] }
  | { readonly kind: "not"; readonly part: Formula }
  | { readonly kind: "atom"; readonly attribute: string; readonly shape: Shape }
  | { readonly kind: "absent"; readonly attribute: string } // there is no value
  | { readonly kind: "free"; readonly name: string }; // an answer that nobody knows

/** A pattern, or that there is no value. */
export type Looked = Extract<Formula, { readonly kind: "atom" | "absent" }>;

/** Every request. */
export const always: Formula = { kind: "and", parts: [] };

/** No request. */
export const never: Formula = { kind: "or", parts: [] };

/** All of the parts. */
export function and(...parts: readonly Formula[]): Formula {
  return allOf(parts);
}

/** One of the parts. */
export function or(...parts: readonly Formula[]): Formula {
  return oneOf(parts);
}

/** All of however many parts: a call has no room for more than some tens of thousands. */
export function allOf(parts: readonly Formula[]): Formula {
  const [only] = parts;
  return parts.length === 1 && only ? only : { kind: "and", parts };
}

/** One of however many parts. */
export function oneOf(parts: readonly Formula[]): Formula {
  const [only] = parts;
  return parts.length === 1 && only ? only : { kind: "or", parts };
}

/** The opposite. */
export function not(part: Formula): Formula {
  if (part === always) return never;
  if (part === never) return always;
  return part.kind === "not" ? part.part : { kind: "not", part };
}

/** Whether a formula holds for no request, or for every one, whatever its patterns mean: as one sees without looking at them. `undefined`: it depends on them. */
export function plainly(formula: Formula): boolean | undefined {
  switch (formula.kind) {
    case "and":
      return amongParts(formula.parts, false);
    case "or":
      return amongParts(formula.parts, true);
    case "not": {
      const part = plainly(formula.part);
      return part === undefined ? undefined : !part;
    }
    default:
      return undefined;
  }
}

/** One part that is `decisive` decides; where none is, all must be known. */
function amongParts(parts: readonly Formula[], decisive: boolean): boolean | undefined {
  let isOpen = false;
  for (const part of parts) {
    const is = plainly(part);
    if (is === decisive) return decisive;
    isOpen ||= is === undefined;
  }
  return isOpen ? undefined : !decisive;
}

/** Visits every part once. */
export function visit(formulas: readonly Formula[], seen: (formula: Formula) => void): void {
  const known = new Set<Formula>();
  const stack = [...formulas];
  for (let formula = stack.pop(); formula; formula = stack.pop()) {
    if (known.has(formula)) continue;
    known.add(formula);
    seen(formula);
    if (formula.kind === "not") stack.push(formula.part);
    else if (formula.kind === "and" || formula.kind === "or") {
      const { parts } = formula; // an iterator would make an object for each
      for (let at = 0; at < parts.length; at += 1) stack.push(parts[at] as Formula);
    }
  }
}

/** A formula with each look at an attribute replaced, and open answers called otherwise. Equal parts stay shared. */
export function substitute(
  formula: Formula,
  replace: (looked: Looked) => Formula,
  renamed: (name: string) => string = (name) => name,
): Formula {
  const known = new Map<Formula, Formula>();
  const made = (part: Formula): Formula => {
    const before = known.get(part);
    if (before) return before;
    const after = replaced(part);
    known.set(part, after);
    return after;
  };
  const replaced = (part: Formula): Formula => {
    switch (part.kind) {
      case "and":
        return allOf(part.parts.map(made));
      case "or":
        return oneOf(part.parts.map(made));
      case "not":
        return not(made(part.part));
      case "free": {
        const name = renamed(part.name);
        return name === part.name ? part : { kind: "free", name };
      }
      default:
        return replace(part);
    }
  };
  return made(formula);
}
