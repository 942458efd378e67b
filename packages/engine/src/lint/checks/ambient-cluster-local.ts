import { trustDomain } from "../../kubernetes/identity.ts";
import type { Check } from "../check.ts";
import { whenDead } from "../effects.ts";
import { valuesOn } from "../values.ts";
import { pointsText } from "../words.ts";

/** istiod rewrites `cluster.local` for Envoy, not for ztunnel (ctx:T10). */
export const ambientClusterLocal: Check = {
  code: "ambient/cluster-local",
  title: "`cluster.local` is taken literally by ztunnel",
  why: "For a sidecar istiod reads `cluster.local` in a principal as the mesh's own trust domain, and its aliases. For ztunnel it does not: the value is compared as it stands. Write the trust domain of the mesh.",
  *find({ mesh, boundTo }) {
    const own = trustDomain(mesh.config);
    if (own === "cluster.local") return;
    for (const value of valuesOn(mesh, "peer")) {
      const points = boundTo(value.policy).filter(({ plane }) => plane === "ambient");
      if (!value.text.startsWith("cluster.local/") || points.length === 0) continue;
      const instead = value.text.replace("cluster.local", own);
      yield {
        at: value.at,
        message: `at ${pointsText(points)} \`cluster.local\` does not stand for \`${own}\`: ${whenDead(value)}`,
        hint: instead,
        evidence: {
          kind: "proof",
          because:
            "ztunnel takes certificates of its own trust domain only, and istiod rewrites nothing for it",
        },
        fix: [{ at: value.at, do: "set", values: [instead], left: instead }],
      };
    }
  },
};
