import type { Clause, Group, Rule } from "../model/rule.ts";
import type { ValueEffect } from "./api.ts";
import { byValue } from "./space/by-value.ts";
import { allOf, and, type Formula, not, oneOf } from "./space/formula.ts";
import { clauseFormula, type Reading } from "./space/reading.ts";

/** One value of a rule: what it asks for, and what the rule would ask for if it were not there. */
export interface RuleValue {
  readonly side: Side;
  readonly path: ValueEffect["path"];
  readonly alone: Formula;
  readonly without: (() => Formula) | undefined; // undefined: it is the only one of its side
}

type Side = "any" | "none";

/** Told of each formula that many values have in common, so that it is worked out once. */
export type Share = (formula: Formula) => void;

/** The values of a rule, by where they stand. What is the same without one value or another is one formula, given to `share`. */
export function valuesOf(rule: Rule, reading: Reading, share: Share): readonly RuleValue[] {
  const groups = rule.groups.map(({ of, any }) => {
    const alternatives = any.map(({ all, index }) => {
      const clauses = all.map((clause) => clauseFormula(clause, reading));
      return { all, index, ...joined(clauses, allOf, share) };
    });
    const wholes = alternatives.map(({ whole }) => whole);
    return { of, alternatives, ...joined(wholes, oneOf, share) };
  });
  const wholes = groups.map(({ whole }) => whole);
  const { instead } = joined(wholes, allOf, share);
  return groups.flatMap((group, g) =>
    group.alternatives.flatMap((alternative, a) =>
      alternative.all.flatMap((clause, c) =>
        clauseValues(clause, reading, share).map(({ side, of, alone, left }) => ({
          side,
          path: pathOf(group.of, alternative.index, clause, side, of),
          alone,
          without: left && (() => instead(g, group.instead(a, alternative.instead(c, left())))),
        })),
      ),
    ),
  );
}

type Join = (parts: readonly Formula[]) => Formula;

interface Joined {
  readonly whole: Formula;
  readonly instead: (at: number, other: Formula) => Formula; // the whole with another part
}

function joined(parts: readonly Formula[], join: Join, share: Share): Joined {
  for (const part of parts) share(part);
  return { whole: join(parts), instead: (at, other) => join(parts.with(at, other)) };
}

interface ClauseValue {
  readonly side: Side;
  readonly of: number;
  readonly alone: Formula;
  readonly left: (() => Formula) | undefined; // the clause without it
}

function clauseValues(clause: Clause, reading: Reading, share: Share): readonly ClauseValue[] {
  const { attribute, field } = clause;
  return (["any", "none"] as const).flatMap((side) => {
    const values = [...byValue(clause[side] ?? [])].map(([of, same]) => ({
      of,
      alone: clauseFormula({ attribute, field, any: same }, reading),
    }));
    const parts = values.map(({ alone }) => (side === "any" ? alone : not(alone)));
    const other = otherSide(clause, side, reading);
    if (other) share(other);
    const lefts = allButOne(parts, side === "any" ? oneOf : allOf, share);
    const isOnly = side === "any" && values.length === 1;
    return values.map(({ of, alone }, index) => {
      const left = (): Formula => and(lefts(index), ...(other ? [other] : []));
      return { side, of, alone, left: isOnly ? undefined : left };
    });
  });
}

function otherSide(clause: Clause, side: Side, reading: Reading): Formula | undefined {
  const { attribute, field, any, none } = clause;
  if (side === "none") return any && clauseFormula({ attribute, field, any }, reading);
  return none && clauseFormula({ attribute, field, none }, reading);
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
  if (parts.length === 0) return () => join([]);
  const tree = treeOf(parts, 0, join, share);
  return (index) => {
    const left: Formula[] = [];
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
