import { rootNamespace } from "../../istiod/attach-rules.ts";
import { dataPlaneOf } from "../../kubernetes/data-plane.ts";
import { selects } from "../../kubernetes/service.ts";
import type { Check } from "../check.ts";
import { hasSelector } from "../inventory.ts";
import { hasTarget } from "../policies.ts";
import { getsThrough } from "../unenforced.ts";
import { pointsText } from "../words.ts";

/** A policy that selects a workload outside the mesh (ctx:T86 to T88). */
export const unenforced: Check = {
  code: "binding/unenforced",
  title: "a policy is about a workload that has no proxy",
  why: "Policies are enforced by sidecars, ztunnel, waypoints and gateways. A pod on the host's network, one that opts out of injection, or one that was not injected has none, and gets every request.",
  like: ["IST0102", "IST0103", "KIA1301"],
  *find(scene) {
    const { mesh, points } = scene;
    const root = rootNamespace(mesh);
    for (const policy of mesh.authorizationPolicies) {
      const isWide = policy.key.namespace === root && !hasSelector(policy);
      if (hasTarget(policy) || isWide) continue;
      const outside = points.filter(
        ({ plane, workload, standIn }) =>
          plane === "none" &&
          !standIn &&
          (policy.key.namespace === root || workload.key.namespace === policy.key.namespace) &&
          selects(policy.spec.selector?.matchLabels ?? {}, workload.labels),
      );
      const [first] = outside;
      if (first === undefined) continue;
      const because = dataPlaneOf(mesh.inventory, first.workload)?.because;
      yield {
        at: {
          resource: policy.key,
          path: hasSelector(policy) ? ["spec", "selector"] : ["metadata", "name"],
        },
        message: `nothing enforces the policy at ${pointsText(outside)}${because === undefined ? "" : ` (${because})`}`,
        evidence: () => getsThrough(scene, policy, outside),
      };
    }
  },
};
