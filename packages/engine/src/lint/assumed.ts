import { gatewayNameLabel } from "../kubernetes/gateway-class.ts";
import type { Other, Service, Workload } from "../model/kubernetes.ts";
import type { Mesh } from "../model/mesh.ts";

/**
 * The mesh with servers for the gateways that stand in for unloaded ones: HTTP, and HTTPS that takes clients with a certificate and
 * without, for every host, and a workload behind them that takes everything. A finding about one may not hang on a port.
 */
export function assumedMesh(mesh: Mesh, standIns: readonly Workload[]): Mesh {
  const gateways = standIns.filter(({ dataPlane }) => dataPlane === "gateway");
  if (gateways.length === 0) return mesh;
  const { inventory } = mesh;
  return {
    ...mesh,
    inventory: {
      ...inventory,
      workloads: [...inventory.workloads, ...gateways, behind],
      services: [...inventory.services, door],
      others: [...inventory.others, ...gateways.flatMap(servers)],
    },
  };
}

const namespace = "behind-the-gateway";

const behind: Workload = {
  key: { kind: "Workload", namespace, name: "anything" },
  labels: { app: "anything" },
  annotations: {},
  serviceAccount: "default",
  addresses: [],
  ports: [],
  dataPlane: "none",
};

const door: Service = {
  key: { kind: "Service", namespace, name: "anything" },
  labels: {},
  annotations: {},
  selector: behind.labels,
  clusterIps: [],
  ports: [{ port: 80, name: "http", targetPort: 8080, transport: "TCP" }],
};

const destination = { host: `anything.${namespace}.svc.cluster.local`, port: { number: 80 } };

function servers({ key, labels }: Workload): readonly Other[] {
  const { namespace: own, name } = key;
  const isApi = labels[gatewayNameLabel] !== undefined;
  return isApi ? apiServers(own, name) : classicServers(own, name, labels);
}

function classicServers(own: string, name: string, labels: Workload["labels"]): readonly Other[] {
  const hosts = ["*"];
  const tls = { mode: "OPTIONAL_MUTUAL", credentialName: "any" };
  const spec = {
    selector: labels,
    servers: [
      { port: { number: 80, name: "http", protocol: "HTTP" }, hosts },
      { port: { number: 443, name: "https", protocol: "HTTPS" }, hosts, tls },
    ],
  };
  const routes = { hosts, gateways: [`${own}/${name}`], http: [{ route: [{ destination }] }] };
  const apiVersion = "networking.istio.io/v1";
  return [
    object("Gateway", apiVersion, { own, name, spec }),
    object("VirtualService", apiVersion, { own, name, spec: routes }),
  ];
}

function apiServers(own: string, name: string): readonly Other[] {
  const allowedRoutes = { namespaces: { from: "All" } };
  const spec = {
    gatewayClassName: "istio",
    listeners: [{ name: "http", port: 80, protocol: "HTTP", allowedRoutes }],
  };
  const backendRefs = [{ name: door.key.name, port: 80 }];
  const routes = { parentRefs: [{ name, namespace: own }], rules: [{ backendRefs }] };
  const apiVersion = "gateway.networking.k8s.io/v1";
  return [
    object("Gateway", apiVersion, { own, name, spec }),
    object("HTTPRoute", apiVersion, { own: namespace, name, spec: routes }),
  ];
}

interface Named {
  readonly own: string;
  readonly name: string;
  readonly spec: object;
}

function object(kind: string, apiVersion: string, { own, name, spec }: Named): Other {
  const metadata = { name, namespace: own };
  const body = { apiVersion, kind, metadata, spec };
  return { key: { kind, namespace: own, name }, apiVersion, labels: {}, annotations: {}, body };
}
