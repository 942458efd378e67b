import type { Clause, Group, Rule } from "../model/rule.ts";
import type { ValueEffect } from "./api.ts";
import { byValue } from "./space/by-value.ts";
import { allOf, and, type Formula, oneOf } from "./space/formula.ts";
import { clauseFormula, type Reading } from "./space/reading.ts";

/** One value of a rule, and what it asks for. */
export interface RuleValue {
  readonly path: ValueEffect["path"];
  readonly alone: Formula;
}

/**
 * The values of one side of a clause. The rule takes `otherwise`, whichever of them there are, and of `around` what has one of them; what has
 * none of them, where the side is "none".
 */
export interface ValueList {
  readonly side: Side;
  readonly values: readonly RuleValue[];
  readonly around: () => Formula;
  readonly otherwise: () => Formula;
}

type Side = "any" | "none";

/** Told of each formula that many lists have in common, so that it is worked out once. */
export type Share = (formula: Formula) => void;

/** The values of a rule, by the lists they stand in. What is the same for one list or another is one formula, given to `share`. */
export function valueListsOf(rule: Rule, reading: Reading, share: Share): readonly ValueList[] {
  const groups = rule.groups.map(({ of, any }) => {
    const alternatives = any.map(({ all, index }) => {
      const clauses = all.map((clause) => clauseFormula(clause, reading));
      return { all, index, ...joined(clauses, allOf, share) };
    });
    const wholes = alternatives.map(({ whole }) => whole);
    return { of, alternatives, ...joined(wholes, oneOf, share) };
  });
  const wholes = groups.map(({ whole }) => whole);
  const { others } = joined(wholes, allOf, share);
  return groups.flatMap((group, g) =>
    group.alternatives.flatMap((alternative, a) =>
      alternative.all.flatMap((clause, c) =>
        sidesOf(clause, reading).map(({ side, other, values }) => ({
          side,
          values: values.map(({ of, alone }) => ({
            path: pathOf(group.of, alternative.index, clause, side, of),
            alone,
          })),
          around: () => and(others(g), alternative.others(c), ...other),
          otherwise: () => and(others(g), group.others(a)),
        })),
      ),
    ),
  );
}

type Join = (parts: readonly Formula[]) => Formula;

interface Joined {
  readonly whole: Formula;
  readonly others: (at: number) => Formula; // all parts but one
}

function joined(parts: readonly Formula[], join: Join, share: Share): Joined {
  for (const part of parts) share(part);
  return { whole: join(parts), others: allButOne(parts, join, share) };
}

interface ClauseSide {
  readonly side: Side;
  readonly other: readonly Formula[]; // what the clause asks on its other side
  readonly values: readonly { readonly of: number; readonly alone: Formula }[];
}

function sidesOf(clause: Clause, reading: Reading): readonly ClauseSide[] {
  const { attribute, field } = clause;
  return (["any", "none"] as const).map((side) => ({
    side,
    other: otherSide(clause, side, reading),
    values: [...byValue(clause[side] ?? [])].map(([of, same]) => ({
      of,
      alone: clauseFormula({ attribute, field, any: same }, reading),
    })),
  }));
}

function otherSide(clause: Clause, side: Side, reading: Reading): readonly Formula[] {
  const { attribute, field, any, none } = clause;
  if (side === "none") return any ? [clauseFormula({ attribute, field, any }, reading)] : [];
  return none ? [clauseFormula({ attribute, field, none }, reading)] : [];
}

function pathOf(
  group: Group["of"],
  index: number,
  { field }: Clause,
  side: Side,
  of: number,
): ValueEffect["path"] {
  const key = side === "any" ? field : `not${field.charAt(0).toUpperCase()}${field.slice(1)}`;
  const inside = { from: ["source"], to: ["operation"], when: [], rule: [] }[group];
  return [group, index, ...inside, key, of];
}

/** Parts joined in halves: a whole without one of its parts is made of a few wholes that others need, too. */
interface Tree {
  readonly formula: Formula;
  readonly halves?: readonly [Tree, Tree];
  readonly start: number; // the number of its first part
}

function treeOf(parts: readonly Formula[], start: number, join: Join, share: Share): Tree {
  const [only] = parts;
  if (parts.length === 1 && only) return { formula: only, start };
  const middle = parts.length >> 1;
  const halves = [
    treeOf(parts.slice(0, middle), start, join, share),
    treeOf(parts.slice(middle), start + middle, join, share),
  ] as const;
  const formula = join(halves.map((half) => half.formula));
  share(formula);
  return { formula, halves, start };
}

/** All parts but one, joined. */
function allButOne(
  parts: readonly Formula[],
  join: Join,
  share: Share,
): (index: number) => Formula {
  let tree: Tree | undefined; // made when somebody asks
  return (index) => {
    if (parts.length === 0) return join([]);
    const left: Formula[] = [];
    tree ??= treeOf(parts, 0, join, share);
    let at = tree;
    while (at.halves) {
      const [low, high] = at.halves;
      const isLow = index < high.start;
      left.push((isLow ? high : low).formula);
      at = isLow ? low : high;
    }
    return join(left);
  };
}
