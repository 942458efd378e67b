import { keyText } from "../../model/place.ts";
import type { Check } from "../check.ts";
import { type Annotated, annotatedSuppressions } from "../suppress.ts";

/** Silence has a reason. */
export const suppression: Check = {
  code: "lint/suppression",
  title: "a finding is to be ignored without a reason, or one that does not exist",
  why: "The annotation `meshproof.dev/lint-ignore` holds lines of `CODE: REASON`. Without a reason nobody knows later whether it still holds, so it does not count.",
  *find({ mesh }) {
    const faults = annotatedSuppressions(mesh).filter(
      ({ unknown, reason }) => unknown || reason === "",
    );
    const byObject = new Map<string, Annotated[]>();
    for (const fault of faults) {
      const key = keyText(fault.at.resource);
      byObject.set(key, [...(byObject.get(key) ?? []), fault]);
    }
    for (const all of byObject.values()) {
      const [first] = all;
      if (first === undefined) continue;
      yield {
        at: first.at,
        message: all.map(faultText).join("; "),
        ...(first.unknown ? {} : { hint: `${first.code}: why it is meant` }),
        evidence: { kind: "proof", because: "it is written in the annotation" },
      };
    }
  },
};

function faultText({ code, unknown }: Annotated): string {
  return unknown
    ? `there is no finding \`${code}\` to ignore`
    : `\`${code}\` is to be ignored without a reason, and is not`;
}
