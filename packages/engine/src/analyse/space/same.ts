import type { Outcomes } from "./decisions.ts";
import { type Formula, visit } from "./formula.ts";

/** Whether every answer is asked for in the same words on both sides: then they are the same, whatever the words mean. */
export function areSame(before: Outcomes, after: Outcomes): boolean {
  const known = new Map<Formula, Formula>();
  return (
    before.size === after.size &&
    [...before].every(([status, formula]) => {
      const other = after.get(status);
      return other !== undefined && isSame(formula, other, known);
    })
  );
}

/** `known`: formulas that were found to be the same. */
function isSame(a: Formula, b: Formula, known: Map<Formula, Formula>): boolean {
  if (a === b || known.get(a) === b) return true;
  const same = isSameKind(a, b, known);
  if (same) known.set(a, b);
  return same;
}

function isSameKind(a: Formula, b: Formula, known: Map<Formula, Formula>): boolean {
  switch (a.kind) {
    case "and":
    case "or":
      return b.kind === a.kind && areAllSame(a.parts, b.parts, known);
    case "not":
      return b.kind === "not" && isSame(a.part, b.part, known);
    case "atom":
      return b.kind === "atom" && a.attribute === b.attribute && a.shape.key === b.shape.key;
    case "absent":
      return b.kind === "absent" && a.attribute === b.attribute;
    case "free":
      return b.kind === "free" && a.name === b.name;
  }
}

function areAllSame(
  a: readonly Formula[],
  b: readonly Formula[],
  known: Map<Formula, Formula>,
): boolean {
  return (
    a.length === b.length &&
    a.every((part, index) => {
      const other = b[index];
      return other !== undefined && isSame(part, other, known);
    })
  );
}

/** What some formulas look at, as an answer names it. */
export function lookedAt(formulas: readonly Formula[]): ReadonlySet<string> {
  const names = new Set<string>();
  visit(formulas, (formula) => {
    if (formula.kind === "atom" || formula.kind === "absent") names.add(formula.attribute);
    if (formula.kind === "free") names.add(`provider ${formula.name}`);
  });
  return names;
}
