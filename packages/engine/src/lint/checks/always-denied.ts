import { analysisOf } from "../analysis.ts";
import type { Check } from "../check.ts";
import { coveredText, related } from "../covered.ts";

/** An ALLOW rule that DENY takes all of back. */
export const alwaysDenied: Check = {
  code: "rule/always-denied",
  title: "DENY rules match whatever an ALLOW rule matches",
  why: "DENY is asked before ALLOW: what the rule would let in has been refused by then.",
  find: (scene) =>
    analysisOf(scene)
      .rules.filter(
        ({ rule, effects }) =>
          rule.rule >= 0 &&
          effects.some(({ effect }) => effect === "always-denied") &&
          effects.every(({ effect }) => effect === "always-denied" || effect === "never-matches"),
      )
      .map(({ rule, effects }) => {
        const by = effects.find(({ effect }) => effect === "always-denied")?.coveredBy;
        return {
          at: rule.at,
          message: `whatever this rule lets in has been denied before: ${coveredText(by)} it`,
          related: related(by),
          evidence: {
            kind: "proof",
            because: "the requests that it matches were covered by those of the DENY rules",
          },
        };
      }),
};
