import type { Inventory, Service, ServicePort, Workload } from "../model/kubernetes.ts";
import { compareBytes } from "../model/place.ts";
import { isListed, selectsNothing, sliceMembers, slicePort } from "./endpoint-slices.ts";
import { portProtocol } from "./port-protocol.ts";

/** Every pair of a selector is among the labels. An empty selector of a Service selects nothing: see `servicesOf`. */
export function selects(
  selector: Readonly<Record<string, string>>,
  labels: Readonly<Record<string, string>>,
): boolean {
  return Object.entries(selector).every(([key, value]) => labels[key] === value);
}

/** The name by which Istio knows a Service. */
export function serviceHost({ key }: Pick<Service, "key">): string {
  return `${key.name}.${key.namespace}.svc.cluster.local`;
}

/** The Service of that name, if it was loaded. */
export function findService(
  inventory: Inventory,
  namespace: string,
  name: string,
): Service | undefined {
  return inventory.services.find(({ key }) => key.namespace === namespace && key.name === name);
}

/** The Services that lead to a workload, the oldest first: it decides what two of them say differently (an:PA-22). */
export function servicesOf(inventory: Inventory, workload: Workload): readonly Service[] {
  return inventory.services
    .filter((service) => leadsTo(inventory, service, workload))
    .toSorted(
      (a, b) =>
        (a.createdAt ?? 0) - (b.createdAt ?? 0) || compareBytes(serviceHost(a), serviceHost(b)),
    );
}

/** The workloads behind a Service, in the order they were loaded. */
export function backendsOf(inventory: Inventory, service: Service): readonly Workload[] {
  if (selectsNothing(service))
    return (sliceMembers(inventory, service) ?? []).flatMap((member) => member.workload ?? []);
  return inventory.workloads.filter((workload) => selectsWorkload(service, workload));
}

/** By its selector; a Service without one by what EndpointSlices say. */
function leadsTo(inventory: Inventory, service: Service, workload: Workload): boolean {
  return selectsNothing(service)
    ? isListed(inventory, service, workload)
    : selectsWorkload(service, workload);
}

/** A headless Service has pods only: `istio:pilot/pkg/serviceregistry/kube/controller/controller.go`, serviceTargetsFromWorkloadInstance. */
function selectsWorkload(service: Service, workload: Workload): boolean {
  const { key, selector = {} } = service;
  if (workload.key.kind === "WorkloadEntry" && isHeadless(service)) return false;
  return key.namespace === workload.key.namespace && selects(selector, workload.labels);
}

/** The port of a Service with this number: of two the one that takes connections. `istio:pilot/pkg/model/service.go`, GetByPort */
export function servicePort(service: Service, number: number): ServicePort | undefined {
  const found = service.ports.filter(({ port }) => port === number);
  return found.find((port) => portProtocol(port) !== "udp") ?? found[0];
}

/**
 * The port of a Service as ztunnel knows it: of several with one number the last, whatever their transport, and names are looked for among
 * the TCP ports of a pod. Follows istio/istio:pilot/pkg/serviceregistry/ambient/workloads.go constructServices.
 */
export function ztunnelPort({ ports }: Service, number: number): ServicePort | undefined {
  const last = ports.findLast(({ port }) => port === number);
  return last && { ...last, transport: "TCP" };
}

const mixed = new WeakMap<Inventory, boolean>();

/** Whether some Service has a port that ztunnel may read otherwise than kube-proxy and Envoy: one for UDP. */
export function hasPortsOfTwoKinds(inventory: Inventory): boolean {
  const known = mixed.get(inventory);
  if (known !== undefined) return known;
  const found = inventory.services.some(({ ports }) =>
    ports.some((port) => port.transport === "UDP" || portProtocol(port) === "udp"),
  );
  mixed.set(inventory, found);
  return found;
}

/** The port of a workload behind a Service that a port of the Service leads to. Undefined: none. */
export function portBehind(
  inventory: Inventory,
  service: Service,
  port: ServicePort,
  workload: Workload,
): number | undefined {
  return selectsNothing(service)
    ? slicePort(inventory, service, port, workload)
    : targetPortOf(port, workload);
}

/** The workload's port that a selecting Service's port leads to. Undefined: the workload has no port of that name and transport. */
export function targetPortOf(port: ServicePort, workload: Workload): number | undefined {
  const { targetPort, transport } = port;
  if (workload.key.kind === "WorkloadEntry") return portOfEntry(port, workload);
  if (typeof targetPort === "number") return targetPort || port.port;
  return portNamed(workload, targetPort, transport);
}

/** The port of this name that a pod's containers declare, or a WorkloadEntry. */
export function portNamed(
  { ports }: Workload,
  name: string,
  transport: ServicePort["transport"] = "TCP",
): number | undefined {
  return ports.find((each) => each.name === name && (each.transport ?? "TCP") === transport)?.port;
}

/**
 * The names in `ports` of a WorkloadEntry are those of Service ports, or of what these lead to; a number only counts without them.
 * `istio:pilot/pkg/serviceregistry/kube/controller/controller.go`, serviceInstanceFromWorkloadInstance
 */
function portOfEntry({ name, targetPort }: ServicePort, { ports }: Workload): number | undefined {
  const number = typeof targetPort === "number" ? targetPort : 0;
  const wanted = number > 0 ? (name ?? "") : targetPort;
  const own = ports.find((each) => each.name === wanted)?.port;
  return own ?? (number > 0 ? number : undefined);
}

/** No address of its own: clients connect to the pods. */
export function isHeadless({ clusterIps }: Service): boolean {
  return clusterIps.includes("None");
}
