import type { Check } from "../check.ts";
import { selectedBy, workloadsIn } from "../inventory.ts";
import { hasTarget } from "../policies.ts";
import { pointsText } from "../words.ts";

/** ztunnel does not look at tokens (an:T-58, an:T-55). */
export const jwtAmbient: Check = {
  code: "ambient/request-authentication",
  title: "a RequestAuthentication for workloads that only ztunnel serves",
  why: "ztunnel sees no tokens, and a waypoint takes a RequestAuthentication by target reference only: name the waypoint, or the Service behind it.",
  like: ["KIA1110", "KIA1115"],
  *find({ mesh, points, boundTo }) {
    for (const policy of mesh.requestAuthentications) {
      if (hasTarget(policy) || boundTo(policy).length > 0) continue;
      const selected = new Set(selectedBy(policy, workloadsIn(mesh, policy.key.namespace)));
      const ambient = points.filter(
        ({ plane, workload }) => plane === "ambient" && selected.has(workload),
      );
      if (ambient.length === 0) continue;
      yield {
        at: { resource: policy.key, path: ["spec"] },
        message: `no token is looked at in front of ${pointsText(ambient)}: ztunnel sees none, and a waypoint needs target references`,
        hint: "targetRefs: the waypoint or the Service",
        evidence: {
          kind: "proof",
          because:
            "istiod sends ztunnel no RequestAuthentication, and attaches those without target to no waypoint",
        },
      };
    }
  },
};
