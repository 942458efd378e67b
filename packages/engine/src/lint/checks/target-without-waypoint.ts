import { policiesOf } from "../../istiod/policies.ts";
import { backendsOf, findService } from "../../kubernetes/service.ts";
import { namedWaypoint } from "../../kubernetes/waypoint.ts";
import type { Mesh } from "../../model/mesh.ts";
import type { TargetRef } from "../../model/policy.ts";
import type { Check } from "../check.ts";
import { targetsOf } from "../targets.ts";
import { getsThrough } from "../unenforced.ts";

/** A Service without a waypoint enforces nothing that names it (az:AN-1 AncestorNotBound). */
export const targetWithoutWaypoint: Check = {
  code: "waypoint/none",
  title: "a policy names a Service that no waypoint stands in front of",
  why: "Policies that name a Service are enforced by its waypoint and by nothing else: sidecars and ztunnel ignore them. Label the Service or its namespace with `istio.io/use-waypoint`, or select the workloads instead.",
  like: ["IST0171", "KIA0109", "KIA1110"],
  *find(scene) {
    const { mesh, points } = scene;
    for (const policy of policiesOf(mesh))
      for (const { ref, at } of targetsOf(policy)) {
        const { namespace } = policy.key;
        const service =
          ref.kind === "Service" ? findService(mesh.inventory, namespace, ref.name) : undefined;
        if (service === undefined || !isWithoutWaypoint(mesh, namespace, ref)) continue;
        const behind = new Set(backendsOf(mesh.inventory, service));
        const authorization = scene.authorization(policy.key);
        yield {
          at,
          message: `no waypoint stands in front of Service \`${ref.name}\`: the policy is enforced nowhere`,
          hint: "label the Service istio.io/use-waypoint",
          ...(authorization === undefined ? { severity: "warning" } : {}),
          evidence: () =>
            authorization === undefined || policy.key.kind !== "AuthorizationPolicy"
              ? {
                  kind: "proof",
                  because:
                    "neither the Service nor its namespace has the label istio.io/use-waypoint",
                }
              : getsThrough(
                  scene,
                  authorization,
                  points.filter(({ workload }) => behind.has(workload)),
                ),
        };
      }
  },
};

function isWithoutWaypoint({ inventory }: Mesh, namespace: string, { name }: TargetRef): boolean {
  const service = findService(inventory, namespace, name);
  const isKnown = inventory.namespaces.some(({ key }) => key.name === namespace);
  return service !== undefined && isKnown && namedWaypoint(inventory, service) === undefined;
}
