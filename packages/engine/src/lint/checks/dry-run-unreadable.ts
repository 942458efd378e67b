import { dryRunAnnotation } from "../../istiod/authorization/dry-run.ts";
import { parseBool } from "../../release/flags.ts";
import type { Check } from "../check.ts";

/** The annotation is neither true nor false: the policy is enforced (az:DRY-1, ctx:T18). */
export const dryRunUnreadable: Check = {
  code: "dry-run/unreadable",
  title: "a dry run that is none",
  why: "The annotation istio.io/dry-run holds a boolean as Go reads it. Anything else counts as absent, and the policy is enforced.",
  *find({ mesh }) {
    for (const { key, annotations } of mesh.authorizationPolicies) {
      const text = annotations[dryRunAnnotation];
      if (text === undefined || parseBool(text) !== undefined) continue;
      yield {
        at: { resource: key, path: ["metadata", "annotations", dryRunAnnotation] },
        message: `\`${text}\` is neither true nor false: the policy is enforced`,
        hint: '"true"',
        evidence: { kind: "proof", because: "Go's strconv.ParseBool refuses the value" },
        fix: [],
      };
    }
  },
};
