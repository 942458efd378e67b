import { selectsNothing } from "../kubernetes/endpoint-slices.ts";
import { backendsOf, isHeadless } from "../kubernetes/service.ts";
import { waypointOf } from "../kubernetes/waypoint.ts";
import type { Service } from "../model/kubernetes.ts";
import type { Mesh } from "../model/mesh.ts";
import type { Original } from "./addressed.ts";
import { isNobody, isNowhere } from "./endpoint.ts";
import type { Inquiry } from "./inquiry.ts";
import { loadedService } from "./service-endpoint.ts";

/**
 * The pod that a connection to a headless Service is made to, where it may lead through a waypoint: DNS gives the addresses of the pods.
 * Follows istio/ztunnel:src/proxy/outbound.rs build_request (ctx:2.1).
 */
export function podOf(mesh: Mesh, original: Original, inquiry: Inquiry): Original {
  const { service, port } = original;
  if (service === undefined || !isHeadless(service) || !mayBeLed(mesh, service)) return original;
  const pod = loadedService(mesh, service, { port, direct: true }, inquiry);
  return isNowhere(pod) || isNobody(pod) ? original : { port: pod.port, workload: pod.workload };
}

/** Whether some pod behind it has a waypoint. Of pods that were not loaded the namespace says so. */
function mayBeLed({ inventory }: Mesh, service: Service): boolean {
  const behind = backendsOf(inventory, service);
  const isUnseen = behind.length === 0 && !selectsNothing(service);
  return isUnseen || behind.some((pod) => waypointOf(inventory, pod, "workload") !== undefined);
}
