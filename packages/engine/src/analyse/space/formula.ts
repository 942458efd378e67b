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
  const [only] = parts;
  return parts.length === 1 && only ? only : { kind: "and", parts };
}

/** One of the parts. */
export function or(...parts: readonly Formula[]): Formula {
  const [only] = parts;
  return parts.length === 1 && only ? only : { kind: "or", parts };
}

/** The opposite. */
export function not(part: Formula): Formula {
  if (part === always) return never;
  if (part === never) return always;
  return part.kind === "not" ? part.part : { kind: "not", part };
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
    else if (formula.kind === "and" || formula.kind === "or") stack.push(...formula.parts);
  }
}

/** A formula with each look at an attribute replaced. Equal parts stay shared. */
export function substitute(formula: Formula, replace: (looked: Looked) => Formula): Formula {
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
        return and(...part.parts.map(made));
      case "or":
        return or(...part.parts.map(made));
      case "not":
        return not(made(part.part));
      case "free":
        return part;
      default:
        return replace(part);
    }
  };
  return made(formula);
}
