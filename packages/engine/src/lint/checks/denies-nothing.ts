import { analysisOf } from "../analysis.ts";
import type { Check } from "../check.ts";

/** A DENY rule of which nothing would have been let in. */
export const deniesNothing: Check = {
  code: "rule/denies-nothing",
  title: "no ALLOW rule lets in what a DENY rule denies",
  why: "Where ALLOW policies apply, what none of them allows is denied anyway. The DENY rule guards against later ALLOW rules, and does nothing now.",
  find: (scene) =>
    analysisOf(scene)
      .rules.filter(
        ({ rule, effects, isMade }) =>
          !isMade &&
          rule.rule >= 0 &&
          effects.every(
            ({ effect }) =>
              effect === "denies-nothing-that-was-allowed" || effect === "never-matches",
          ) &&
          effects.some(({ effect }) => effect !== "never-matches"),
      )
      .map(({ rule }) => ({
        at: rule.at,
        message: "what this rule denies no ALLOW rule lets in: it changes nothing",
        evidence: {
          kind: "proof",
          because: "no request that an ALLOW rule matches is denied by this rule and by no other",
        },
      })),
};
