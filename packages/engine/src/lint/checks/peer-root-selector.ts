import { rootNamespace } from "../../istiod/attach-rules.ts";
import type { Check } from "../check.ts";
import { hasSelector } from "../inventory.ts";

/** A PeerAuthentication with a selector does nothing in the root namespace (an:T-02, an:T-03). */
export const peerRootSelector: Check = {
  code: "mtls/root-selector",
  title: "a PeerAuthentication with a selector does nothing in the root namespace",
  why: "In the root namespace a PeerAuthentication is for the whole mesh; one with a selector is ignored, for workloads of the root namespace too. Put it into the namespace of the workload.",
  *find({ mesh }) {
    for (const policy of mesh.peerAuthentications) {
      if (policy.key.namespace !== rootNamespace(mesh) || !hasSelector(policy)) continue;
      yield {
        at: { resource: policy.key, path: ["spec", "selector"] },
        message: `a PeerAuthentication with a selector has no effect in the root namespace \`${policy.key.namespace}\``,
        evidence: {
          kind: "proof",
          because: "istiod looks at those without a selector in the root namespace only",
        },
      };
    }
  },
};
