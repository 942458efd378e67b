import type { Mesh } from "../model/mesh.ts";
import type { Client } from "./client.ts";
import type { Endpoint, Nowhere } from "./endpoint.ts";

const use = "istio.io/use-waypoint";
const ingress = "istio.io/ingress-use-waypoint";

/** Why a request would first go to a waypoint: only ambient clients are led there, and gateways that are told to (ctx:2.1). */
export function throughWaypoint(
  mesh: Mesh,
  client: Client,
  { subject, service, workload }: Endpoint,
): Nowhere | undefined {
  const { namespace } = workload.key;
  const space = mesh.inventory.namespaces.find(({ key }) => key.name === namespace)?.labels ?? {};
  const own = (service === undefined ? workload.labels : service.object?.labels) ?? {};
  const label = (key: string): string | undefined => own[key] ?? space[key];
  const named = label(use);
  const led =
    client.plane === "ambient" || (client.plane === "gateway" && label(ingress) === "true");
  if (!led || named === undefined || named === "none") return undefined;
  return {
    subject,
    missing: `waypoint ${named} is on the way, and waypoints are not evaluated yet`,
  };
}
