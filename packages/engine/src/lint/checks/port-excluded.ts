import { bindsPort } from "../../istiod/listener/sidecar-ingress.ts";
import { whyNotCaptured } from "../../kubernetes/capture.ts";
import type { Check } from "../check.ts";
import { policyText } from "../policies.ts";
import { getsThrough } from "../unenforced.ts";

/** A port that is kept out of the proxy (ctx:T84, an:T-18). */
export const portExcluded: Check = {
  code: "binding/port-excluded",
  title: "connections to a port do not pass the proxy",
  why: "An annotation keeps the port out of what is redirected to the sidecar: mutual TLS, tokens and every policy are skipped there.",
  *find(scene) {
    const { mesh, points } = scene;
    for (const point of points) {
      const { plane, workload, proxy } = point;
      if (plane !== "sidecar" || proxy === undefined) continue;
      const open = proxy.ports.filter(
        ({ port }) => whyNotCaptured(workload, port) !== undefined && !bindsPort(mesh, proxy, port),
      );
      const policies = mesh.authorizationPolicies.filter(
        (policy) => open.length > 0 && scene.boundTo(policy).includes(point),
      );
      for (const policy of policies)
        for (const { port } of open)
          yield {
            at: { resource: policy.key, path: ["metadata", "name"] },
            message: `\`${policyText(policy)}\` is not enforced on port ${port} of \`${point.name}\`: ${whyNotCaptured(workload, port)}`,
            evidence: () => getsThrough(scene, policy, [point], [port]),
          };
    }
  },
};
