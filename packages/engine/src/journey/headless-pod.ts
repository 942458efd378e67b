import { backendsOf, isHeadless } from "../kubernetes/service.ts";
import { waypointOf } from "../kubernetes/waypoint.ts";
import type { Workload } from "../model/kubernetes.ts";
import type { Mesh } from "../model/mesh.ts";
import type { Original } from "./addressed.ts";
import { workloadText } from "./endpoint.ts";
import type { Inquiry } from "./inquiry.ts";
import { outside } from "./service-entry.ts";

/**
 * The pod that a connection to a headless Service is made to, where it may lead through a waypoint: DNS gives the addresses of the pods.
 * Follows istio/ztunnel:src/proxy/outbound.rs build_request (ctx:2.1).
 */
export function podOf(mesh: Mesh, original: Original, { ask }: Inquiry): Original {
  const { service, port } = original;
  if (service === undefined || !isHeadless(service)) return original;
  const { namespace, name } = service.key;
  const behind = backendsOf(mesh.inventory, service);
  if (behind.length === 0) return { port, workload: outside({ namespace }, name) };
  if (behind.every((pod) => waypointOf(mesh.inventory, pod, "workload") === undefined))
    return original;
  const pods = [...new Map(behind.map((pod) => [classOf(mesh, pod), pod])).values()];
  const candidates = pods.map(workloadText);
  const id = `destination:svc/${namespace}/${name}`;
  const picked = candidates.length === 1 ? candidates[0] : ask({ id, candidates });
  const workload = pods[candidates.indexOf(picked ?? "")];
  return workload === undefined ? original : { port, workload };
}

/** Pods that neither a waypoint nor a policy tells apart. */
function classOf({ inventory }: Mesh, pod: Workload): string {
  const waypoint = waypointOf(inventory, pod, "workload") ?? null;
  return JSON.stringify([waypoint, pod.serviceAccount, Object.entries(pod.labels).toSorted()]);
}
