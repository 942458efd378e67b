import { ruleRef } from "../envoy/places.ts";
import type { ValueEffect } from "./api.ts";
import { undecidedBy } from "./budget.ts";
import { type Box, overlap } from "./cover/box.ts";
import { boxesOf, boxesOnce, share } from "./cover/grid.ts";
import { classesOf } from "./partition/domain.ts";
import { type Cover, isCovered } from "./rule-cover.ts";
import { type RuleValue, valuesOf } from "./rule-values.ts";
import { type Formula, visit } from "./space/formula.ts";
import { coordinateOf } from "./space/space.ts";

/** The values of all rules that no request has, and those without which a rule matches the same requests. */
export function valueEffects(cover: Cover): readonly ValueEffect[] {
  const shared = (formula: Formula): void => share(cover.grid, formula);
  return cover.set.rules.flatMap(({ rule, reading, formula }, index) =>
    valuesOf(rule, reading, shared).flatMap((value) => {
      const isPossible = (cover.boxes[index] ?? []).length > 0;
      const effect = effectOf(cover, isPossible ? boxesOf(cover.grid, formula) : [], value);
      if (!effect) return [];
      const path = [...ruleRef(rule).at.path, ...value.path];
      return [{ rule: ruleRef(rule), path, value: shown(value), effect }];
    }),
  );
}

function shown({ alone }: RuleValue): string {
  const names: string[] = [];
  visit([alone], (formula) => {
    if (formula.kind === "atom") names.push(formula.shape.shown);
  });
  return names.toReversed().join("/");
}

function effectOf(
  cover: Cover,
  own: readonly Box[],
  { side, alone, without }: RuleValue,
): ValueEffect["effect"] | undefined {
  if (isDead(cover, alone)) return "dead";
  if (!without || own.length === 0) return undefined;
  try {
    const others = boxesOnce(cover.grid, without());
    const [inner, outer] = side === "any" ? [own, others] : [others, own];
    const asked = notAmong(inner, outer).flatMap((box) => inWorld(cover, box));
    return asked.every((box) => isCovered(cover, box, outer)) ? "covered" : undefined;
  } catch (error) {
    undecidedBy(error);
    return undefined;
  }
}

/** So many boxes are each asked about. */
const fewBoxes = 8;

/** The boxes that are not among others as they are: of many values of a list most are. */
function notAmong(boxes: readonly Box[], others: readonly Box[]): readonly Box[] {
  if (boxes.length <= fewBoxes) return boxes;
  const known = new Set(others.map(keyOf));
  return boxes.filter((box) => !known.has(keyOf(box)));
}

const keys = new WeakMap<Box, string>();

/** Of a long list the same boxes are asked about for each of its values. */
function keyOf(box: Box): string {
  const known = keys.get(box);
  if (known !== undefined) return known;
  const { axes, sets } = box;
  const key = `${axes.join()};${sets.join(";")}`;
  keys.set(box, key);
  return key;
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

/** What of a box there can be: the parts of it are all that is asked about, so the others need not be cut down to it. */
function inWorld({ world }: Cover, box: Box): readonly Box[] {
  return world.flatMap((around) => overlap(box, around) ?? []);
}
