import { rootNamespace } from "../../istiod/attach-rules.ts";
import type { AuthorizationPolicy } from "../../model/policy.ts";
import type { Check } from "../check.ts";
import { hasSelector, selectedBy, workloadsIn } from "../inventory.ts";
import { hasTarget, policyText } from "../policies.ts";

/** The same rules for every workload of a namespace, one by one. */
export const repeatedPolicy: Check = {
  code: "practice/policy-for-namespace",
  title: "the same policy for each workload of a namespace",
  why: "One policy without a selector says the same, for workloads that come later, too. With one policy a workload, a new one starts without.",
  *find({ mesh }) {
    const groups = new Map<string, AuthorizationPolicy[]>();
    for (const policy of mesh.authorizationPolicies) {
      if (!hasSelector(policy) || hasTarget(policy) || policy.key.namespace === rootNamespace(mesh))
        continue;
      const { selector: _selector, ...said } = policy.spec;
      const key = JSON.stringify([
        policy.key.namespace,
        said,
        policy.annotations["istio.io/dry-run"],
      ]);
      groups.set(key, [...(groups.get(key) ?? []), policy]);
    }
    for (const policies of groups.values()) {
      const [first, ...others] = policies;
      if (first === undefined || others.length < 1) continue;
      const all = workloadsIn(mesh, first.key.namespace);
      const covered = new Set(policies.flatMap((policy) => selectedBy(policy, all)));
      if (all.length < 2 || covered.size < all.length) continue;
      yield {
        at: { resource: first.key, path: ["spec", "selector"] },
        message: `${policies.length} policies say the same for each workload of namespace \`${first.key.namespace}\`: one without a selector would do`,
        related: others.map((policy) => ({
          message: `\`${policyText(policy)}\` says the same`,
          at: { resource: policy.key, path: ["spec", "selector"] },
        })),
        evidence: {
          kind: "proof",
          because:
            "their rules are equal, and together they select every loaded workload of the namespace",
        },
      };
    }
  },
};
