import { ruleRef } from "../envoy/places.ts";
import type { ValueEffect } from "./api.ts";
import { share } from "./cover/grid.ts";
import { classesOf } from "./partition/domain.ts";
import type { Cover } from "./rule-cover.ts";
import { type RuleValue, valueListsOf } from "./rule-values.ts";
import { type Formula, visit } from "./space/formula.ts";
import { coordinateOf } from "./space/space.ts";
import { spareValues } from "./spare-values.ts";

/** The values of all rules that no request has, and those without which a rule matches the same requests. */
export function valueEffects(cover: Cover): readonly ValueEffect[] {
  const shared = (formula: Formula): void => share(cover.grid, formula);
  return cover.set.rules.flatMap(({ rule, reading }, index) => {
    const isPossible = (cover.boxes[index] ?? []).length > 0;
    return valueListsOf(rule, reading, shared).flatMap((list) => {
      const isSpare = isPossible ? spareValues(cover, list) : () => false;
      return list.values.flatMap((value, at) => {
        const isGone = isDead(cover, value.alone);
        if (!isGone && !isSpare(at)) return [];
        const path = [...ruleRef(rule).at.path, ...value.path];
        const effect = isGone ? ("dead" as const) : ("covered" as const);
        return [{ rule: ruleRef(rule), path, value: shown(value), effect }];
      });
    });
  });
}

function shown({ alone }: RuleValue): string {
  const names: string[] = [];
  visit([alone], (formula) => {
    if (formula.kind === "atom") names.push(formula.shape.shown);
  });
  return names.toReversed().join("/");
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
