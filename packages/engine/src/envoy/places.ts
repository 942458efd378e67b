import { keyText, type Path } from "../model/place.ts";
import type { Rule } from "../model/rule.ts";
import type { ClauseTrace, RuleRef, Step } from "../model/verdict.ts";
import type { Looked } from "./rbac.ts";

/** The rule as a verdict refers to it. A rule that no line of YAML stands for refers to its policy. */
export function ruleRef({ policy, index }: Rule): RuleRef {
  return { policy, rule: index, at: { resource: policy, path: pathOfRule(index) } };
}

function pathOfRule(index: number): Path {
  return index < 0 ? ["spec"] : ["spec", "rules", index];
}

const counts = new WeakMap<readonly Rule[], Counts>();

type Counts = Required<Pick<Step, "rules" | "policies">>;

/** How many rules there are as they are written, and policies that they come from. */
export function countsOf(rules: readonly Rule[]): Counts {
  const known = counts.get(rules);
  if (known !== undefined) return known;
  const made = {
    rules: rules.filter(({ index }) => index >= 0).length, // a policy without rules becomes one that never holds
    policies: new Set(rules.map(({ policy }) => keyText(policy))).size,
  };
  counts.set(rules, made);
  return made;
}

/** What the walker looked at, with the line of YAML that asked for it. */
export function clauseTrace({
  rule,
  group,
  alternative,
  clause,
  actual,
  holds,
}: Looked): ClauseTrace {
  const { any, field } = clause;
  const key = any ? field : negated(field);
  const path = [...pathOfRule(rule.index), ...boxes(group.of, alternative.index), key];
  return { at: { resource: rule.policy, path }, rule: ruleRef(rule), clause, actual, holds };
}

function boxes(of: Looked["group"]["of"], index: number): Path {
  switch (of) {
    case "from":
      return ["from", index, "source"];
    case "to":
      return ["to", index, "operation"];
    case "when":
      return ["when", index];
    case "rule":
      return [];
  }
}

/** The field that negates a field: `principals` has `notPrincipals`. */
function negated(field: string): string {
  return `not${field.charAt(0).toUpperCase()}${field.slice(1)}`;
}
