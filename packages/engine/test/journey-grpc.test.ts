import { expect, test } from "vitest";
import { evaluate } from "../src/evaluate.ts";
import { meshFrom } from "./gateway-world.ts";

/** A client with a sidecar; orders takes mutual TLS only, which the client is told not to speak; nothing is behind void. */
const world = `
apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {istio-injection: enabled}}
---
apiVersion: v1
kind: Service
metadata: {name: orders, namespace: shop}
spec: {clusterIP: 10.96.0.1, selector: {app: orders}, ports: [{port: 80, targetPort: 8080, name: grpc}]}
---
apiVersion: v1
kind: Service
metadata: {name: void, namespace: shop}
spec: {clusterIP: 10.96.0.2, ports: [{port: 80, name: grpc}]}
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {name: void, namespace: shop, labels: {kubernetes.io/service-name: void}}
addressType: IPv4
endpoints: []
---
apiVersion: v1
kind: Pod
metadata: {name: orders, namespace: shop, labels: {app: orders, security.istio.io/tlsMode: istio}}
spec: {serviceAccountName: orders, containers: [{name: app}, {name: istio-proxy, args: [proxy, sidecar]}]}
status: {podIP: 10.0.0.1}
---
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop, labels: {app: web, security.istio.io/tlsMode: istio}}
spec: {serviceAccountName: web, containers: [{name: app}, {name: istio-proxy, args: [proxy, sidecar]}]}
status: {podIP: 10.0.0.2}
`;
const strict = `
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: {name: p, namespace: shop}
spec: {mtls: {mode: STRICT}}
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: d, namespace: shop}
spec: {host: orders.shop.svc.cluster.local, trafficPolicy: {tls: {mode: DISABLE}}}
`;
const routed = (rule: string): string => `
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: v, namespace: shop}
spec: {hosts: [orders.shop.svc.cluster.local], http: [${rule}]}
`;
const orders = "destination: {host: orders.shop.svc.cluster.local}";
const aborted = routed(
  `{fault: {abort: {httpStatus: 418, percentage: {value: 100}}}, route: [{${orders}}]}`,
);
const elsewhere = "{host: orders.shop.svc.cluster.local, port: {number: 81}}";
const nowhere = routed(`{route: [{destination: ${elsewhere}}]}`);

test.each<[string, string, string, number, number]>([
  ["a Service has no endpoints", "void", "", 503, 14],
  ["the server does not take the transport", "orders", strict, 503, 14],
  ["a route leads to a port that a Service does not have", "orders", nowhere, 503, 14],
  ["a fault is injected", "orders", aborted, 418, 2],
])("gRPC gets 200 and a status of its own where %s", (_, service, more, status, grpcStatus) => {
  const mesh = meshFrom(world + more);
  const asked = { from: "pod/shop/web", to: `svc/shop/${service}:80` };
  const { outcome: plain } = evaluate(mesh, { ...asked, http: "GET /" });
  const { outcome: called } = evaluate(mesh, { ...asked, grpc: "shop.Orders/Get" });
  expect([plain?.status, plain?.grpcStatus]).toEqual([status, undefined]);
  expect([called?.status, called?.grpcStatus]).toEqual([200, grpcStatus]);
});
