import { dataPlaneOf } from "../kubernetes/data-plane.ts";
import { selectsNothing, sliceMembers } from "../kubernetes/endpoint-slices.ts";
import { proxyOf } from "../kubernetes/proxy.ts";
import { backendsOf, isHeadless } from "../kubernetes/service.ts";
import type { DataPlane, Service, Workload } from "../model/kubernetes.ts";
import type { Mesh } from "../model/mesh.ts";
import { takesTls } from "./programs.ts";
import type { Link } from "./transport.ts";

/** Why a proxy is not told that an endpoint takes mutual TLS. `mode`: what a DestinationRule says of endpoints. `pilot/pkg/xds/endpoints/mtls_checker.go` */
export function endpointOff(
  { mesh, client, endpoint, plane }: Link,
  mode: string | undefined,
): string | undefined {
  const { workload, port, marked, by } = endpoint;
  const direct = isLedOn({ client, endpoint });
  if (!direct && mode !== undefined && mode !== "ISTIO_MUTUAL")
    return "the DestinationRule's top level";
  if (marked === undefined && !(direct && by === "address") && !marksTls(workload, plane))
    return "security.istio.io/tlsMode on the pod";
  const proxy = proxyOf(mesh.inventory, workload, "sidecar");
  const takes = direct || mode === "ISTIO_MUTUAL" || takesTls(mesh, proxy, port);
  return takes ? undefined : `the mode of port ${port} is DISABLE`;
}

/** Of a headless Service one endpoint without mesh TLS turns it off for all, and so does having none (an:PA-88). */
export function headlessOff({ mesh, endpoint: { service } }: Link): string | undefined {
  const { object, unlisted } = service ?? {};
  if (unlisted) return "no endpoint of it is known";
  const isOff = object !== undefined && isHeadless(object) && someWithoutProxy(mesh, object);
  return isOff ? "not every pod of the headless Service has a proxy" : undefined;
}

/** A sidecar is told of no endpoints of a headless Service: it leads a connection on to where it went. */
export function isLedOn({
  client,
  endpoint: { service },
}: Pick<Link, "client" | "endpoint">): boolean {
  return client.plane === "sidecar" && service?.object !== undefined && isHeadless(service.object);
}

/**
 * The label that injection sets for a sidecar; on a gRPC server without one its author does. A machine without it is told by its account.
 * `pilot/pkg/serviceregistry/serviceentry/conversion.go`, getTLSModeFromWorkloadEntry
 */
function marksTls({ labels, accountless }: Workload, plane: DataPlane | undefined): boolean {
  const label = labels["security.istio.io/tlsMode"];
  if (plane === "proxyless") return label === "istio";
  const usual = accountless ? "disabled" : "istio";
  return plane === undefined || (plane === "sidecar" && (label ?? usual) === "istio");
}

function someWithoutProxy({ inventory }: Mesh, service: Service): boolean {
  const pods = backendsOf(inventory, service);
  const written = selectsNothing(service) ? (sliceMembers(inventory, service) ?? []) : [];
  if (written.some(({ workload }) => workload === undefined)) return true;
  if (pods.length === 0) return inventory.complete === true;
  return pods.some((workload) => !marksTls(workload, dataPlaneOf(inventory, workload)?.plane));
}
