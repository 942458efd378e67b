import { wrongLabel } from "../../explain/binding-edits.ts";
import type { Check } from "../check.ts";
import { byController, hasSelector, labelsText, selectedBy, workloadsIn } from "../inventory.ts";
import { hasTarget, policiesOf } from "../policies.ts";

/** A selector that selects none of the workloads that were loaded. */
export const selectsNothing: Check = {
  code: "binding/selects-nothing",
  title: "a selector selects nothing",
  why: "The selector is compared with the labels of pods: of what was loaded in the namespace nothing has them, so the policy does nothing. For a policy of the root namespace the pods of every namespace count.",
  like: ["IST0127", "KIA0004"],
  *find({ mesh }) {
    for (const policy of policiesOf(mesh)) {
      const workloads = workloadsIn(mesh, policy.key.namespace);
      const isBound = selectedBy(policy, workloads).length > 0;
      if (!hasSelector(policy) || hasTarget(policy) || workloads.length === 0 || isBound) continue;
      if (selectedBy(policy, mesh.inventory.workloads).length > 0) continue; // binding/other-namespace
      if (byController(policy, workloads) !== undefined) continue; // binding/controller-labels
      const near = workloads
        .map((workload) => wrongLabel(policy, workload))
        .find((each) => each !== undefined);
      const labels = labelsText(policy.spec.selector?.matchLabels);
      const where =
        workloads.length === 1 ? "the one workload" : `the ${workloads.length} workloads`;
      const path = ["spec", "selector", "matchLabels", ...(near ? [near.key] : [])];
      const at = { resource: policy.key, path };
      yield {
        at,
        message: `none of ${where} loaded for namespace \`${policy.key.namespace}\` has the labels \`${labels}\``,
        ...(near ? { hint: `${near.key}: ${near.value}` } : {}),
        evidence: {
          kind: "proof",
          because: "the labels of every loaded pod and pod template were compared",
        },
      };
    }
  },
};
