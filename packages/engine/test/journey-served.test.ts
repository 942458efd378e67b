import { expect, test } from "vitest";
import { evaluate } from "../src/evaluate.ts";
import { meshFrom } from "./gateway-world.ts";

/** A client with a sidecar, and orders in another namespace. */
const world = (annotations: string, more: string): string => `
apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {istio-injection: enabled}}
---
apiVersion: v1
kind: Namespace
metadata: {name: c, labels: {istio-injection: enabled}}
---
apiVersion: v1
kind: Service
metadata: {name: orders, namespace: shop, annotations: {${annotations}}}
spec: {clusterIP: 10.96.0.1, selector: {app: orders}, ports: [{port: 80, targetPort: 8080, name: http}]}
---
apiVersion: v1
kind: Pod
metadata: {name: orders, namespace: shop, labels: {app: orders, security.istio.io/tlsMode: istio}}
spec: {serviceAccountName: orders, containers: [{name: app}, {name: istio-proxy, args: [proxy, sidecar]}]}
status: {podIP: 10.0.0.1}
---
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: c, labels: {app: web, security.istio.io/tlsMode: istio}}
spec: {serviceAccountName: web, containers: [{name: app}, {name: istio-proxy, args: [proxy, sidecar]}]}
status: {podIP: 10.0.0.2}
---
${more}
`;
const entry = (account: string): string => `
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: e, namespace: shop}
spec:
  hosts: [e.example]
  addresses: [10.97.0.1]
  location: MESH_INTERNAL
  resolution: STATIC
  ports: [{number: 80, name: http, protocol: HTTP, targetPort: 8080}]
  endpoints: [{address: 10.0.0.1, labels: {security.istio.io/tlsMode: istio}${account}}]
`;
const leading = (destination: string): string => `${entry("")}---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: v, namespace: c}
spec: {hosts: [e.example], http: [{route: [{destination: ${destination}}]}]}
`;
const hidden = "networking.istio.io/exportTo: .";
const orders = "{host: orders.shop.svc.cluster.local}";

test.each<[string, string, string, number | undefined]>([
  ["a ServiceEntry names no account", "", entry(""), undefined],
  ["it names the account of its endpoint", "", entry(", serviceAccount: orders"), undefined],
  ["it names another one, and the client refuses", "", entry(", serviceAccount: vm"), 503],
  ["a route leads to a Service", "", leading(orders), undefined],
  ["a route leads to a Service that only its namespace sees", hidden, leading(orders), 503],
  [
    "a route leads to a port that a Service does not have",
    "",
    leading("{host: orders.shop.svc.cluster.local, port: {number: 81}}"),
    503,
  ],
])("what a client's sidecar comes to: %s", (_, annotations, more, status) => {
  const mesh = meshFrom(world(annotations, more));
  const request = { from: "pod/c/web", to: "http://e.example:80", http: "GET /" };
  const { decision, outcome } = evaluate(mesh, request, {});
  expect([decision, outcome?.status]).toEqual([status === undefined ? "allow" : "deny", status]);
});
