import { isDryRun } from "../../istiod/authorization/dry-run.ts";
import { trustDomain } from "../../kubernetes/identity.ts";
import { backendsOf, findService } from "../../kubernetes/service.ts";
import { waypointOf } from "../../kubernetes/waypoint.ts";
import type { Check, Evidence } from "../check.ts";
import type { Point } from "../points.ts";
import { portOf } from "../request-of.ts";
import type { Scene } from "../scene.ts";
import { targetsOf } from "../targets.ts";
import { allows, witnessed } from "../witness.ts";

/** Whoever addresses the pod goes past the waypoint (ctx:T32 to T35). */
export const waypointBypass: Check = {
  code: "waypoint/bypass",
  title: "the waypoint can be gone around",
  why: "A waypoint of a Service is on the way of ambient clients that address the Service. Whoever addresses a pod, a pod with a sidecar, a client outside the mesh or an ingress gateway without the label goes past it. An ALLOW policy at the workload for the waypoint's account closes that.",
  *find(scene) {
    const { mesh, points } = scene;
    for (const policy of mesh.authorizationPolicies) {
      if (isDryRun(policy) || policy.spec.action === "AUDIT") continue;
      for (const { ref, at } of targetsOf(policy)) {
        const service =
          ref.kind === "Service"
            ? findService(mesh.inventory, policy.key.namespace, ref.name)
            : undefined;
        const waypoint = service && waypointOf(mesh.inventory, service, "service");
        if (service === undefined || waypoint === undefined) continue;
        const behind = new Set(backendsOf(mesh.inventory, service));
        const open = points.filter(
          ({ plane, workload }) => plane === "ambient" && behind.has(workload),
        );
        yield {
          at,
          message: `whoever addresses a pod of \`${service.key.name}\` goes past waypoint \`${waypoint.name}\`, and gets in`,
          hint: `an ALLOW policy at the workload for ${trustDomain(mesh.config)}/ns/${waypoint.namespace}/sa/${waypoint.name}`,
          evidence: () => direct(scene, open),
        };
      }
    }
  },
};

function direct({ mesh }: Scene, points: readonly Point[]): Evidence | undefined {
  for (const point of points.slice(0, 2)) {
    const request = {
      from: "none",
      to: point.to(portOf(point)),
      transport: "plaintext",
      http: { method: "GET", path: "/" },
      token: "none",
    } as const;
    const anybody = { ...request, from: "sa/stranger/stranger", transport: "hbone" } as const;
    const found =
      witnessed(mesh, [{ request, wants: allows }]) ??
      witnessed(mesh, [{ request: anybody, wants: allows }]);
    if (found !== undefined) return found;
  }
  return undefined;
}
