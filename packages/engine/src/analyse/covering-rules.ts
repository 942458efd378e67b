import type { Rule } from "../model/rule.ts";
import type { RuleEffect } from "./api.ts";
import { type Box, isInside } from "./cover/box.ts";
import { type Cover, isCovered, rulesMeeting } from "./rule-cover.ts";

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
  const touched = rulesMeeting(cover, action, own);
  touched.delete(index);
  const others = [...touched.keys()];
  const boxes = (rules: readonly number[]): readonly Box[] =>
    rules.flatMap((each) => cover.boxes[each] ?? []);
  const suffice = (rules: readonly number[]): boolean => {
    const covers = boxes(rules);
    return own.every((box) => isCovered(cover, box, covers));
  };
  const single = others.find(
    (each) => touched.get(each) === own.length && holdsAll(own, cover.boxes[each] ?? []),
  );
  if (single !== undefined) return rulesAt(cover, [single]);
  if (others.length > most) return undefined;
  let kept: readonly number[] = others;
  for (const each of others) {
    const fewer = kept.filter((other) => other !== each);
    if (suffice(fewer)) kept = fewer;
  }
  return rulesAt(cover, kept);
}

/** Whether each box is inside one of some others. */
function holdsAll(boxes: readonly Box[], others: readonly Box[]): boolean {
  return boxes.every((box) => others.some((other) => isInside(box, other)));
}

function rulesAt({ set }: Cover, indexes: readonly number[]): readonly Rule[] {
  return indexes.flatMap((index) => set.rules[index]?.rule ?? []);
}
