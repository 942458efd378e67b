import { expect, test } from "vitest";
import { type AccessRequest, evaluate } from "../src/index.ts";
import { meshFrom } from "./gateway-world.ts";

/** A workload and a gateway that both read HTTP in plain text. */
const mesh = meshFrom(`
apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {istio-injection: enabled}}
---
apiVersion: v1
kind: Service
metadata: {name: orders, namespace: shop}
spec: {clusterIP: 10.96.0.1, selector: {app: orders}, ports: [{name: http, port: 80, targetPort: 8080}]}
---
apiVersion: v1
kind: Pod
metadata: {name: orders, namespace: shop, labels: {app: orders}}
spec: {containers: [{name: app}, {name: istio-proxy, args: [proxy, sidecar]}]}
status: {podIP: 10.0.0.1}
---
apiVersion: v1
kind: Pod
metadata: {name: job, namespace: bare}
spec: {containers: [{name: app}]}
status: {podIP: 10.0.0.3}
---
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop, labels: {app: web}}
spec: {containers: [{name: app}, {name: istio-proxy, args: [proxy, sidecar]}]}
status: {podIP: 10.0.0.2}
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: {name: off, namespace: shop}
spec: {mtls: {mode: DISABLE}}
---
apiVersion: v1
kind: Pod
metadata: {name: ingress, namespace: istio-system, labels: {istio: ingressgateway}}
spec: {containers: [{name: istio-proxy, args: [proxy, router]}]}
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: g, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers: [{port: {number: 8080, name: http, protocol: HTTP}, hosts: ["*"]}]
---
`);

const source = { ip: "192.0.2.7" };

// istiod 1.31 and Envoy 1.39.3: the proxy logs 400 http1.codec_error, the caller's handshake fails
test.each<[string, AccessRequest]>([
  ["a pod without a sidecar", { from: "pod/bare/job", to: "https://orders.shop:80/a" }],
  ["a pod with one", { from: "pod/shop/web", to: "https://10.96.0.1:80/a" }],
  ["whoever states it", { to: "pod/shop/orders:8080", transport: "tls", source, http: "GET /a" }],
  ["bytes inside of it", { to: "pod/shop/orders:8080", transport: "tls", source, http: "none" }],
  [
    "a client of a gateway",
    { to: "gateway/istio-system/ingress:8080", transport: "tls", source, http: "GET /a" },
  ],
])("TLS to a port that reads HTTP in plain text gets no status: %s", (_, request) => {
  const { decision, layer, branches = [] } = evaluate(mesh, request);
  expect([decision, layer]).toEqual(["deny", "mtls"]);
  for (const { outcome, hops } of branches) {
    expect(outcome).toEqual({ kind: "protocol-error", details: "http1.codec_error" });
    expect(hops.at(-1)?.outcome).toMatchObject({ kind: "protocol-error", status: 400 });
  }
  expect(branches.length).toBeGreaterThan(0);
});
