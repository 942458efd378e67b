import { ruleRef } from "../envoy/places.ts";
import type { Alternative, Clause, Group, Matcher, Rule } from "../model/rule.ts";
import type { ValueEffect } from "./api.ts";
import { undecidedBy } from "./budget.ts";
import { type Box, overlap } from "./cover/box.ts";
import { boxesOf } from "./cover/grid.ts";
import { classesOf } from "./partition/domain.ts";
import { type Cover, isCovered } from "./rule-cover.ts";
import type { Ruled } from "./rule-sets.ts";
import { type Formula, visit } from "./space/formula.ts";
import { clauseFormula, ruleFormula } from "./space/reading.ts";
import { coordinateOf } from "./space/space.ts";

/** The values of all rules that no request has, and those without which a rule matches the same requests. */
export function valueEffects(cover: Cover): readonly ValueEffect[] {
  return cover.set.rules.flatMap((ruled, index) =>
    valuesOf(ruled.rule).flatMap((value) => {
      const effect = effectOf(cover, index, ruled, value);
      if (!effect) return [];
      const { rule } = ruled;
      const path = [...ruleRef(rule).at.path, ...value.path];
      return [{ rule: ruleRef(rule), path, value: value.shown(ruled), effect }];
    }),
  );
}

interface Value {
  readonly clause: Clause;
  readonly side: "any" | "none";
  readonly of: number;
  readonly path: ValueEffect["path"];
  readonly without: Rule | undefined; // undefined: it is the only one of its side
  readonly shown: (ruled: Ruled) => string;
}

function valuesOf(rule: Rule): readonly Value[] {
  return rule.groups.flatMap((group) =>
    group.any.flatMap((alternative) =>
      alternative.all.flatMap((clause) =>
        (["any", "none"] as const).flatMap((side) =>
          [...new Set((clause[side] ?? []).map(({ of }) => of))].map((of) =>
            valueOf(rule, { group, alternative, clause, side, of }),
          ),
        ),
      ),
    ),
  );
}

interface Spot {
  readonly group: Group;
  readonly alternative: Alternative;
  readonly clause: Clause;
  readonly side: "any" | "none";
  readonly of: number;
}

function valueOf(rule: Rule, spot: Spot): Value {
  const { group, alternative, clause, side, of } = spot;
  const { field } = clause;
  const key = side === "any" ? field : `not${field.charAt(0).toUpperCase()}${field.slice(1)}`;
  const inside = { from: ["source"], to: ["operation"], when: [], rule: [] }[group.of];
  const left = (clause[side] ?? []).filter((matcher) => matcher.of !== of);
  return {
    clause,
    side,
    of,
    path: [group.of, alternative.index, ...inside, key, of],
    without: left.length === 0 && side === "any" ? undefined : withoutValue(rule, spot, left),
    shown: (ruled) => shownIn(only(clause, side, of), ruled),
  };
}

/** The rule with fewer values in one place. */
function withoutValue(rule: Rule, spot: Spot, left: readonly Matcher[]): Rule {
  const { [spot.side]: _, ...rest } = spot.clause;
  const clause: Clause = left.length === 0 ? rest : { ...rest, [spot.side]: left };
  const swap = <Part>(parts: readonly Part[], old: Part, young: Part): readonly Part[] =>
    parts.map((part) => (part === old ? young : part));
  const alternative = { ...spot.alternative, all: swap(spot.alternative.all, spot.clause, clause) };
  const group = { ...spot.group, any: swap(spot.group.any, spot.alternative, alternative) };
  return { ...rule, groups: swap(rule.groups, spot.group, group) };
}

/** The clause with this value alone. */
function only({ attribute, field, ...sides }: Clause, side: Value["side"], of: number): Clause {
  return { attribute, field, any: (sides[side] ?? []).filter((matcher) => matcher.of === of) };
}

function shownIn(clause: Clause, { reading }: Ruled): string {
  const names: string[] = [];
  visit([clauseFormula(clause, reading)], (formula) => {
    if (formula.kind === "atom") names.push(formula.shape.shown);
  });
  return names.toReversed().join("/");
}

function effectOf(
  cover: Cover,
  index: number,
  { reading }: Ruled,
  { clause, side, of, without }: Value,
): ValueEffect["effect"] | undefined {
  if (isDead(cover, clauseFormula(only(clause, side, of), reading))) return "dead";
  if (!without) return undefined;
  const own = cover.boxes[index] ?? [];
  if (own.length === 0) return undefined;
  try {
    const others = possible(cover, ruleFormula(without, reading));
    const [inner, outer] = side === "any" ? [own, others] : [others, own];
    return inner.every((box) => isCovered(cover, box, outer)) ? "covered" : undefined;
  } catch (error) {
    undecidedBy(error);
    return undefined;
  }
}

/** Some part of a value has no class at all: no request has it. */
function isDead({ grid }: Cover, formula: Formula): boolean {
  let dead = formula.kind === "or" && formula.parts.length === 0;
  visit([formula], (part) => {
    if (part.kind !== "atom") return;
    const domain = grid.space.domains.get(coordinateOf(grid.space, part.attribute, part.shape));
    if (domain && classesOf(domain, part.shape).length === 0) dead = true;
  });
  return dead;
}

function possible({ grid, world }: Cover, formula: Formula): readonly Box[] {
  return boxesOf(grid, formula).flatMap((box) =>
    world.flatMap((around) => overlap(box, around) ?? []),
  );
}
