import type { Inventory, Other, Service, ServicePort, Workload } from "../model/kubernetes.ts";
import type { ResourceKey } from "../model/place.ts";
import { fieldsOf, listOf, numberOf, textOf } from "../parse/decode.ts";
import type { Fields } from "../parse/objects.ts";

/** An endpoint of a Service that an EndpointSlice, or an Endpoints object, writes down. */
export interface SliceMember {
  readonly address: string;
  readonly pod?: { readonly namespace: string; readonly name: string }; // that it is said to be
  readonly workload?: Workload; // if it was loaded: that pod, else one of the namespace with the address
  readonly ports: Readonly<Record<string, number>>; // by the names of the Service's
}

/** Whether pods are not selected: what leads to them is written by hand, or by some controller. */
export function selectsNothing({ selector }: Service): boolean {
  return selector === undefined || Object.keys(selector).length === 0;
}

type Written = Omit<SliceMember, "workload"> & { readonly namespace: string };

const known = new WeakMap<Inventory, ReadonlyMap<string, readonly SliceMember[]>>();

/**
 * The endpoints that are written down for a Service without a selector and are ready; undefined: no such object of it was loaded. Follows
 * istio/istio:pilot/pkg/serviceregistry/kube/controller/endpointslice.go. Endpoints objects are what Kubernetes makes slices of.
 */
export function sliceMembers(
  inventory: Inventory,
  { key }: Pick<Service, "key">,
): readonly SliceMember[] | undefined {
  const found = known.get(inventory) ?? readSlices(inventory);
  known.set(inventory, found);
  return found.get(pathOf(key));
}

/** The number that a Service without a selector has a workload listen on; undefined: it does not lead there. */
export function slicePort(
  inventory: Inventory,
  service: Service,
  { name = "" }: ServicePort,
  workload: Workload,
): number | undefined {
  return sliceMembers(inventory, service)?.find((each) => each.workload === workload)?.ports[name];
}

function pathOf({ namespace, name }: Pick<ResourceKey, "namespace" | "name">): string {
  return `${namespace}/${name}`;
}

/** Of Services that select pods Kubernetes writes the slices: they say what the selector does. */
function readSlices(inventory: Inventory): ReadonlyMap<string, readonly SliceMember[]> {
  const services = new Map<string, Map<string, SliceMember>>();
  const selecting = new Set(
    inventory.services.filter((each) => !selectsNothing(each)).map(({ key }) => pathOf(key)),
  );
  for (const object of inventory.others) {
    const name = serviceName(object);
    const service = pathOf({ namespace: object.key.namespace, name: name ?? "" });
    if (name === undefined || selecting.has(service)) continue;
    const members = services.get(service) ?? new Map<string, SliceMember>();
    services.set(service, members);
    for (const written of writtenIn(object)) {
      const before = members.get(written.address);
      members.set(written.address, before ? joined(before, written) : located(inventory, written));
    }
  }
  return new Map([...services].map(([service, members]) => [service, [...members.values()]]));
}

const skipMirror = "endpointslice.kubernetes.io/skip-mirror";

/** The Service that an object tells the endpoints of. */
function serviceName({ key, apiVersion, labels, body }: Other): string | undefined {
  if (key.kind === "EndpointSlice" && apiVersion.startsWith("discovery.k8s.io/"))
    return body["addressType"] === "FQDN" ? undefined : labels["kubernetes.io/service-name"];
  const isMirrored = key.kind === "Endpoints" && apiVersion === "v1";
  return isMirrored && labels[skipMirror] !== "true" ? key.name : undefined;
}

function writtenIn({ key: { kind, namespace }, body }: Other): readonly Written[] {
  const parts = kind === "Endpoints" ? listOf(body["subsets"]).map(fieldsOf) : [body];
  return parts.flatMap((part) => {
    const ports = portsOf(part);
    const listed = listOf(part[kind === "Endpoints" ? "addresses" : "endpoints"]).map(fieldsOf);
    return listed.filter(isReady).flatMap((endpoint) => {
      const addresses = kind === "Endpoints" ? [endpoint["ip"]] : listOf(endpoint["addresses"]);
      return addresses.flatMap((value) => {
        const address = textOf(value);
        return address === undefined ? [] : [{ namespace, address, ports, ...podOf(endpoint) }];
      });
    });
  });
}

/** Who says nothing is ready. */
function isReady({ conditions }: Fields): boolean {
  return fieldsOf(conditions)["ready"] !== false;
}

function portsOf(part: Fields): Readonly<Record<string, number>> {
  const ports = listOf(part["ports"])
    .map(fieldsOf)
    .map((port) => [textOf(port["name"]) ?? "", numberOf(port["port"]) ?? 0] as const);
  return Object.fromEntries(ports);
}

function podOf({ targetRef }: Fields): Pick<SliceMember, "pod"> {
  const { kind, namespace, name } = fieldsOf(targetRef);
  if (kind !== "Pod") return {};
  return { pod: { namespace: textOf(namespace) ?? "", name: textOf(name) ?? "" } };
}

function joined(before: SliceMember, { ports }: Written): SliceMember {
  return { ...before, ports: { ...before.ports, ...ports } };
}

function located({ workloads }: Inventory, { namespace, ...written }: Written): SliceMember {
  const { address, pod } = written;
  const workload = workloads.find(({ key, addresses }) =>
    pod === undefined
      ? key.namespace === namespace && addresses.includes(address)
      : key.kind === "Pod" && key.namespace === pod.namespace && key.name === pod.name,
  );
  return workload === undefined ? written : { ...written, workload };
}
