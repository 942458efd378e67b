import { analysisOf } from "../analysis.ts";
import type { Check } from "../check.ts";
import { textAt } from "../text-at.ts";

/** A value without effect: the rule matches the same without it. */
export const valueCovered: Check = {
  code: "value/covered",
  title: "a value changes nothing",
  why: "The rule matches the same requests without it: another value of the list, or another condition of the rule, covers it.",
  find: (scene) =>
    analysisOf(scene)
      .values.filter(
        ({ effects }) =>
          effects.every((effect) => effect !== undefined) &&
          effects.some((effect) => effect === "covered"),
      )
      .map(({ at }) => ({
        at,
        message: `the rule matches the same requests without \`${textAt(scene, at)}\``,
        evidence: {
          kind: "proof",
          because:
            "the requests that the rule matches with and without it were compared, and are the same",
        },
      })),
};
