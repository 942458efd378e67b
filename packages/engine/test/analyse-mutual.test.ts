import { expect, test } from "vitest";
import type { Invariant } from "../src/analyse/api.ts";
import { prove } from "../src/analyse/prove.ts";
import { evaluate } from "../src/evaluate.ts";
import { meshFrom } from "./gateway-world.ts";

const world = (mode: string): string => `
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
spec: {selector: {app: orders}, ports: [{name: http, port: 80, targetPort: 8080}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: ingress, namespace: shop}
spec: {template: {metadata: {labels: {app: ingress}, annotations: {inject.istio.io/templates: gateway}}}}
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: edge, namespace: shop}
spec:
  selector: {app: ingress}
  servers: [{port: {number: 443, name: s, protocol: HTTPS}, tls: {mode: ${mode}, credentialName: c}, hosts: ["*.test"]}]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: orders, namespace: shop}
spec: {hosts: [a.test], gateways: [edge], http: [{route: [{destination: {host: orders}}]}]}
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: edge, namespace: shop}
spec:
  selector: {matchLabels: {app: ingress}}
  rules: [{from: [{source: {principals: [partner.test/ns/a/sa/b]}}]}]
`;

const partner = { from: [{ source: { principals: ["partner.test/ns/a/sa/b"] } }] };
const through = "gateway/shop/ingress";

test.each([
  ["MUTUAL", "never-allowed", "violated"],
  ["OPTIONAL_MUTUAL", "never-allowed", "violated"],
  ["SIMPLE", "never-allowed", "holds"],
  ["MUTUAL", { "allowed-only-if": [partner] }, "holds"],
] as const)("at a gateway with %s, behind which %j is asked: %s", (mode, expected, result) => {
  const mesh = meshFrom(world(mode));
  const target = { through, namespace: "shop", workload: "orders" };
  const stated: Invariant = {
    name: "it",
    target,
    requests: { protocol: "http" },
    expect: expected,
  };
  const [proof] = prove(mesh, [stated]);
  expect([proof?.result, proof?.undecided]).toEqual([result, []]);
  for (const { witness } of proof?.violations.flatMap(({ regions }) => regions) ?? []) {
    expect(witness.request.from).toBe("spiffe://partner.test/ns/a/sa/b");
    expect(evaluate(mesh, witness.request).decision).toBe("allow");
  }
});

test("whose certificate a client shows to a gateway is known where it is stated", () => {
  const mesh = meshFrom(world("MUTUAL"));
  const asked = { to: "gateway/shop/ingress:443", http: "GET a.test/" } as const;
  const decision = (from: string, transport?: "mtls" | "tls"): string =>
    evaluate(mesh, { ...asked, from, ...(transport ? { transport } : {}) }).decision;
  expect(decision("spiffe://partner.test/ns/a/sa/b", "mtls")).toBe("allow");
  expect(decision("spiffe://partner.test/ns/a/sa/c", "mtls")).toBe("deny");
  expect(decision("sa/shop/orders", "mtls")).toBe("undetermined");
  expect(decision("external/203.0.113.9")).toBe("undetermined");
});

const open = (mode: string): string =>
  world(mode).replace(
    "rules: [{from: [{source: {principals: [partner.test/ns/a/sa/b]}}]}]",
    "rules: [{from: [{source: {notNamespaces: [a]}}]}]",
  );
const nameless = { from: [{ source: { notPrincipals: ["*"] } }] };

test.each([
  ["MUTUAL", nameless, { uris: [] }],
  ["OPTIONAL_MUTUAL", nameless, undefined],
  ["MUTUAL", { from: [{ source: { principals: ["*"], notNamespaces: ["*"] } }] }, "dns"],
  ["ISTIO_MUTUAL", nameless, "vacuous"],
] as const)(
  "at a gateway with %s a certificate may hold other names than Istio's, or none: %j",
  (mode, from, shown) => {
    const mesh = meshFrom(open(mode));
    const requests = { protocol: "http", ...from } as const;
    const point = { target: { workload: "ingress" }, requests, expect: "never-allowed" } as const;
    const way = { ...point, target: { through, namespace: "shop", workload: "orders" } };
    for (const stated of [point, way]) {
      const [proof] = prove(mesh, [{ name: "it", ...stated }]);
      expect([proof?.result, proof?.undecided]).toEqual([
        shown === "vacuous" ? "holds-vacuously" : "violated",
        [],
      ]);
      for (const { witness } of proof?.violations.flatMap(({ regions }) => regions) ?? []) {
        expect(evaluate(mesh, witness.request).decision).toBe("allow");
        const { certificate } = witness.request.connection ?? {};
        if (shown === "dns") expect(certificate?.uris).toEqual([]);
        else expect(certificate).toEqual(shown);
      }
    }
  },
);
