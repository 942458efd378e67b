import { rootNamespace } from "../../istiod/attach-rules.ts";
import { policiesOf } from "../../istiod/policies.ts";
import type { Check } from "../check.ts";
import { workloadsIn } from "../inventory.ts";
import { hasTarget } from "../policies.ts";

/** A policy in a namespace without workloads. */
export const emptyNamespace: Check = {
  code: "binding/empty-namespace",
  title: "a policy in a namespace without workloads",
  why: "Namespaces were loaded, and workloads of others, but none of this one: if that is all there is, the policy is about nothing.",
  like: ["IST0127", "KIA0004"],
  *find({ mesh }) {
    const { namespaces, workloads } = mesh.inventory;
    for (const policy of policiesOf(mesh)) {
      const { namespace } = policy.key;
      if (
        namespaces.length === 0 ||
        workloads.length === 0 ||
        namespace === rootNamespace(mesh) ||
        hasTarget(policy)
      )
        continue;
      if (workloadsIn(mesh, namespace).length > 0) continue;
      yield {
        at: { resource: policy.key, path: ["metadata", "namespace"] },
        message: `no workload of namespace \`${namespace}\` was loaded, though ${workloads.length} of others were`,
        evidence: {
          kind: "proof",
          because: "a policy outside the root namespace is about workloads of its own",
        },
      };
    }
  },
};
