import { and, type Formula, not, or } from "../space/formula.ts";
import type { Looked } from "./constant.ts";

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

const behindMark = "behind ";

/** An attribute as a proxy further on sees it, where that does not follow from the request. */
export function behind(looked: Looked, proxy: string): Formula {
  if (isBehind(looked.attribute)) return looked;
  return { ...looked, attribute: `${behindMark}${proxy}: ${looked.attribute}` };
}

/** Whether an attribute is one that a proxy further on sees. */
export function isBehind(attribute: string): boolean {
  return attribute.startsWith(behindMark);
}

/** The attribute itself. */
export function bareName(attribute: string): string {
  return isBehind(attribute) ? attribute.slice(attribute.indexOf(": ") + 2) : attribute;
}
