import { expect, test } from "vitest";
import { evaluate } from "../src/evaluate.ts";
import type { Decision } from "../src/model/fact.ts";
import { meshFrom } from "./gateway-world.ts";

const world = `
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
metadata: {name: orders, namespace: shop}
spec: {clusterIP: 10.96.0.1, selector: {app: orders}, ports: [{port: 80, targetPort: 8080, name: http}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: orders, namespace: shop}
spec: {template: {metadata: {labels: {app: orders}}, spec: {serviceAccountName: orders}}}
---
`;
const route = `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: v, namespace: shop}
spec:
  hosts: [orders]
  http:
  - {match: [{sourceLabels: {app: web}}], directResponse: {status: 403}}
  - {route: [{destination: {host: orders}}]}
---
`;
const sidecar = `
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: {name: s, namespace: c}
spec:
  workloadSelector: {labels: {app: web}}
  egress: [{hosts: ["./*"]}]
  outboundTrafficPolicy: {mode: REGISTRY_ONLY}
---
`;
const strict = `
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: {name: default, namespace: shop}
spec: {mtls: {mode: STRICT}}
---
`;
const past = (name: string): string =>
  workload(name).replace(
    "metadata: {labels:",
    'metadata: {annotations: {traffic.sidecar.istio.io/excludeOutboundPorts: "80"}, labels:',
  );
const workload = (name: string): string => `
apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}, namespace: c}
spec: {template: {metadata: {labels: {app: ${name}}}, spec: {serviceAccountName: web}}}
---
`;

test.each<[string, string, Decision]>([
  ["a route asks for labels, and no workload is loaded", route, "undetermined"],
  ["a Sidecar asks for labels, and no workload is loaded", sidecar, "undetermined"],
  ["the account's one workload has them", route + workload("web"), "deny"],
  ["the account's one workload has others", route + workload("jobs"), "allow"],
  [
    "of the account's workloads one has them",
    route + workload("web") + workload("jobs"),
    "undetermined",
  ],
  ["the account's one workload sends past its sidecar", strict + past("web"), "deny"],
  ["of its workloads one does", strict + past("web") + workload("jobs"), "undetermined"],
  ["none of its workloads does", strict + workload("web") + workload("jobs"), "allow"],
])("a caller of which only the account is known: %s", (_, more, decision) => {
  const mesh = meshFrom(world + more);
  const request = { from: "sa/c/web", to: "svc/shop/orders:80", http: "GET /" };
  expect(evaluate(mesh, request, {}).decision).toBe(decision);
});
