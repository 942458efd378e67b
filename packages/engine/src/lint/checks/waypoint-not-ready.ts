import { isApiGateway } from "../../kubernetes/gateway-class.ts";
import { gatewayOf, namedWaypoint, waypointOf } from "../../kubernetes/waypoint.ts";
import type { Check } from "../check.ts";

const label = "istio.io/use-waypoint";

/** A waypoint that does not serve what names it (ctx:T46, ctx:T47). */
export const waypointNotReady: Check = {
  code: "waypoint/not-serving",
  title: "a waypoint is named that does not serve",
  why: "Where the Gateway that `istio.io/use-waypoint` names is missing, has no address, does not let the namespace in, or is for other traffic, requests go on without it and no policy for it is enforced.",
  like: ["KIA1311", "KIA1317", "KIA0109"],
  *find({ mesh }) {
    const { inventory } = mesh;
    for (const service of inventory.services) {
      const named = namedWaypoint(inventory, service);
      if (
        named === undefined ||
        waypointOf({ ...inventory, complete: true }, service, "service") !== undefined
      )
        continue;
      const gateway = gatewayOf(inventory, named);
      const others = inventory.others
        .filter(isApiGateway)
        .filter(({ key }) => key.namespace === named.namespace);
      if (gateway === undefined && others.length === 0) continue;
      if (label in service.labels === false && gateway === undefined) continue;
      const own = label in service.labels;
      const why =
        gateway === undefined
          ? "no such Gateway was loaded"
          : "it has no address yet, is for other traffic, or does not let this namespace in";
      yield {
        at: own
          ? { resource: service.key, path: ["metadata", "labels", label] }
          : {
              resource: { kind: "Namespace", namespace: "", name: service.key.namespace },
              path: ["metadata", "labels", label],
            },
        message: `waypoint \`${named.namespace}/${named.name}\` does not serve \`${service.key.name}\`: ${why}`,
        evidence: {
          kind: "proof",
          because:
            "istiod binds a Service to a waypoint only if its Gateway is there, ready and open for it",
        },
      };
    }
  },
};
