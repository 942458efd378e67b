import { analysisOf } from "../analysis.ts";
import type { Check } from "../check.ts";

/** A rule that no request fulfils. */
export const neverMatches: Check = {
  code: "rule/never-matches",
  title: "no request fulfils a rule",
  why: "What the rule asks for cannot hold together, at any proxy that it applies to: a value is excluded by another, a port is none of the workload's, an identity cannot be shown. An ALLOW rule of this kind lets nobody in, a DENY rule keeps nobody out.",
  find: (scene) =>
    analysisOf(scene)
      .rules.filter(
        ({ rule, effects }) =>
          rule.rule >= 0 && effects.every(({ effect }) => effect === "never-matches"),
      )
      .map(({ rule, effects }) => ({
        at: rule.at,
        message: effects.some(({ action }) => action === "DENY")
          ? "no request fulfils this rule: it denies nothing"
          : "no request fulfils this rule: it lets nothing in",
        evidence: {
          kind: "proof",
          because: "the sets of values that its conditions leave were worked out, and are empty",
        },
      })),
};
