import { servedServices } from "../istiod/listener/waypoint-services.ts";
import type { Waypoint } from "../kubernetes/waypoint.ts";
import type { Mesh } from "../model/mesh.ts";

/** The address that istiod gives to what has none. */
export const noAddress = "0.0.0.0";

/**
 * Whose connections to no address at all are, at a waypoint: gateways ask it so for each headless Service, and the oldest that has the port
 * gets them (ctx:2.1). Undefined: a ServiceEntry may, whose address is not known. Found by running a real istiod and a real Envoy.
 */
export function ownerOfNoAddress(mesh: Mesh, waypoint: Waypoint, port: number): string | undefined {
  const [first] = servedServices(mesh, waypoint).filter(
    ({ addresses, ports }) => addresses.length === 0 && ports.some((each) => each.port === port),
  );
  return first?.target.kind === "Service" ? first.host : undefined;
}
