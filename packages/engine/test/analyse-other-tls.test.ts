import { expect, test } from "vitest";
import { prove } from "../src/analyse/prove.ts";
import { evaluate } from "../src/evaluate.ts";
import type { AccessRequest } from "../src/model/access-request.ts";
import { meshFrom } from "./gateway-world.ts";

const ports = { http: 8080, tcp: 9000, any: 7000, "https-own": 7443 };
const services = Object.entries(ports).map(([name, port]) => `{name: ${name}, port: ${port}}`);

const world = (mode: string, rule: string): string => `
apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {istio-injection: enabled}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: orders, namespace: shop}
spec: {template: {metadata: {labels: {app: orders}}, spec: {serviceAccountName: orders}}}
---
apiVersion: v1
kind: Service
metadata: {name: orders, namespace: shop}
spec: {selector: {app: orders}, ports: [${services.join(", ")}]}
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: {name: default, namespace: shop}
spec: {mtls: {mode: ${mode}}}
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: p, namespace: shop}
spec: {action: DENY, rules: [${rule}]}
`;

const rules = [
  "{to: [{operation: {ports: ['9000']}}]}",
  "{from: [{source: {notPrincipals: ['*']}}]}",
  "{from: [{source: {ipBlocks: [10.1.0.0/16]}}]}",
  "{to: [{operation: {methods: [GET], ports: ['7000']}}]}",
];

test("what is sent in TLS of the application's own is bytes to a sidecar, and is answered as bytes in plain text are", () => {
  for (const mode of ["PERMISSIVE", "STRICT", "DISABLE"])
    for (const rule of rules)
      for (const port of Object.values(ports)) {
        const mesh = meshFrom(world(mode, rule));
        const ask = (more: Pick<AccessRequest, "transport" | "http">): string =>
          evaluate(mesh, {
            from: "none",
            to: `deploy/shop/orders:${port}`,
            source: { ip: "10.2.0.1" },
            ...more,
          }).decision;
        const said = JSON.stringify({ mode, rule, port });
        const bytes = ask({ transport: "plaintext", http: "none" });
        expect(ask({ transport: "tls", http: "none" }), said).toBe(bytes);
        expect(ask({ transport: "tls", http: { method: "GET", path: "/" } }), said).toBe(bytes);
      }
});

test("and answers say so", () => {
  const mesh = meshFrom(world("PERMISSIVE", rules[1] ?? ""));
  const [proof] = prove(mesh, [{ name: "it", expect: "never-allowed" }]);
  expect(proof?.assumptions.join("; ")).toContain(
    "other TLS than the mesh's is bytes to a proxy, but where a gateway's server or a Sidecar's ingress ends it",
  );
});
