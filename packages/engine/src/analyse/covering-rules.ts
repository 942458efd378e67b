import type { Rule } from "../model/rule.ts";
import type { RuleEffect } from "./api.ts";
import { type Box, isInside } from "./cover/box.ts";
import { type Cover, isCovered, rulesHolding, rulesMeeting } from "./rule-cover.ts";

/** From more rules than this no smallest part is worked out. */
const most = 24;

/**
 * Rules of an action that together take all that a rule takes: one, if one is enough, otherwise a set of which none can be spared.
 * Undefined: there are too many to tell.
 */
export function coveringRules(
  cover: Cover,
  index: number,
  action: RuleEffect["action"],
): readonly Rule[] | undefined {
  const own = cover.boxes[index] ?? [];
  const single = singleRule(cover, index, action);
  if (single !== undefined) return rulesAt(cover, [single]);
  const others = [...rulesMeeting(cover, action, own)].filter((each) => each !== index);
  if (others.length > most) return undefined;
  const suffice = (rules: readonly number[]): boolean => {
    const covers = rules.flatMap((each) => cover.boxes[each] ?? []);
    return own.every((box) => isCovered(cover, box, covers));
  };
  let kept: readonly number[] = others;
  for (const each of others) {
    const fewer = kept.filter((other) => other !== each);
    if (suffice(fewer)) kept = fewer;
  }
  return rulesAt(cover, kept);
}

/** A rule whose boxes each hold one of those of another. */
function singleRule(cover: Cover, index: number, action: RuleEffect["action"]): number | undefined {
  const [first, ...others] = cover.boxes[index] ?? [];
  if (!first) return undefined;
  for (const each of rulesHolding(cover, action, first))
    if (each !== index && others.every((box) => holdsBox(cover.boxes[each] ?? [], box)))
      return each;
  return undefined;
}

function holdsBox(boxes: readonly Box[], box: Box): boolean {
  return boxes.some((other) => isInside(box, other));
}

function rulesAt({ set }: Cover, indexes: readonly number[]): readonly Rule[] {
  return indexes.flatMap((index) => set.rules[index]?.rule ?? []);
}
