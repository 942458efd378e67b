import type { Namespace, Other, Service, ServicePort, Workload } from "../src/model/kubernetes.ts";
import type { Mesh } from "../src/model/mesh.ts";
import type {
  AuthorizationPolicy,
  AuthorizationPolicySpec,
  PeerAuthentication,
  PeerAuthenticationSpec,
} from "../src/model/policy.ts";

/** A mesh by hand: what a test does not say is empty, and everything about the release and the mesh config is stated. */
export function handMesh(
  parts: Partial<Omit<Mesh, "inventory">> & Partial<Mesh["inventory"]> = {},
): Mesh {
  const { namespaces = [], workloads = [], services = [], others = [], ...rest } = parts;
  return {
    release: { istio: "1.31.0", envoy: "1.39.3", stated: true },
    features: {},
    config: {},
    configLoaded: true,
    authorizationPolicies: [],
    requestAuthentications: [],
    peerAuthentications: [],
    inventory: { namespaces, workloads, services, others },
    locate: () => undefined,
    ...rest,
  };
}

export function handNamespace(name: string, labels: Readonly<Record<string, string>>): Namespace {
  return { key: { kind: "Namespace", namespace: "", name }, labels, annotations: {} };
}

export function handWorkload(
  reference: string, // Deployment/shop/orders
  parts: Partial<Omit<Workload, "key">> = {},
): Workload {
  const [kind = "", namespace = "", name = ""] = reference.split("/");
  return {
    key: { kind, namespace, name },
    labels: { app: name },
    annotations: {},
    serviceAccount: name,
    addresses: [],
    ports: [],
    ...parts,
  };
}

export function handService(
  reference: string, // shop/orders
  ports: readonly Partial<ServicePort>[],
  parts: Partial<Omit<Service, "key" | "ports">> = {},
): Service {
  const [namespace = "", name = ""] = reference.split("/");
  return {
    key: { kind: "Service", namespace, name },
    labels: {},
    annotations: {},
    selector: { app: name },
    clusterIps: ["10.96.0.1"],
    ports: ports.map((port) => ({
      port: 80,
      targetPort: port.port ?? 80,
      transport: "TCP",
      ...port,
    })),
    ...parts,
  };
}

export function handPolicy(reference: string, spec: AuthorizationPolicySpec): AuthorizationPolicy {
  const [namespace = "", name = ""] = reference.split("/");
  const key = { kind: "AuthorizationPolicy", namespace, name };
  return { key, labels: {}, annotations: {}, spec };
}

export function handPeer(reference: string, spec: PeerAuthenticationSpec): PeerAuthentication {
  const [namespace = "", name = ""] = reference.split("/");
  return {
    key: { kind: "PeerAuthentication", namespace, name },
    labels: {},
    annotations: {},
    spec,
  };
}

export function handObject(
  reference: string, // DestinationRule/shop/orders
  spec: Readonly<Record<string, unknown>>,
  createdAt?: number,
): Other {
  const [kind = "", namespace = "", name = ""] = reference.split("/");
  return {
    key: { kind, namespace, name },
    apiVersion: "networking.istio.io/v1",
    labels: {},
    annotations: {},
    ...(createdAt === undefined ? {} : { createdAt }),
    body: { spec },
  };
}
