import type { Rule } from "../../model/rule.ts";
import type { Read } from "../rbac.ts";
import { indexRules, mayHold, type RuleIndex } from "./rule-index.ts";

/** The walker. */
export type Holds = (rule: Rule, read: Read) => boolean;

/** With so few rules, looking at each is as fast. */
const few = 4;

const indexes = new WeakMap<readonly Rule[], RuleIndex | "asked once">();

/**
 * The first rule that holds, found without looking at most of the others. The same as walking all of them (`firstMatch`), which is done
 * the first time: to make an index takes longer, and many rules are asked for one request only.
 */
export function indexedMatch(rules: readonly Rule[], read: Read, holds: Holds): Rule | undefined {
  const index = rules.length <= few ? undefined : indexOf(rules);
  if (index === undefined) return rules.find((rule) => holds(rule, read));
  for (const at of mayHold(index, read)) {
    const rule = rules[at];
    if (rule && holds(rule, read)) return rule;
  }
  return undefined;
}

/** Undefined the first time. */
function indexOf(rules: readonly Rule[]): RuleIndex | undefined {
  const known = indexes.get(rules);
  if (known !== undefined && known !== "asked once") return known;
  const index = known && indexRules(rules);
  indexes.set(rules, index ?? "asked once");
  return index;
}
