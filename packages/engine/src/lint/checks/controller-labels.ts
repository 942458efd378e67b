import { policiesOf } from "../../istiod/policies.ts";
import { workloadText } from "../../journey/endpoint.ts";
import type { Check } from "../check.ts";
import { byController, hasSelector, labelsText, selectedBy, workloadsIn } from "../inventory.ts";
import { hasTarget } from "../policies.ts";

/** Labels of a Deployment are not those of its pods (ctx:T90). */
export const controllerLabels: Check = {
  code: "binding/controller-labels",
  title: "a selector means labels of a Deployment, not of its pods",
  why: "A selector is compared with the labels of pods, which are those of the pod template. Labels of the Deployment, StatefulSet or Job itself do not count.",
  like: ["IST0127", "KIA0004"],
  *find({ mesh }) {
    for (const policy of policiesOf(mesh)) {
      const workloads = workloadsIn(mesh, policy.key.namespace);
      if (!hasSelector(policy) || hasTarget(policy) || selectedBy(policy, workloads).length > 0)
        continue;
      const meant = byController(policy, workloads);
      if (meant === undefined) continue;
      yield {
        at: { resource: policy.key, path: ["spec", "selector", "matchLabels"] },
        message: `\`${workloadText(meant)}\` has the labels \`${labelsText(policy.spec.selector?.matchLabels)}\` itself, and its pods do not: the policy does nothing`,
        hint: "put the labels into spec.template.metadata.labels",
        evidence: { kind: "proof", because: "istiod compares selectors with labels of pods" },
      };
    }
  },
};
