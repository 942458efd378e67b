import { dataPlaneOf } from "../kubernetes/data-plane.ts";
import { backendsOf } from "../kubernetes/service.ts";
import type { Dial } from "./dial.ts";
import type { Nobody, Nowhere } from "./endpoint.ts";
import { endpointOff } from "./endpoint-tls.ts";
import { type Link, tlsRule } from "./transport.ts";

/**
 * How TLS of the mesh is handed on by an AUTO_PASSTHROUGH server: as it came, with nothing around it (`cluster.go`, SniDnatClusterMode). Endpoints that
 * would not be sent mutual TLS are left out, so that nobody gets in without. `pilot/pkg/xds/endpoints/ep_filters.go`, EndpointsWithMTLSFilter
 */
export function passedOn(link: Link): Dial | Nobody | Nowhere {
  const { subject } = link.endpoint;
  const why = off(link);
  if (why === undefined) return { transport: "plaintext" };
  return mayBeOthers(link)
    ? {
        subject,
        missing: "which endpoints of a Service TLS is handed on to, where not all take it",
      }
    : { subject, nobody: `no endpoint takes mutual TLS: ${why}` };
}

function off(link: Link): string | undefined {
  const { service } = link.endpoint;
  return endpointOff(link, service && tlsRule(link, service)?.endpoint);
}

/** Whether the Service has workloads that take it. */
function mayBeOthers(link: Link): boolean {
  const { mesh, endpoint } = link;
  const { object } = endpoint.service ?? {};
  if (object === undefined) return endpoint.marked !== undefined;
  return backendsOf(mesh.inventory, object).some((workload) => {
    const { plane = link.plane } = dataPlaneOf(mesh.inventory, workload) ?? {};
    return off({ ...link, plane, endpoint: { ...endpoint, workload } }) === undefined;
  });
}
