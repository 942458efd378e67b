import { trustDomain } from "../kubernetes/identity.ts";
import { utf8Bytes } from "../match/bytes.ts";
import type { Mesh } from "../model/mesh.ts";
import type { Rule } from "../model/rule.ts";
import { flagOf } from "../release/flags.ts";

/** Who a waypoint is when it connects to a workload: the service accounts of its pods. */
export interface WaypointIdentity {
  readonly namespace: string;
  readonly name: string;
  readonly serviceAccounts: readonly string[];
}

/**
 * With PILOT_AUTO_ALLOW_WAYPOINT_POLICY each waypoint of a workload is allowed by a policy of its own, after which everybody
 * else needs one too (az:ZT-17). `istio:pilot/pkg/serviceregistry/ambient/policies.go#implicitWaypointPolicy`
 */
export function waypointRules(mesh: Mesh, waypoints: readonly WaypointIdentity[]): readonly Rule[] {
  if (flagOf(mesh, "PILOT_AUTO_ALLOW_WAYPOINT_POLICY") !== true) return [];
  return waypoints.flatMap(({ namespace, name, serviceAccounts }): readonly Rule[] => {
    if (serviceAccounts.length === 0) return [];
    const any = serviceAccounts.map((account, of) => ({
      kind: "exact" as const,
      text: utf8Bytes(`${trustDomain(mesh.config)}/ns/${namespace}/sa/${account}`),
      of,
    }));
    const all = [{ attribute: { kind: "peer" as const }, field: "principals", any }];
    return [
      {
        name: `${namespace}/istio_allow_waypoint_${namespace}_${name}[0]`,
        policy: { kind: "Gateway", namespace, name },
        index: -1,
        groups: [{ of: "rule", any: [{ index: 0, all }] }],
      },
    ];
  });
}
