import { type SliceMember, sliceMembers } from "../kubernetes/endpoint-slices.ts";
import { isHeadless, selects } from "../kubernetes/service.ts";
import type { Service, ServicePort, Workload } from "../model/kubernetes.ts";
import type { Mesh } from "../model/mesh.ts";
import {
  type AddressedService,
  type Endpoint,
  endpointOf,
  isNowhere,
  type Nobody,
  type Nowhere,
  workloadText,
} from "./endpoint.ts";
import type { Inquiry } from "./inquiry.ts";
import { outsideOf } from "./outside.ts";

/** A Service without a selector as it is addressed. */
export interface Written {
  readonly service: Service;
  readonly port: ServicePort;
  readonly through: AddressedService;
  readonly direct: boolean; // to the addresses of a headless one, as anyone but a gateway does
  readonly labels: Readonly<Record<string, string>>; // of the subset
}

/** Where a Service without a selector leads, by its EndpointSlices: to pods, or to what is outside, such as a database. */
export function sliceEndpoint(
  mesh: Mesh,
  { service, port, through, direct, labels }: Written,
  inquiry: Inquiry,
): Endpoint | Nowhere | Nobody {
  const { namespace, name } = service.key;
  const subject = `svc/${namespace}/${name}`;
  const members = sliceMembers(mesh.inventory, service);
  if (service.externalName !== undefined)
    return { subject, missing: `the Service stands for ${service.externalName}: ask for that` };
  if (members === undefined) return { subject, missing: notLoaded };
  const portName = port.name ?? "";
  const reached = members.filter(
    ({ ports, pod, workload }) =>
      portName in ports &&
      selects(labels, workload?.labels ?? {}) &&
      !(pod !== undefined && workload === undefined && mesh.inventory.complete), // istiod waits for the pod
  );
  const classes = inquiry.everyEndpoint ? reached : onlyOneOutside(reached);
  const candidates = classes.map(textOf);
  const [first] = candidates;
  if (first === undefined) return { subject, nobody: "no endpoints", service: through };
  const only = candidates.length === 1;
  const picked = only ? first : inquiry.ask({ id: `destination:${subject}`, candidates });
  const member = classes[Math.max(0, candidates.indexOf(picked))];
  const number = direct && isHeadless(service) ? port.port : (member?.ports[portName] ?? 0);
  return member === undefined
    ? { subject, nobody: "no endpoints" }
    : memberAt(mesh, member, { subject, through, number }, inquiry);
}

const notLoaded =
  "the Service selects nothing, and no EndpointSlice of it was loaded: load it, it says where the Service leads";

/** No policy tells what is outside apart. */
function onlyOneOutside(members: readonly SliceMember[]): readonly SliceMember[] {
  const outside = members.find(isOutside);
  return members.filter((member) => member === outside || !isOutside(member));
}

function isOutside({ pod, workload }: SliceMember): boolean {
  return pod === undefined && workload === undefined;
}

function textOf({ address, pod, workload }: SliceMember): string {
  if (workload !== undefined) return workloadText(workload);
  return pod === undefined ? address : `pod/${pod.namespace}/${pod.name}`;
}

interface Through {
  readonly subject: string; // the Service
  readonly through: AddressedService;
  readonly number: number; // of the port
}

function memberAt(
  mesh: Mesh,
  member: SliceMember,
  { subject, through, number }: Through,
  inquiry: Inquiry,
): Endpoint | Nowhere {
  const { address, pod } = member;
  const workload = member.workload ?? (pod ? undefined : elsewhere(mesh, address));
  if (pod === undefined && workload === undefined) {
    const reached = outsideOf(mesh, address, number, inquiry);
    return isNowhere(reached) ? reached : { ...reached, by: "service", service: through };
  }
  if (workload === undefined)
    return { subject, missing: `its EndpointSlice names ${textOf(member)}, which was not loaded` };
  return pod === undefined
    ? { subject, missing: byAddressOnly(address, workload) }
    : endpointOf(mesh, workload, number, "service", through);
}

/** A workload that istiod does not find by the address: it is in another namespace. */
function elsewhere({ inventory }: Mesh, address: string): Workload | undefined {
  return inventory.workloads.find(({ addresses }) => addresses.includes(address));
}

/** Sidecars are told of a pod of the Service's namespace if istiod saw it before the slice, ztunnel is not. */
function byAddressOnly(address: string, workload: Workload): string {
  const name = workloadText(workload);
  return `its EndpointSlice names ${address} without a targetRef to ${name}: clients may not know that it is that pod; ask for ${name} with the transport stated`;
}
