import { isLayered } from "../istiod/listener/waypoint.ts";
import { entryAddresses, isAddressed, isKnownInAmbient } from "../kubernetes/ambient-entry.ts";
import { controllerOf, gatewayClassOf } from "../kubernetes/gateway-class.ts";
import { proxyOf } from "../kubernetes/proxy.ts";
import { isHeadless } from "../kubernetes/service.ts";
import {
  type Asking,
  asksForLabels,
  gatewayOf,
  namedWaypoint,
  type Traffic,
  type Waypoint,
  waypointWorkload,
} from "../kubernetes/waypoint.ts";
import { waypointShares } from "../kubernetes/waypoint-shares.ts";
import type { Other, Workload } from "../model/kubernetes.ts";
import type { Mesh } from "../model/mesh.ts";
import type { Proxy } from "../model/program.ts";
import { flagOf, parseBool } from "../release/flags.ts";
import { mapping, text } from "./body.ts";
import type { Client } from "./client.ts";
import type { AddressedService, Endpoint, Nowhere } from "./endpoint.ts";
import type { Inquiry } from "./inquiry.ts";
import { noAddress, ownerOfNoAddress } from "./shared-no-address.ts";

/** A waypoint that a request goes to before it gets to a workload. */
export interface OnTheWay {
  readonly workload: Workload;
  readonly proxy: Proxy;
  readonly service?: string; // the host that is addressed; absent: a pod is
  readonly address?: string; // of the Service or the pod
  readonly port: number; // of the Service or the pod
}

/** What is addressed: a Service, or a workload of which a Service is no part; and by which address, where that is said. */
export type Addressee = Pick<Endpoint, "workload" | "service" | "port" | "subject"> & {
  readonly address?: string;
};

const ingress = "istio.io/ingress-use-waypoint";
const routing = "ENABLE_INGRESS_WAYPOINT_ROUTING";

/**
 * The waypoint that a client is led to: ztunnel's are, and gateways that are told to (ctx:2.1). Undefined: none is on the way. One that
 * is not ready lets everything past, and who has the address of a node is not known by it (istio/ztunnel:src/state/workload.rs insert).
 */
export function waypointFor(
  mesh: Mesh,
  client: Pick<Client, "plane">,
  meant: Addressee,
  inquiry: Inquiry,
): OnTheWay | Nowhere | undefined {
  const addressee = client.plane === "ambient" && withoutAddress(meant) ? asPod(meant) : meant;
  const { service } = addressee;
  const object = askingOf(addressee);
  const traffic: Traffic = service === undefined ? "workload" : "service";
  if (service === undefined && addressee.workload.hostNetwork) return undefined;
  if (client.plane !== "ambient" && (isPastGateways(mesh, meant) || !isLed(mesh, client, object)))
    return undefined;
  const found = shareOf(mesh, object, traffic, addressee, inquiry);
  if (found === undefined || !isProgrammed(mesh, found, inquiry)) return undefined;
  const missing = whyUnknown(mesh, found, object);
  if (missing !== undefined) return { subject: addressee.subject, missing };
  return withoutAddress(addressee)
    ? byNoAddress(mesh, found, addressee)
    : onTheWay(mesh, found, addressee);
}

/** A headless Service, as a gateway asks the waypoint for it. */
function byNoAddress(mesh: Mesh, waypoint: Waypoint, addressee: Addressee): OnTheWay | Nowhere {
  const { subject, service, port } = addressee;
  const owner = ownerOfNoAddress(mesh, waypoint, service?.port ?? port);
  const missing = `which Service waypoint ${waypoint.namespace}/${waypoint.name} takes a headless one for is not known`;
  if (owner === undefined) return { subject, missing };
  return { ...onTheWay(mesh, waypoint, { ...addressee, address: noAddress }), service: owner };
}

/** A headless Service has no address that ztunnel could know it by: its pods are addressed (ctx:2.1). */
export function withoutAddress({ service }: Pick<Addressee, "service">): boolean {
  return service?.object !== undefined && isHeadless(service.object);
}

/**
 * Of a ServiceEntry without an address, whose endpoints DNS finds, or of which ambient mode is not told, gateways are told the endpoints and of no
 * waypoint. Follows istio/istio:pilot/pkg/xds/endpoints/endpoint_builder.go FromServiceEndpoints and findServiceWaypoint.
 */
function isPastGateways(mesh: Mesh, { service }: Pick<Addressee, "service">): boolean {
  if (service?.entry === undefined) return false;
  if (!isKnownInAmbient(mesh, service.entry)) return true;
  const resolution = text(mapping(service.entry.body, "spec"), "resolution") ?? "";
  return resolution.includes("DNS") || !isAddressed(service.entry);
}

function asPod({ workload, port, subject, service }: Addressee): Addressee {
  return { workload, port: service?.port ?? port, subject };
}

/** The waypoint that a connection is led to; where two share them, either may be. */
function shareOf(
  mesh: Mesh,
  object: Asking,
  traffic: Traffic,
  { subject }: Addressee,
  { ask }: Inquiry,
): Waypoint | undefined {
  const shares = waypointShares(mesh, object, traffic).filter(({ weight }) => weight > 0);
  const [first, ...others] = shares;
  if (first === undefined || others.length === 0) return first;
  const candidates = shares.map(({ namespace, name }) => `${namespace}/${name}`);
  const picked = ask({ id: `waypoint-share:${subject}`, candidates });
  return shares[candidates.indexOf(picked)] ?? first;
}

/** Whether what is addressed, or its namespace, names a waypoint at all. */
export function namesWaypoint(
  { inventory }: Mesh,
  { workload, service }: Pick<Addressee, "workload" | "service">,
): boolean {
  return namedWaypoint(inventory, askingOf({ workload, service })) !== undefined;
}

/** What may ask for a waypoint: the Service or ServiceEntry, else the pod. */
function askingOf({
  workload,
  service,
}: {
  readonly workload: Workload;
  readonly service?: AddressedService | undefined;
}): Asking {
  return service?.object ?? service?.entry ?? workload;
}

/** A gateway goes by its Service's label, then by the namespace's. */
function isLed(mesh: Mesh, { plane }: Pick<Client, "plane">, { key, labels }: Asking): boolean {
  if (plane !== "gateway" || flagOf(mesh, routing) === false) return false;
  const { namespaces } = mesh.inventory;
  const space = namespaces.find((each) => each.key.name === key.namespace)?.labels ?? {};
  return parseBool(labels[ingress] ?? space[ingress] ?? "") === true;
}

const ready = "programmed";

/** A Gateway without a status is taken to be deployed. */
function isProgrammed({ inventory }: Mesh, waypoint: Waypoint, { assume }: Inquiry): boolean {
  const gateway = gatewayOf(inventory, waypoint);
  if (gateway?.body["status"] !== undefined) return true;
  const subject = `gateway/${waypoint.namespace}/${waypoint.name}`;
  return assume("gateway-programmed", subject, [ready, "not ready"]) === ready;
}

/** A waypoint that may not let in who asks, is no Envoy of Istio's, or was told more than is worked out. */
function whyUnknown(mesh: Mesh, waypoint: Waypoint, { key }: Asking): string | undefined {
  const { namespace, name } = waypoint;
  if (asksForLabels(mesh.inventory, waypoint, key.namespace))
    return `waypoint ${namespace}/${name} lets in namespaces by their labels, and Namespace ${key.namespace} is not loaded`;
  const gateway = gatewayOf(mesh.inventory, waypoint);
  const controller = gateway && controllerOf(mesh.inventory, gateway);
  if (gateway && controller !== "waypoint") {
    const known = controller === undefined ? ", and no such GatewayClass is loaded" : "";
    return `Gateway ${namespace}/${name} is of class ${gatewayClassOf(gateway) ?? '""'}${known}: what such a waypoint does is not known; what stands behind it can be asked for as deploy/NAMESPACE/NAME`;
  }
  if (gateway && isBoundElsewhere(mesh, gateway))
    return `waypoint ${namespace}/${name} says by ${binding} how it is reached, which is not worked out`;
  return isLayered(mesh)
    ? `ENABLE_LAYERED_WAYPOINT_AUTHORIZATION_POLICIES changes what waypoint ${namespace}/${name} enforces, which is not worked out`
    : undefined;
}

const binding = "ambient.istio.io/waypoint-inbound-binding";

/**
 * Whether ztunnels reach a waypoint otherwise than by HBONE at 15008. Follows istio/istio:pilot/pkg/serviceregistry/ambient/waypoints.go
 * makeInboundBinding: what is neither NONE nor PROXY does not count.
 */
function isBoundElsewhere({ inventory }: Mesh, gateway: Other): boolean {
  const name = gatewayClassOf(gateway);
  const isOfClass = ({ key }: Other): boolean => key.kind === "GatewayClass" && key.name === name;
  const byClass = inventory.others.find(isOfClass)?.annotations[binding];
  const text = gateway.annotations[binding] ?? byClass ?? "";
  return /^(?:PROXY$|(?:PROXY|NONE)\/[^/]*$)/.test(text);
}

function onTheWay(
  mesh: Mesh,
  waypoint: Waypoint,
  { workload, service, port, ...stated }: Addressee,
): OnTheWay {
  const own = waypointWorkload(mesh, waypoint);
  const [first] = service === undefined ? workload.addresses : addressesOf(service);
  const { address = first } = stated;
  return {
    workload: own,
    proxy: proxyOf(mesh.inventory, own, "waypoint"),
    ...(service === undefined ? { service: "" } : { service: service.host }),
    ...(address === undefined ? {} : { address }),
    port: service?.port ?? port,
  };
}

function addressesOf({ object, entry }: AddressedService): readonly string[] {
  if (entry !== undefined) return entryAddresses(entry).filter((each) => !each.includes("/"));
  return (object?.clusterIps ?? []).filter((each) => each !== "None");
}

/** Says where a waypoint is named that the client goes past: it is a convention among clients and stops nobody (ctx:2.1). */
export function noteBypass(
  { inventory }: Mesh,
  { plane }: Pick<Client, "plane">,
  { workload, service, subject }: Addressee,
  { derive }: Inquiry,
): void {
  const named = namedWaypoint(inventory, askingOf({ workload, service }));
  if (named === undefined || plane === "waypoint") return;
  const isBare = service === undefined || withoutAddress({ service });
  const why =
    plane === "ambient" && isBare
      ? "a pod is addressed"
      : (past[plane] ?? "it is not ready, or not for this traffic");
  derive({
    id: `waypoint:${subject}`,
    value: `${named.namespace}/${named.name} is not on the way: ${why} (ctx:2.1)`,
  });
}

const past: Partial<Readonly<Record<Client["plane"], string>>> = {
  sidecar: "sidecars go to no waypoint",
  gateway: "the gateway is not told to go there",
  proxyless: "gRPC without a proxy goes to no waypoint",
  none: "the client has no data plane that leads there",
};
