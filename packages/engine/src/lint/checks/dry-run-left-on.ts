import { dryRunAnnotation, isDryRun } from "../../istiod/authorization/dry-run.ts";
import type { Check } from "../check.ts";

/** A policy that decides nothing. */
export const dryRunLeftOn: Check = {
  code: "dry-run/left-on",
  title: "a policy is only tried",
  why: "With istio.io/dry-run the policy decides nothing: what it would have decided is in the proxy's logs and metrics. That is meant for a while.",
  *find({ mesh }) {
    for (const policy of mesh.authorizationPolicies) {
      if (!isDryRun(policy) || policy.spec.action === "CUSTOM") continue;
      yield {
        at: { resource: policy.key, path: ["metadata", "annotations", dryRunAnnotation] },
        message: "the policy is only tried and decides nothing",
        evidence: { kind: "proof", because: "its rules become shadow rules of the filter" },
      };
    }
  },
};
