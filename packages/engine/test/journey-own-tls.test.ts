import { expect, test } from "vitest";
import { evaluate } from "../src/evaluate.ts";
import { meshFrom } from "./gateway-world.ts";

/** A Service with an HTTP port and one of TLS, and callers with and without a sidecar. */
const world = `
apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {istio-injection: enabled}}
---
apiVersion: v1
kind: Namespace
metadata: {name: bare}
---
apiVersion: v1
kind: Service
metadata: {name: orders, namespace: shop}
spec:
  clusterIP: 10.96.0.1
  selector: {app: orders}
  ports: [{port: 443, targetPort: 8080, name: http}, {port: 8443, targetPort: 8443, name: https}]
---
apiVersion: v1
kind: Pod
metadata: {name: orders, namespace: shop, labels: {app: orders}}
spec: {serviceAccountName: orders, containers: [{name: app}, {name: istio-proxy, args: [proxy, sidecar]}]}
status: {podIP: 10.0.0.1}
---
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop, labels: {app: web}}
spec: {serviceAccountName: web, containers: [{name: app}, {name: istio-proxy, args: [proxy, sidecar]}]}
status: {podIP: 10.0.0.2}
---
apiVersion: v1
kind: Pod
metadata: {name: job, namespace: bare, labels: {app: job}}
spec: {serviceAccountName: job, containers: [{name: app}]}
status: {podIP: 10.0.0.3}
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: no-admin, namespace: shop}
spec: {action: DENY, rules: [{to: [{operation: {paths: [/admin], ports: ["8080"]}}]}]}
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: by-name, namespace: shop}
spec: {action: DENY, rules: [{when: [{key: connection.sni, values: [orders.shop]}]}]}
`;
const mesh = meshFrom(world);

test.each<[string, string, string, string | undefined]>([
  ["pod/bare/job", "http://orders.shop:443/admin", "reply", undefined],
  ["pod/bare/job", "https://orders.shop/admin", "no-chain", undefined],
  ["pod/bare/job", "https://10.96.0.1/admin", "no-chain", undefined],
  ["pod/bare/job", "https://10.0.0.1:8080/admin", "no-chain", undefined],
  ["pod/bare/job", "https://orders.shop:8443/admin", "closed", "by-name"],
  ["pod/bare/job", "https://10.96.0.1:8443/admin", "forwarded", undefined],
  ["pod/shop/web", "https://10.96.0.1:8443/admin", "forwarded", undefined],
  ["pod/shop/web", "https://orders.shop:8443/admin", "forwarded", undefined],
  ["pod/shop/web", "https://10.96.0.1/admin", "no-chain", undefined],
])("%s opens TLS of its own to %s: %s", (from, to, kind, by) => {
  const { outcome, by: rules } = evaluate(mesh, { from, to, http: "GET" }, {});
  expect(outcome?.kind).toBe(kind);
  if (by !== undefined) expect(rules.map(({ policy }) => policy.name)).toEqual([by]);
});

test("a host outside the mesh speaks TLS on the ports of HTTPS: what a sidecar opens it to is answered", () => {
  const text = `
apiVersion: v1
kind: Namespace
metadata: { name: s, labels: { istio-injection: enabled } }
---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: api, namespace: s }
spec: { hosts: [api.example.com], resolution: DNS, ports: [{ number: 80, name: http, protocol: HTTP, targetPort: 443 }, { number: 81, name: http-b, protocol: HTTP }] }
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: api, namespace: s }
spec: { host: api.example.com, trafficPolicy: { tls: { mode: SIMPLE } } }
`;
  const mesh = meshFrom(text);
  const outcome = (port: number) =>
    evaluate(mesh, { from: "sa/s/a", to: `http://api.example.com:${port}/`, http: "GET /a" })
      .branches[0].outcome;
  expect(outcome(80)).toMatchObject({ kind: "forwarded", received: { path: "/a" } });
  expect(outcome(81)).toMatchObject({ status: 503 }); // recorded of a server without TLS
});
