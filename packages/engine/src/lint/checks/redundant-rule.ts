import type { RuleEffect } from "../../analyse/api.ts";
import { analysisOf } from "../analysis.ts";
import type { Check } from "../check.ts";
import { coveredText, related } from "../covered.ts";

/** A rule that others do the work of. */
export const redundantRule: Check = {
  code: "rule/redundant",
  title: "other rules of its action match whatever a rule matches",
  why: "Without the rule the same requests would be let in, or kept out. That is no fault in itself; often the rule that covers it is wider than was meant.",
  find: (scene) =>
    analysisOf(scene)
      .rules.filter(({ rule, effects }) => rule.rule >= 0 && isRedundant(effects))
      .map(({ rule, effects }) => {
        const found = effects.find(({ effect }) => effect === "redundant");
        return {
          at: rule.at,
          message: `whatever this rule matches, ${coveredText(found?.coveredBy)} too`,
          related: related(found?.coveredBy),
          evidence: {
            kind: "proof",
            because: "the requests that it matches were covered by those of the other rules",
          },
        };
      }),
};

/** Of twins only one is told of. */
function isRedundant(effects: readonly RuleEffect[]): boolean {
  return (
    effects.some(({ effect }) => effect === "redundant") &&
    effects.every(
      ({ effect, removable }) =>
        removable === true && (effect === "redundant" || effect === "never-matches"),
    )
  );
}
