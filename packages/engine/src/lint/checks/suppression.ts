import type { Check } from "../check.ts";
import { annotatedSuppressions } from "../suppress.ts";

/** Silence has a reason. */
export const suppression: Check = {
  code: "lint/suppression",
  title: "a finding is to be ignored without a reason, or one that does not exist",
  why: "The annotation `meshproof.dev/lint-ignore` holds lines of `CODE: REASON`. Without a reason nobody knows later whether it still holds, so it does not count.",
  *find({ mesh }) {
    for (const { at, code, reason, unknown } of annotatedSuppressions(mesh)) {
      if (!unknown && reason !== "") continue;
      yield {
        at,
        message: unknown
          ? `there is no finding \`${code}\` to ignore`
          : `\`${code}\` is to be ignored without a reason, and is not`,
        ...(unknown ? {} : { hint: `${code}: why it is meant` }),
        evidence: { kind: "proof", because: "it is written in the annotation" },
      };
    }
  },
};
