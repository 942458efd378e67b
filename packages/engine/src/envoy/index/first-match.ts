import type { Rule } from "../../model/rule.ts";
import type { Read } from "../rbac.ts";
import { indexRules, mayHold, type RuleIndex } from "./rule-index.ts";

/** The walker. */
export type Holds = (rule: Rule, read: Read) => boolean;

/** With so few rules, looking at each is as fast. */
const few = 4;

const indexes = new WeakMap<readonly Rule[], RuleIndex>();

/** The first rule that holds, found without looking at most of the others. The same as walking all of them (`firstMatch`). */
export function indexedMatch(rules: readonly Rule[], read: Read, holds: Holds): Rule | undefined {
  if (rules.length <= few) return rules.find((rule) => holds(rule, read));
  for (const at of mayHold(indexOf(rules), read)) {
    const rule = rules[at];
    if (rule && holds(rule, read)) return rule;
  }
  return undefined;
}

function indexOf(rules: readonly Rule[]): RuleIndex {
  const known = indexes.get(rules);
  if (known) return known;
  const index = indexRules(rules);
  indexes.set(rules, index);
  return index;
}
