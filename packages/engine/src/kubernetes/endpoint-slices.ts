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

/** Nobody is sent to an endpoint that is not ready, but its proxy listens for what the Service declares all the same. */
interface Listed extends SliceMember {
  readonly ready: boolean;
}

type Written = Omit<Listed, "workload"> & { readonly namespace: string };
type Slices = ReadonlyMap<string, readonly Listed[]>;

const known = new WeakMap<Inventory, Slices>();

/**
 * The endpoints that are written down for a Service without a selector and are ready; undefined: no such object of it was loaded. Follows
 * istio/istio:pilot/pkg/serviceregistry/kube/controller/endpointslice.go. Endpoints objects are what Kubernetes makes slices of.
 */
export function sliceMembers(
  inventory: Inventory,
  { key }: Pick<Service, "key">,
): readonly SliceMember[] | undefined {
  return slicesOf(inventory)
    .get(pathOf(key))
    ?.filter(({ ready }) => ready);
}

function slicesOf(inventory: Inventory): Slices {
  const found = known.get(inventory) ?? readSlices(inventory);
  known.set(inventory, found);
  return found;
}

/** Whether a Service without a selector names a workload, ready or not. `endpointslice.go`, GetProxyServiceTargets */
export function isListed(inventory: Inventory, { key }: Service, workload: Workload): boolean {
  const listed = slicesOf(inventory).get(pathOf(key)) ?? [];
  return listed.some((each) => each.workload === workload);
}

/** The number that a Service without a selector has a workload listen on, ready or not; undefined: it does not lead there. */
export function slicePort(
  inventory: Inventory,
  { key }: Service,
  { name = "" }: ServicePort,
  workload: Workload,
): number | undefined {
  const listed = slicesOf(inventory).get(pathOf(key)) ?? [];
  return listed.find((each) => each.workload === workload && name in each.ports)?.ports[name];
}

function pathOf({ namespace, name }: Pick<ResourceKey, "namespace" | "name">): string {
  return `${namespace}/${name}`;
}

/** Of Services that select pods Kubernetes writes the slices: they say what the selector does. */
function readSlices(inventory: Inventory): Slices {
  const services = new Map<string, Map<string, Listed>>();
  const selecting = new Set(
    inventory.services.filter((each) => !selectsNothing(each)).map(({ key }) => pathOf(key)),
  );
  for (const object of inventory.others) {
    const name = serviceName(object);
    const service = pathOf({ namespace: object.key.namespace, name: name ?? "" });
    if (name === undefined || selecting.has(service)) continue;
    const members = services.get(service) ?? new Map<string, Listed>();
    services.set(service, members);
    for (const written of writtenIn(object)) {
      const id = `${written.address} ${written.ready}`;
      const before = members.get(id);
      members.set(id, before ? joined(before, written) : located(inventory, written));
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
    return endpointsIn(kind, part).flatMap(({ endpoint, addresses, ready }) =>
      addresses.flatMap((value) => {
        const address = textOf(value);
        if (address === undefined) return [];
        return [{ namespace, address, ports, ready, ...podOf(endpoint) }];
      }),
    );
  });
}

interface Endpoint {
  readonly endpoint: Fields;
  readonly addresses: readonly unknown[];
  readonly ready: boolean;
}

function endpointsIn(kind: string, part: Fields): readonly Endpoint[] {
  if (kind !== "Endpoints")
    return listOf(part["endpoints"])
      .map(fieldsOf)
      .map((endpoint) => {
        const addresses = listOf(endpoint["addresses"]);
        return { endpoint, addresses, ready: isReady(endpoint) };
      });
  const listed = (field: string, ready: boolean): readonly Endpoint[] =>
    listOf(part[field])
      .map(fieldsOf)
      .map((endpoint) => ({ endpoint, addresses: [endpoint["ip"]], ready }));
  return [...listed("addresses", true), ...listed("notReadyAddresses", false)];
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

function joined(before: Listed, { ports }: Written): Listed {
  return { ...before, ports: { ...before.ports, ...ports } };
}

function located({ workloads }: Inventory, { namespace, ...written }: Written): Listed {
  const { address, pod } = written;
  const workload = workloads.find(({ key, addresses }) =>
    pod === undefined
      ? key.namespace === namespace && addresses.includes(address)
      : key.kind === "Pod" && key.namespace === pod.namespace && key.name === pod.name,
  );
  return workload === undefined ? written : { ...written, workload };
}
