import { rootNamespace } from "../../istiod/attach-rules.ts";
import { servicesOf } from "../../kubernetes/service.ts";
import { waypointOf } from "../../kubernetes/waypoint.ts";
import { keyText } from "../../model/place.ts";
import type { Check } from "../check.ts";
import { portOf } from "../request-of.ts";
import { allows, witnessed } from "../witness.ts";

/** A workload that no AuthorizationPolicy is about, among others that have one (KIA1301). */
export const unprotected: Check = {
  code: "security/no-policy",
  title: "no AuthorizationPolicy is about a workload",
  why: "What no policy is about is allowed. In a namespace whose other workloads have policies this one may have been forgotten.",
  like: ["KIA1301"],
  *find(scene) {
    const { mesh, points, boundTo } = scene;
    const guarded = new Set(mesh.authorizationPolicies.flatMap((policy) => boundTo(policy)));
    const careful = new Set([...guarded].map(({ workload }) => workload.key.namespace));
    for (const point of points) {
      const { workload, plane, standIn } = point;
      const { key } = workload;
      const isPlain =
        (plane === "sidecar" || plane === "ambient") &&
        !standIn &&
        key.namespace !== rootNamespace(mesh);
      const isBehind = servicesOf(mesh.inventory, workload).some(
        (service) => waypointOf(mesh.inventory, service, "service") !== undefined,
      );
      if (!isPlain || isBehind || guarded.has(point) || !careful.has(key.namespace)) continue;
      yield {
        at: { resource: key, path: ["metadata", "name"] },
        message: `no AuthorizationPolicy is about \`${point.name}\`, though others of namespace \`${key.namespace}\` have one`,
        evidence: () =>
          witnessed(mesh, [
            {
              request: {
                from: "sa/stranger/stranger",
                to: point.to(portOf(point), "http"),
                http: { method: "GET", path: "/" },
                token: "none",
              },
              wants: allows,
            },
          ]) ?? { kind: "proof", because: `no policy binds to ${keyText(key)}` },
      };
    }
  },
};
