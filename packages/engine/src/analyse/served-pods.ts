import { gatewayNameLabel } from "../kubernetes/gateway-class.ts";
import { isForPods } from "../kubernetes/waypoint.ts";
import type { Mesh } from "../model/mesh.ts";
import type { Program, Proxy } from "../model/program.ts";

const served = new WeakMap<Program, Program>();

/**
 * What a waypoint is told, without the chains that nothing is led to: those for pods that are addressed themselves are there in any case, but the
 * matcher before them has no address where the waypoint is not for workloads, and the connection is closed.
 * Follows istio/istio:pilot/pkg/networking/core/listener_waypoint.go `buildWaypointInternal`.
 */
export function withServedPods({ inventory }: Mesh, proxy: Proxy, program: Program): Program {
  const { namespace, name, labels } = proxy;
  if (proxy.kind !== "waypoint") return program;
  if (isForPods(inventory, { namespace, name: labels[gatewayNameLabel] ?? name })) return program;
  const known = served.get(program);
  if (known) return known;
  const listeners = program.listeners.map((listener) => ({
    ...listener,
    chains: listener.chains.filter(({ match }) => match.service !== ""),
  }));
  const made = { ...program, listeners };
  served.set(program, made);
  return made;
}
