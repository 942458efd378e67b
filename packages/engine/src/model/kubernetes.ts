import type { ResourceKey } from "./place.ts";

/** How a workload takes part in the mesh. */
export type DataPlane = "sidecar" | "ambient" | "gateway" | "waypoint" | "proxyless" | "none";

/** A namespace, for its labels. */
export interface Namespace {
  readonly key: ResourceKey;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

/** What has labels, a namespace and a service account: a Pod, a controller's pod template, a WorkloadEntry, or one a suite states. */
export interface Workload {
  readonly key: ResourceKey; // of the object that was loaded; kind "Workload" when a suite or a flag states it
  readonly labels: Readonly<Record<string, string>>; // of the pod
  readonly annotations: Readonly<Record<string, string>>; // of the pod
  readonly serviceAccount: string;
  readonly accountless?: true; // a WorkloadEntry that names no account: proxies are told that it takes no mutual TLS
  readonly addresses: readonly string[];
  readonly ports: readonly ContainerPort[];
  readonly proxied?: true; // it has an istio-proxy container that runs as a sidecar
  readonly router?: true; // its istio-proxy container runs as a router: a gateway that was not injected
  readonly hostNetwork?: true; // the pod has the node's address
  readonly dataPlane?: DataPlane; // stated; otherwise it follows from labels, or is assumed
  readonly controllerLabels?: Readonly<Record<string, string>>; // of the object that makes the pods, which selectors do not see
  readonly controllerAnnotations?: Readonly<Record<string, string>>; // of that object
  readonly containers?: readonly Container[]; // of the pod
}

/** One container of a pod, as far as someone looks after it. */
export interface Container {
  readonly name: string;
  readonly limited?: true; // it has resource limits
  readonly checked?: true; // it has a liveness and a readiness probe
}

/** A port that a workload listens on. */
export interface ContainerPort {
  readonly port: number;
  readonly name?: string;
  readonly protocol?: "http" | "tcp" | "auto"; // only where a suite states it
  readonly transport?: "UDP" | "SCTP"; // absent: TCP
}

/** A Service, as far as it leads to workloads. */
export interface Service {
  readonly key: ResourceKey;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly createdAt?: number;
  readonly selector?: Readonly<Record<string, string>>;
  readonly clusterIps: readonly string[]; // ["None"]: headless
  readonly externalName?: string; // stands for this host
  readonly ports: readonly ServicePort[];
}

/** A port of a Service, and where it leads. */
export interface ServicePort {
  readonly port: number;
  readonly name?: string;
  readonly targetPort: number | string; // a name stands for the container port of that name
  readonly appProtocol?: string;
  readonly transport: "TCP" | "UDP" | "SCTP";
}

/** What is not a policy. `partial` absence is unknown, never absent. */
export interface Inventory {
  readonly namespaces: readonly Namespace[];
  readonly workloads: readonly Workload[];
  readonly ended?: readonly Workload[]; // pods that have run to their end: nothing is there, and their accounts may come again
  readonly services: readonly Service[];
  readonly complete?: true; // there is nothing else: what is absent does not exist
  readonly others: readonly Other[]; // kept as they are for later use: Gateway, VirtualService, DestinationRule, ServiceEntry, Sidecar, ...
}

/** An object that is no policy, as it was read. */
export interface Other {
  readonly key: ResourceKey;
  readonly apiVersion: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly createdAt?: number;
  readonly body: Readonly<Record<string, unknown>>; // the whole object, decoded
}
