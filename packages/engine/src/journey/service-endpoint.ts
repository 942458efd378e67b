import { selectsNothing } from "../kubernetes/endpoint-slices.ts";
import { portProtocol } from "../kubernetes/port-protocol.ts";
import {
  backendsOf,
  isHeadless,
  selects,
  serviceHost,
  servicePort,
  servicesOf,
  targetPortOf,
  ztunnelPort,
} from "../kubernetes/service.ts";
import type { Service, ServicePort, Workload } from "../model/kubernetes.ts";
import type { Mesh } from "../model/mesh.ts";
import { distinctWorkloads } from "./distinct-workloads.ts";
import { labelClasses, labelText, parseLabels, portsTold, selectorsFor } from "./distinctions.ts";
import {
  type AddressedService,
  type Endpoint,
  endpointOf,
  type Nobody,
  type Nowhere,
  workloadText,
} from "./endpoint.ts";
import type { Inquiry } from "./inquiry.ts";
import { entryBeside } from "./service-entry.ts";
import { sliceEndpoint } from "./slice-endpoint.ts";
import type { Target } from "./target.ts";

/**
 * A Service that was not loaded: which labels its pods have, and which of their ports it leads to, decides what binds. Where others of its
 * namespace were loaded it may be a name written wrong, so that it is there is something that is assumed.
 */
export function unknownService(
  mesh: Mesh,
  { namespace, name, port }: Extract<Target, { readonly kind: "service" }>,
  inquiry: Inquiry,
): Endpoint {
  const subject = `svc/${namespace}/${name}`;
  const isMissed = mesh.inventory.services.some(({ key }) => key.namespace === namespace);
  if (isMissed) inquiry.assume("service", subject, ["there"]);
  const labels = unknownLabels(mesh, subject, namespace, {}, inquiry);
  const target = unknownPort(mesh, `${subject}:${port}`, namespace, port, inquiry);
  return {
    subject,
    workload: unknownWorkload(namespace, name, labels),
    port: target,
    by: "service",
    service: { host: serviceHost({ key: { kind: "Service", namespace, name } }), port },
  };
}

function unknownWorkload(
  namespace: string,
  name: string,
  labels: Readonly<Record<string, string>>,
): Workload {
  const key = { kind: "Workload", namespace, name };
  return { key, labels, annotations: {}, serviceAccount: "", addresses: [], ports: [] };
}

function unknownLabels(
  mesh: Mesh,
  subject: string,
  namespace: string,
  known: Readonly<Record<string, string>>,
  { ask }: Inquiry,
): Readonly<Record<string, string>> {
  const name = subject.split("/").at(-1) ?? "";
  const classes = labelClasses(selectorsFor(mesh, namespace), known, name);
  if (classes.length === 1) return known;
  return parseLabels(ask({ id: `labels:${subject}`, candidates: classes.map(labelText) }));
}

function unknownPort(
  mesh: Mesh,
  subject: string,
  namespace: string,
  likely: number,
  { ask }: Inquiry,
): number {
  const told = portsTold(mesh, namespace).filter((port) => port !== likely);
  if (told.length === 0) return likely;
  const candidates = [likely, ...told, other([likely, ...told])].map(String);
  return Number(ask({ id: `target-port:${subject}`, candidates: [...new Set(candidates)] }));
}

/** A port that nobody mentioned. */
function other(ports: readonly number[]): number {
  let port = 8080;
  while (ports.includes(port)) port += 1;
  return port;
}

/** How a Service is addressed. */
export interface Addressing {
  readonly port: number;
  readonly direct: boolean; // to the pods of a headless one, as anyone but a gateway does
  readonly podsOnly?: boolean; // by way of kube-proxy, which knows no WorkloadEntry
  readonly byZtunnel?: boolean; // which reads ports otherwise
  readonly subset?: { readonly name: string; readonly labels: Readonly<Record<string, string>> };
}

/** The workload behind a port of a Service. A client that reaches the pods of a headless one itself uses the Service's port there. */
export function loadedService(
  mesh: Mesh,
  service: Service,
  addressed: Addressing,
  inquiry: Inquiry,
): Endpoint | Nowhere | Nobody {
  const { namespace, name } = service.key;
  const subject = `svc/${namespace}/${name}`;
  const port = portAt(service, addressed);
  if (port === undefined) return { subject, missing: `the Service has no port ${addressed.port}` };
  const beside = addressed.podsOnly ? undefined : entryBeside(mesh, service, port);
  if (beside !== undefined) return { subject, missing: beside };
  const { name: subset, labels = {} } = addressed.subset ?? {};
  const through = {
    ...addressedService(service, port),
    ...(subset === undefined ? {} : { subset }),
  };
  if (selectsNothing(service))
    return sliceEndpoint(
      mesh,
      { service, port, through, direct: addressed.direct, labels },
      inquiry,
    );
  const toPod = addressed.direct && isHeadless(service);
  const backends = backendsOf(mesh.inventory, service).filter(
    (each) =>
      selects(labels, each.labels) && !(addressed.podsOnly && each.key.kind === "WorkloadEntry"),
  );
  if (backends.length === 0)
    return mesh.inventory.complete
      ? { subject, nobody: "no endpoints", service: through }
      : unseen(mesh, { service, port, through, toPod, labels }, inquiry);
  const portOf = (workload: Workload): number | undefined =>
    toPod ? port.port : targetPortOf(port, workload);
  const reached = backends.filter((workload) => portOf(workload) !== undefined);
  const classes = inquiry.everyEndpoint ? reached : distinctWorkloads(mesh, reached, portOf);
  const [first, ...others] = classes;
  if (first === undefined) return withoutPort(subject, port, backends, through);
  const candidates = classes.map(workloadText);
  const picked =
    others.length === 0 ? undefined : inquiry.ask({ id: `destination:${subject}`, candidates });
  const workload = classes.find((each) => workloadText(each) === picked) ?? first;
  return endpointOf(mesh, workload, portOf(workload) ?? 0, "service", through);
}

function portAt(service: Service, { port, byZtunnel }: Addressing): ServicePort | undefined {
  return byZtunnel ? ztunnelPort(service, port) : servicePort(service, port);
}

/** Pods without the port that is meant are no endpoints of it. Ports that a suite states have no names. */
function withoutPort(
  subject: string,
  { targetPort }: ServicePort,
  backends: readonly Workload[],
  service: AddressedService,
): Nowhere | Nobody {
  const why = `no workload behind it has a port \`${targetPort}\``;
  const isStated = backends.some(({ key }) => key.kind === "Workload");
  return isStated ? { subject, missing: why } : { subject, nobody: why, service };
}

/** How a Service is known to who addresses it; undefined: it has no such port. */
export function throughService(
  service: Service,
  { port: number, subset }: Addressing,
): AddressedService | undefined {
  const port = servicePort(service, number);
  if (port === undefined) return undefined;
  return { ...addressedService(service, port), ...(subset ? { subset: subset.name } : {}) };
}

function addressedService(service: Service, port: ServicePort): AddressedService {
  const protocol = portProtocol(port);
  const declared = protocol === "udp" ? {} : { protocol };
  return { host: serviceHost(service), port: port.port, object: service, ...declared };
}

/** The headless Service that makes a port of a pod known to clients, if there is one: they connect to the Service's port as it is. */
export function headlessService(
  mesh: Mesh,
  workload: Workload,
  port: number,
): AddressedService | undefined {
  for (const service of servicesOf(mesh.inventory, workload).filter(isHeadless)) {
    const found = servicePort(service, port);
    if (found !== undefined) return addressedService(service, found);
  }
  return undefined;
}

interface Unseen {
  readonly service: Service;
  readonly port: ServicePort;
  readonly through: AddressedService;
  readonly toPod: boolean;
  readonly labels: Readonly<Record<string, string>>; // of the subset
}

/** A Service whose workloads were not loaded: their labels hold at least what it selects. */
function unseen(
  mesh: Mesh,
  { service, port, through, toPod, labels: own }: Unseen,
  inquiry: Inquiry,
): Endpoint {
  const { namespace, name } = service.key;
  const subject = `svc/${namespace}/${name}`;
  const labels = unknownLabels(mesh, subject, namespace, { ...service.selector, ...own }, inquiry);
  const { targetPort } = port;
  const named = typeof targetPort === "string" && !toPod;
  const target = named
    ? unknownPort(mesh, `${subject}:${port.port}`, namespace, port.port, inquiry)
    : Number(toPod ? port.port : targetPort || port.port);
  const { protocol } = through;
  return {
    subject,
    workload: unknownWorkload(namespace, name, labels),
    port: target,
    by: "service",
    service: through,
    ...(protocol === undefined ? {} : { protocol }),
  };
}
