import { rootNamespace } from "../../istiod/attach-rules.ts";
import { policiesOf } from "../../istiod/policies.ts";
import { workloadText } from "../../journey/endpoint.ts";
import { dataPlaneOf } from "../../kubernetes/data-plane.ts";
import type { Check } from "../check.ts";
import { allWorkloads, hasSelector, labelsText, selectedBy, workloadsIn } from "../inventory.ts";
import { hasTarget } from "../policies.ts";

/** A selector that selects in another namespace only (ctx:T52). */
export const otherNamespace: Check = {
  code: "binding/other-namespace",
  title: "what a selector means lives in another namespace",
  why: "A policy applies in its own namespace; only those of the root namespace apply everywhere. A policy for an ingress gateway belongs into the gateway's namespace.",
  like: ["IST0127", "KIA0004"],
  *find({ mesh }) {
    const { inventory } = mesh;
    for (const policy of policiesOf(mesh)) {
      const { namespace } = policy.key;
      if (!hasSelector(policy) || hasTarget(policy) || namespace === rootNamespace(mesh)) continue;
      const own = workloadsIn(mesh, namespace);
      const [elsewhere] = selectedBy(policy, allWorkloads(mesh));
      if (elsewhere === undefined || selectedBy(policy, own).length > 0) continue;
      const isGateway = dataPlaneOf(inventory, elsewhere)?.plane === "gateway";
      if (own.length === 0 && !isGateway) continue;
      const spaces = [namespace, elsewhere.key.namespace];
      yield {
        at: { resource: policy.key, path: ["metadata", "namespace"] },
        ...(spaces.includes("default") ? { severity: "info" } : {}), // where what states none is taken to be
        message: `nothing in namespace \`${namespace}\` has the labels \`${labelsText(policy.spec.selector?.matchLabels)}\`; \`${workloadText(elsewhere)}\` has them, where this policy does not apply`,
        hint: `namespace: ${elsewhere.key.namespace}`,
        evidence: {
          kind: "proof",
          because: "a policy outside the root namespace binds in its own namespace only",
        },
      };
    }
  },
};
