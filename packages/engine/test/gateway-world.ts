import { programFor } from "../src/istiod/program.ts";
import { loadMesh } from "../src/load.ts";
import type { Mesh } from "../src/model/mesh.ts";
import type { FilterChain, Listener, Program, Proxy } from "../src/model/program.ts";

/** A mesh of YAML documents, past any admission. */
export function meshFrom(
  text: string,
  options: { readonly istio?: string; readonly features?: Readonly<Record<string, string>> } = {},
): Mesh {
  const { mesh } = loadMesh({
    files: [{ path: "mesh.yaml", text }],
    istio: "1.31",
    admission: "bypass",
    allowEmpty: true,
    ...options,
  });
  return mesh;
}

/** Orders of a namespace with a label, behind a Gateway of the Gateway API: `gateway/shop/edge`. */
export function ordersBehindEdge(label: string): string {
  return `apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {${label}}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: orders, namespace: shop}
spec: {template: {metadata: {labels: {app: orders}}}}
---
apiVersion: v1
kind: Service
metadata: {name: orders, namespace: shop}
spec: {selector: {app: orders}, ports: [{name: http, port: 80, targetPort: 8080}]}
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: edge, namespace: shop}
spec: {gatewayClassName: istio, listeners: [{name: http, port: 80, protocol: HTTP}]}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: orders, namespace: shop}
spec: {parentRefs: [{name: edge}], rules: [{backendRefs: [{name: orders, port: 80}]}]}
---
`;
}

/** The classic gateway of the tests: Service ports 80, 443 and 31400 lead to 8080, 8443 and 31400. */
export const gateway: Proxy = {
  kind: "gateway",
  namespace: "istio-system",
  name: "gw-1",
  labels: { istio: "ingressgateway" },
  serviceAccount: "gw",
  addresses: ["10.9.9.10"],
  ports: [
    [80, 8080],
    [443, 8443],
    [31400, 31400],
  ].map(([port = 0, target = 0]) => ({
    port: target,
    protocol: "tcp",
    service: { host: "ingress.istio-system.svc.cluster.local", port },
  })),
};

/** A Gateway of these servers, and routes that take everything. */
export function classic(servers: readonly string[], more = ""): Mesh {
  return meshFrom(`
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: g, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
${servers.map((server) => `  - ${server}`).join("\n")}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: all, namespace: istio-system}
spec:
  hosts: ["*"]
  gateways: [g]
  http: [{route: [{destination: {host: shop.shop.svc.cluster.local}}]}]
  tcp: [{route: [{destination: {host: shop.shop.svc.cluster.local}}]}]
  tls: [{match: [{sniHosts: [pass.example.com]}], route: [{destination: {host: shop.shop.svc.cluster.local}}]}]
---
${more}`);
}

export function programOf(mesh: Mesh, proxy: Proxy = gateway): Program {
  return programFor(mesh, proxy);
}

/** A listener as "8080: http[*]  tcp!required[a.example.com]". */
export function listenerText({ port, chains, address, refused }: Listener): string {
  const at = address === undefined ? `${port}` : `${address}:${port}`;
  return `${at}:${refused ? " refused" : ""} ${chains.map(chainText).join(" ")}`;
}

function chainText({ kind, tls, match }: FilterChain): string {
  const names = match.serverNames ? `[${match.serverNames.join(" ")}]` : "";
  return `${kind}${tls ? `!${tls.clientCertificate}` : ""}${names}`;
}

export function listenersOf(mesh: Mesh, proxy: Proxy = gateway): readonly string[] {
  return programOf(mesh, proxy).listeners.map(listenerText);
}
