import type { DataPlane, Inventory, Namespace, Workload } from "../model/kubernetes.ts";
import type { Place } from "../model/place.ts";
import { wordOf } from "../parse/decode.ts";
import { gatewayNameLabel } from "./gateway-class.ts";
import { selects } from "./service.ts";

/** How a workload takes part in the mesh, and what says so. */
export interface KnownDataPlane {
  readonly plane: DataPlane;
  readonly because: string;
  readonly from?: Place;
}

/** Every data plane, by its name. */
export const dataPlanes: readonly DataPlane[] = [
  ...(["sidecar", "ambient", "gateway", "waypoint", "proxyless", "none"] as const),
];

/** Whether a text names a data plane. */
export function isDataPlane(text: string | undefined): text is DataPlane {
  return dataPlanes.some((plane) => plane === text);
}

/** The webhook skips them: istio/istio:pkg/kube/inject/inject.go. */
const neverInjected: ReadonlySet<string> = new Set([
  "kube-system",
  "kube-public",
  "kube-node-lease",
  "local-path-storage",
]);

const inject = "sidecar.istio.io/inject";
const revision = "istio.io/rev";
const injection = "istio-injection";
const ambient = "istio.io/dataplane-mode";

/**
 * The data plane of a workload, as far as the loaded objects say: undefined when the namespace is not loaded or has no label of
 * Istio's. Follows istio/istio:pkg/kube/inject/inject.go and cni/pkg/util/enablement_selector.go (ctx:5.3, ctx:1.10).
 */
export function dataPlaneOf(inventory: Inventory, workload: Workload): KnownDataPlane | undefined {
  if (workload.dataPlane !== undefined) return { plane: workload.dataPlane, because: "stated" };
  const namespace = inventory.namespaces.find(({ key }) => key.name === workload.key.namespace);
  return (
    gateway(inventory, workload) ??
    proxyless(workload) ??
    running(workload) ??
    onHostNetwork(workload) ??
    sidecar(workload, namespace) ??
    ztunnel(workload, namespace) ??
    outside(workload, namespace) ??
    selectedBy(inventory, workload)
  );
}

/** A pod that is a gateway or a waypoint by what deployed it, or by what a Gateway selects. */
function gateway(inventory: Inventory, workload: Workload): KnownDataPlane | undefined {
  const { labels, annotations } = workload;
  if (labels[gatewayNameLabel] !== undefined) {
    const waypoint = (labels["gateway.istio.io/managed"] ?? "").startsWith("istio.io-mesh");
    return byLabel(workload, waypoint ? "waypoint" : "gateway", gatewayNameLabel);
  }
  const templates = annotations["inject.istio.io/templates"] ?? "";
  if (templates.split(",").some((name) => name.trim() === "gateway"))
    return byLabel(workload, "gateway", "inject.istio.io/templates");
  if (workload.router)
    return {
      plane: "gateway",
      because: "its istio-proxy runs as a router",
      from: placeOf(workload),
    };
  return injected(workload) === false ? selectedBy(inventory, workload) : undefined;
}

/**
 * What no label injects, and a Gateway selects, is a gateway: nothing else would make the selector mean anything. Not where its
 * containers are known, and no proxy is among them: that is an application with a label which is a gateway's, too.
 */
function selectedBy(inventory: Inventory, workload: Workload): KnownDataPlane | undefined {
  const { labels, containers = [] } = workload;
  if (containers.length > 0 && !hasProxy(workload)) return undefined;
  const selected = inventory.others.find(
    ({ key, apiVersion, body }) =>
      key.kind === "Gateway" &&
      apiVersion.startsWith("networking.istio.io/") &&
      selectsGateway(body, labels),
  );
  return (
    selected && {
      plane: "gateway",
      because: `Gateway ${selected.key.namespace}/${selected.key.name} selects it`,
      from: { resource: selected.key, path: ["spec", "selector"] },
    }
  );
}

function selectsGateway(
  body: Readonly<Record<string, unknown>>,
  labels: Readonly<Record<string, string>>,
): boolean {
  const selector = entries(entries(body["spec"])["selector"]);
  const pairs = Object.entries(selector).map(([key, value]) => [key, wordOf(value)] as const);
  return pairs.length > 0 && selects(Object.fromEntries(pairs), labels);
}

function entries(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

/** The templates of the agent that serves gRPC without an Envoy: istio/istio:manifests/charts/istio-control/istio-discovery/files/grpc-agent.yaml. */
function proxyless(workload: Workload): KnownDataPlane | undefined {
  const templates = (workload.annotations["inject.istio.io/templates"] ?? "").split(",");
  const isGrpc = templates.some((name) => ["grpc-agent", "grpc-simple"].includes(name.trim()));
  return isGrpc ? byLabel(workload, "proxyless", "inject.istio.io/templates") : undefined;
}

/** A pod that was read from a cluster shows what happened to it. */
function running(workload: Workload): KnownDataPlane | undefined {
  const { key, labels, annotations, addresses } = workload;
  if (annotations["sidecar.istio.io/status"] !== undefined)
    return byLabel(workload, "sidecar", "sidecar.istio.io/status");
  if (workload.proxied)
    return { plane: "sidecar", because: "it has an istio-proxy", from: placeOf(workload) };
  if (labels["security.istio.io/tlsMode"] === "istio")
    return byLabel(workload, "sidecar", "security.istio.io/tlsMode");
  if (annotations["ambient.istio.io/redirection"] === "enabled")
    return byLabel(workload, "ambient", "ambient.istio.io/redirection");
  if (key.kind !== "Pod" || addresses.length === 0 || hasProxy(workload)) return undefined;
  return { plane: "none", because: "the running pod was not injected", from: placeOf(workload) };
}

/** A container that is called as injection calls it, though nothing says what it runs as. */
function hasProxy({ containers = [] }: Workload): boolean {
  return containers.some(({ name }) => name === "istio-proxy");
}

/** The webhook refuses such a pod, and ambient does not capture it (ctx:5.3). */
function onHostNetwork(workload: Workload): KnownDataPlane | undefined {
  if (!workload.hostNetwork) return undefined;
  const spec = workload.key.kind === "Pod" ? ["spec"] : ["spec", "template", "spec"];
  return {
    plane: "none",
    because: "the pod is on the host's network",
    from: { resource: workload.key, path: [...spec, "hostNetwork"] },
  };
}

/** What the webhook does with a new pod. `istio-injection` on the namespace beats `istio.io/rev`. */
function sidecar(workload: Workload, namespace: Namespace | undefined): KnownDataPlane | undefined {
  if (neverInjected.has(workload.key.namespace) || injected(workload) === false) return undefined;
  const wanted =
    injected(workload) === true
      ? byLabel(workload, "sidecar", inject)
      : workload.labels[revision] && byLabel(workload, "sidecar", revision);
  if (namespace === undefined) return wanted || undefined;
  const mode = namespace.labels[injection];
  if (mode === "enabled") return byNamespace(namespace, "sidecar", injection);
  if (mode !== undefined) return undefined;
  if (namespace.labels[revision]) return byNamespace(namespace, "sidecar", revision);
  return wanted || undefined;
}

/** What the pod says of its injection: the label beats the annotation, and only the label can ask for it. */
function injected({ labels, annotations }: Workload): boolean | undefined {
  const label = labels[inject];
  if (label !== undefined) return label !== "false";
  return annotations[inject] === "false" ? false : undefined;
}

/** What a node redirects to its ztunnel. A machine is on none: only its own annotation says that it has one, whatever its namespace says. */
function ztunnel(workload: Workload, namespace: Namespace | undefined): KnownDataPlane | undefined {
  if (workload.key.kind === "WorkloadEntry") return undefined;
  const own = workload.labels[ambient];
  if (own === "ambient") return byLabel(workload, "ambient", ambient);
  if (own === "none" || namespace?.labels[ambient] !== "ambient") return undefined;
  return byNamespace(namespace, "ambient", ambient);
}

/** Neither sidecar nor ambient, and something says so. */
function outside(workload: Workload, namespace: Namespace | undefined): KnownDataPlane | undefined {
  const ambientPossible = namespace === undefined && workload.labels[ambient] !== "none";
  if (ambientPossible) return undefined;
  if (neverInjected.has(workload.key.namespace))
    return { plane: "none", because: `nothing is injected in ${workload.key.namespace}` };
  if (injected(workload) === false) return byLabel(workload, "none", inject);
  if (workload.labels[ambient] === "none" && namespace?.labels[ambient] === "ambient")
    return byLabel(workload, "none", ambient);
  if (namespace?.labels[injection] !== undefined && namespace.labels[injection] !== "enabled")
    return byNamespace(namespace, "none", injection);
  return undefined;
}

function byLabel(workload: Workload, plane: DataPlane, key: string): KnownDataPlane {
  return { plane, because: `${key} on the pod`, from: placeOf(workload) };
}

function byNamespace(namespace: Namespace, plane: DataPlane, key: string): KnownDataPlane {
  return {
    plane,
    because: `${key}=${namespace.labels[key]} on namespace ${namespace.key.name}`,
    from: { resource: namespace.key, path: ["metadata", "labels", key] },
  };
}

function placeOf({ key }: Workload): Place {
  const pod = key.kind === "Pod";
  return {
    resource: key,
    path: pod ? ["metadata", "labels"] : ["spec", "template", "metadata", "labels"],
  };
}

const ambientOnly = new WeakMap<readonly Namespace[], boolean>();

/**
 * What a client is taken for of which nothing says it. Where some namespace is ambient and none has sidecars: ambient, but in a
 * namespace that is loaded and has no label, none.
 */
export function ordinaryPlane({ namespaces }: Inventory, own?: string): DataPlane {
  const known = ambientOnly.get(namespaces) ?? isAmbientOnly(namespaces);
  ambientOnly.set(namespaces, known);
  if (!known) return "sidecar";
  return namespaces.some(({ key }) => key.name === own) ? "none" : "ambient";
}

function isAmbientOnly(namespaces: readonly Namespace[]): boolean {
  const isAmbient = namespaces.some(({ labels }) => labels[ambient] === "ambient");
  const isInjected = namespaces.some(
    ({ labels }) => labels[injection] === "enabled" || labels[revision] !== undefined,
  );
  return isAmbient && !isInjected;
}
