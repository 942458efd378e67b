import { isDataPlane } from "../kubernetes/data-plane.ts";
import { portProtocol } from "../kubernetes/port-protocol.ts";
import { declaredPorts } from "../kubernetes/proxy.ts";
import { backendsOf, serviceHost, targetPortOf } from "../kubernetes/service.ts";
import type { Destination } from "../model/access-request.ts";
import type { Service, ServicePort, Workload } from "../model/kubernetes.ts";
import type { Mesh } from "../model/mesh.ts";
import {
  labelClasses,
  labelText,
  portsTold,
  selectorsFor,
  tellsAddresses,
} from "./distinctions.ts";
import type { Inquiry } from "./inquiry.ts";
import type { Target } from "./target.ts";

/** The workload that a connection ends at, and its port. */
export interface Endpoint {
  readonly subject: string; // in the ids of facts: "deploy/shop/orders", "svc/shop/orders"
  readonly workload: Workload;
  readonly port: number; // of the workload
  readonly service?: { readonly host: string; readonly port: number; readonly object?: Service };
  readonly protocol?: "http" | "tcp" | "auto"; // declared by a Service or stated
  readonly by: "service" | "address" | "name";
}

/** Where nothing answers, or nobody evaluates it yet. */
export interface Nowhere {
  readonly subject: string;
  readonly missing: string;
}

/** The workload a target leads to. Where it may be one of several, or its labels are unknown, that is asked. */
export function resolve(mesh: Mesh, target: Target, inquiry: Inquiry): Endpoint | Nowhere {
  switch (target.kind) {
    case "elsewhere":
      return { subject: target.text, missing: target.missing };
    case "described":
      return describe(mesh, target.destination, inquiry);
    case "workload":
      return ofWorkload(mesh, target.workload, target.port, target.by);
    case "service":
      return target.service === undefined
        ? unknownService(mesh, target, inquiry)
        : ofService(mesh, target.service, target.port, inquiry);
  }
}

const short: Readonly<Record<string, string>> = {
  Deployment: "deploy",
  StatefulSet: "sts",
  DaemonSet: "ds",
  Job: "job",
  Pod: "pod",
};

/** A workload as the vocabulary writes it. */
export function workloadText({ key }: Workload): string {
  return `${short[key.kind] ?? "workload"}/${key.namespace}/${key.name}`;
}

function ofWorkload(
  mesh: Mesh,
  workload: Workload,
  port: number,
  by: Endpoint["by"],
  service?: Endpoint["service"],
): Endpoint {
  const declared = declaredPorts(mesh.inventory, workload).find((each) => each.port === port);
  return {
    subject: workloadText(workload),
    workload,
    port,
    by,
    ...(declared === undefined ? {} : { protocol: declared.protocol }),
    ...(service === undefined ? {} : { service }),
  };
}

/** A workload that no file holds: the labels that are stated, and assumed no others. */
function describe(mesh: Mesh, destination: Destination, inquiry: Inquiry): Endpoint {
  const { namespace, labels = {}, port, name, protocol } = destination;
  const subject = `ns/${[namespace, labelText(labels)].filter(Boolean).join(",")}`;
  const classes = labelClasses(selectorsFor(mesh, namespace), labels, "").map(labelText);
  const others = classes.filter((text) => text !== labelText(labels));
  const chosen = inquiry.assume("labels", subject, [labelText(labels), ...others]);
  return {
    subject,
    workload: {
      key: { kind: "Workload", namespace, name: name ?? labels["app"] ?? "workload" },
      labels: parseLabels(chosen),
      annotations: {},
      serviceAccount: destination.serviceAccount ?? "default",
      addresses: [],
      ports: protocol === undefined ? [] : [{ port, protocol }],
      ...(isDataPlane(destination.dataPlane) ? { dataPlane: destination.dataPlane } : {}),
    },
    port,
    by: "name",
    ...(protocol === undefined ? {} : { protocol }),
  };
}

function parseLabels(text: string): Readonly<Record<string, string>> {
  const pairs = text === "" ? [] : text.split(",").map((pair) => pair.split("="));
  return Object.fromEntries(pairs.map(([key = "", value = ""]) => [key, value]));
}

/** A Service that was not loaded: which labels its pods have, and which of their ports it leads to, decides what binds. */
function unknownService(
  mesh: Mesh,
  { namespace, name, port }: Extract<Target, { readonly kind: "service" }>,
  inquiry: Inquiry,
): Endpoint {
  const subject = `svc/${namespace}/${name}`;
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

function ofService(
  mesh: Mesh,
  service: Service,
  number: number,
  inquiry: Inquiry,
): Endpoint | Nowhere {
  const { namespace, name } = service.key;
  const subject = `svc/${namespace}/${name}`;
  const port = service.ports.find((each) => each.port === number);
  if (port === undefined) return { subject, missing: `the Service has no port ${number}` };
  const addressed = { host: serviceHost(service), port: number, object: service };
  const backends = backendsOf(mesh.inventory, service);
  if (backends.length === 0) return unseen(mesh, service, port, addressed, inquiry);
  const reached = backends.filter((workload) => targetPortOf(port, workload) !== undefined);
  const classes = distinctWorkloads(mesh, reached, port);
  const [first, ...others] = classes;
  if (first === undefined)
    return { subject, missing: `no workload behind it has a port \`${port.targetPort}\`` };
  const candidates = classes.map(workloadText);
  const picked =
    others.length === 0 ? undefined : inquiry.ask({ id: `destination:${subject}`, candidates });
  const workload = classes.find((each) => workloadText(each) === picked) ?? first;
  return ofWorkload(mesh, workload, targetPortOf(port, workload) ?? 0, "service", addressed);
}

/** A Service whose workloads were not loaded: their labels hold at least what it selects. */
function unseen(
  mesh: Mesh,
  service: Service,
  port: ServicePort,
  addressed: NonNullable<Endpoint["service"]>,
  inquiry: Inquiry,
): Endpoint {
  const { namespace, name } = service.key;
  const subject = `svc/${namespace}/${name}`;
  const labels = unknownLabels(mesh, subject, namespace, service.selector ?? {}, inquiry);
  const { targetPort } = port;
  const target =
    typeof targetPort === "number"
      ? targetPort || port.port
      : unknownPort(mesh, `${subject}:${port.port}`, namespace, port.port, inquiry);
  const protocol = portProtocol(port);
  return {
    subject,
    workload: unknownWorkload(namespace, name, labels),
    port: target,
    by: "service",
    service: addressed,
    ...(protocol === "udp" ? {} : { protocol }),
  };
}

/** One workload of each class that a policy, a Service or the data plane could treat differently. */
function distinctWorkloads(
  mesh: Mesh,
  workloads: readonly Workload[],
  port: ServicePort,
): readonly Workload[] {
  const namespace = workloads[0]?.key.namespace ?? "";
  const addresses = tellsAddresses(mesh, namespace);
  const selectors = selectorsFor(mesh, namespace);
  const keys = new Set(selectors.flatMap((labels) => Object.keys(labels)));
  const classOf = (workload: Workload): string =>
    JSON.stringify([
      Object.entries(workload.labels)
        .filter(([key]) => keys.has(key) || key.includes("istio.io/") || key.includes("gateway"))
        .toSorted(),
      Object.entries(workload.annotations).filter(([key]) => key.includes("istio.io/")),
      workload.dataPlane,
      targetPortOf(port, workload),
      declaredPorts(mesh.inventory, workload),
      addresses ? workload.addresses : [],
      workload.key.kind === "Pod" && workload.addresses.length > 0,
    ]);
  return [
    ...new Map(workloads.toReversed().map((each) => [classOf(each), each])).values(),
  ].toReversed();
}
