import type {
  Container,
  Namespace,
  Other,
  Service,
  ServicePort,
  Workload,
} from "../model/kubernetes.ts";
import {
  fieldsOf,
  listOf,
  numberOf,
  present,
  textMapOf,
  textOf,
  textsOf,
} from "../parse/decode.ts";
import type { Described } from "../parse/metadata.ts";
import type { Fields } from "../parse/objects.ts";

/** Where each kind of workload keeps the pod it makes. */
const podPaths: Readonly<Record<string, readonly string[]>> = {
  Pod: [],
  Deployment: ["spec", "template"],
  StatefulSet: ["spec", "template"],
  DaemonSet: ["spec", "template"],
  ReplicaSet: ["spec", "template"],
  ReplicationController: ["spec", "template"],
  Job: ["spec", "template"],
  CronJob: ["spec", "jobTemplate", "spec", "template"],
};

/** Whether a kind describes pods, or a machine that takes part in the mesh. */
export function isWorkload({ key, apiVersion }: Described): boolean {
  if (key.kind === "WorkloadEntry") return apiVersion.startsWith("networking.istio.io/");
  return Object.hasOwn(podPaths, key.kind);
}

/** The workload that an object describes: the pod, or the pod that a controller makes. */
export function toWorkload(object: Described): Workload {
  return object.key.kind === "WorkloadEntry" ? fromEntry(object) : fromPod(object);
}

/** Its own labels win over those of its spec. Follows istio/istio:pilot/pkg/serviceregistry/serviceentry/conversion.go. */
function fromEntry({ key, labels, annotations, fields }: Described): Workload {
  const spec = fieldsOf(fields["spec"]);
  const address = textOf(spec["address"]);
  return {
    key,
    labels: { ...textMapOf(spec["labels"]), ...labels },
    annotations,
    serviceAccount: textOf(spec["serviceAccount"]) ?? "default",
    ...(textOf(spec["serviceAccount"]) ? {} : { accountless: true }),
    addresses: address === undefined ? [] : [address],
    ports: Object.entries(fieldsOf(spec["ports"])).flatMap(([name, port]) => {
      const number = numberOf(port);
      return number === undefined ? [] : [{ port: number, name }];
    }),
  };
}

function fromPod({ key, labels, fields }: Described): Workload {
  const pod = (podPaths[key.kind] ?? []).reduce<Fields>((at, step) => fieldsOf(at[step]), fields);
  const metadata = fieldsOf(pod["metadata"]);
  const spec = fieldsOf(pod["spec"]);
  const status = fieldsOf(fields["status"]);
  const addresses = listOf(status["podIPs"]).map((item) => textOf(fieldsOf(item)["ip"]));
  const address = textOf(status["podIP"]);
  const known = addresses.filter((item) => item !== undefined);
  const own = textMapOf(fieldsOf(fields["metadata"])["annotations"]);
  return {
    key,
    labels: textMapOf(metadata["labels"]),
    annotations: textMapOf(metadata["annotations"]),
    serviceAccount:
      textOf(spec["serviceAccountName"]) ?? textOf(spec["serviceAccount"]) ?? "default",
    addresses: key.kind !== "Pod" ? [] : known.length === 0 && address ? [address] : known,
    ports: [
      ...listOf(spec["containers"]),
      ...listOf(spec["initContainers"]).filter(staysOn),
    ].flatMap(containerPorts),
    ...(listOf(spec["containers"]).some(isRouter) ? { router: true } : {}),
    ...(containers(spec).some(isSidecar) ? { proxied: true } : {}),
    ...(spec["hostNetwork"] === true ? { hostNetwork: true } : {}),
    ...(key.kind === "Pod" || Object.keys(labels).length === 0 ? {} : { controllerLabels: labels }),
    ...(key.kind === "Pod" || Object.keys(own).length === 0 ? {} : { controllerAnnotations: own }),
    ...(spec["containers"] === undefined
      ? {}
      : { containers: listOf(spec["containers"]).map(toContainer) }),
  };
}

function toContainer(container: unknown): Container {
  const fields = fieldsOf(container);
  const limits = fieldsOf(fieldsOf(fields["resources"])["limits"]);
  const checked = fields["livenessProbe"] !== undefined && fields["readinessProbe"] !== undefined;
  return {
    name: textOf(fields["name"]) ?? "",
    ...(Object.keys(limits).length > 0 ? { limited: true } : {}),
    ...(checked ? { checked: true } : {}),
  };
}

/** `pilot-agent proxy router`: istio/istio:manifests/charts/gateways/istio-ingress/templates/deployment.yaml */
function isRouter(container: unknown): boolean {
  return runsAs("router", container);
}

/** `pilot-agent proxy sidecar`, what injection adds, as a container or as one that starts before the others. */
function isSidecar(container: unknown): boolean {
  return runsAs("sidecar", container);
}

function runsAs(role: string, container: unknown): boolean {
  const { name, args } = fieldsOf(container);
  return name === "istio-proxy" && listOf(args).includes(role);
}

function containers(spec: Fields): readonly unknown[] {
  return [...listOf(spec["containers"]), ...listOf(spec["initContainers"])];
}

/** An init container that runs beside the others: what Kubernetes calls a sidecar. */
function staysOn(container: unknown): boolean {
  return fieldsOf(container)["restartPolicy"] === "Always";
}

function containerPorts(container: unknown): Workload["ports"] {
  return listOf(fieldsOf(container)["ports"]).flatMap((item) => {
    const fields = fieldsOf(item);
    const port = numberOf(fields["containerPort"]);
    const transport = transportOf(fields);
    return port === undefined
      ? []
      : [present({ port, name: textOf(fields["name"]), transport } as const)];
  });
}

/** Undefined: TCP. */
function transportOf(fields: Fields): "UDP" | "SCTP" | undefined {
  const protocol = textOf(fields["protocol"]);
  return protocol === "UDP" || protocol === "SCTP" ? protocol : undefined;
}

/** A Service of the core group. */
export function toService({ key, labels, annotations, createdAt, fields }: Described): Service {
  const spec = fieldsOf(fields["spec"]);
  const ips = textsOf(spec["clusterIPs"]);
  const ip = textOf(spec["clusterIP"]);
  return present({
    key,
    labels,
    annotations,
    createdAt,
    selector: spec["selector"] === undefined ? undefined : textMapOf(spec["selector"]),
    clusterIps: ips ?? (ip === undefined || ip === "" ? [] : [ip]),
    externalName: spec["type"] === "ExternalName" ? textOf(spec["externalName"]) : undefined,
    ports: listOf(spec["ports"]).map((item) => toServicePort(fieldsOf(item))),
  });
}

function toServicePort(fields: Fields): ServicePort {
  const port = numberOf(fields["port"]) ?? 0;
  const transport: ServicePort["transport"] = transportOf(fields) ?? "TCP";
  return present({
    port,
    name: textOf(fields["name"]),
    targetPort: numberOf(fields["targetPort"]) ?? textOf(fields["targetPort"]) ?? port,
    appProtocol: textOf(fields["appProtocol"]),
    transport,
  });
}

export function toNamespace({ key, labels, annotations }: Described): Namespace {
  return { key: { ...key, namespace: "" }, labels, annotations };
}

export function toOther({ fields, ...described }: Described): Other {
  return { ...described, body: fields };
}
