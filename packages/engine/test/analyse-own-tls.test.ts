import { expect, test } from "vitest";
import { prove } from "../src/analyse/prove.ts";
import { policyEffects } from "../src/analyse/rule-effects.ts";
import { evaluate } from "../src/evaluate.ts";
import { loadMesh } from "../src/load.ts";
import type { Mesh } from "../src/model/mesh.ts";
import type { PolicyRule } from "../src/model/policy.ts";

/** A sidecar that ends TLS of its own at one port, and mutual TLS of the mesh at all others. */
function meshWith(mode: string, policy: string): Mesh {
  const text = `
apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {istio-injection: enabled}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: orders, namespace: shop}
spec: {template: {metadata: {labels: {app: orders}}, spec: {serviceAccountName: orders}}}
---
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: {name: own, namespace: shop}
spec:
  ingress:
  - port: {number: 8443, name: https, protocol: HTTPS}
    defaultEndpoint: 127.0.0.1:8080
    tls: {mode: ${mode}, serverCertificate: /c, privateKey: /k, caCertificates: /a}
  - {port: {number: 8080, name: http, protocol: HTTP}, defaultEndpoint: 127.0.0.1:8080}
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: {name: own, namespace: shop}
spec: {selector: {matchLabels: {app: orders}}, mtls: {mode: STRICT}, portLevelMtls: {8443: {mode: DISABLE}}}
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: own, namespace: shop}
spec: ${policy}
`;
  const features = { ENABLE_TLS_ON_SIDECAR_INGRESS: "true" };
  const { mesh, findings } = loadMesh({ files: [{ path: "mesh.yaml", text }], features });
  expect(findings.map(({ message }) => message)).toEqual([]);
  return mesh;
}

const denied = "{action: DENY, rules: [{from: [{source: {namespaces: [batch]}}]}]}";
const batch: PolicyRule = { from: [{ source: { namespaces: ["batch"] } }] };
const nobody: PolicyRule = { from: [{ source: { notPrincipals: ["*"] } }] };

function at(port: string, rule: PolicyRule): PolicyRule {
  return { ...rule, to: [{ operation: { ports: [port] } }] };
}

test.each([
  ["a caller with an identity is nobody there", at("8443", batch), "violated", "mtls"],
  ["and is somebody elsewhere", at("8080", batch), "holds", undefined],
  ["who has no identity speaks TLS there", at("8443", nobody), "violated", "tls"],
  ["and gets in nowhere else", at("8080", nobody), "holds-vacuously", undefined],
])("where a sidecar ends TLS of its own, %s", (_, requests, result, transport) => {
  const mesh = meshWith("SIMPLE", denied);
  const target = { namespace: "shop" };
  const [proof] = prove(mesh, [{ name: "it", target, requests, expect: "never-allowed" }]);
  expect([proof?.result, proof?.undecided]).toEqual([result, []]);
  const witnesses = proof?.violations.flatMap(({ regions }) => regions) ?? [];
  expect(witnesses[0]?.witness.request.transport).toBe(transport);
  for (const { witness } of witnesses)
    expect(evaluate(mesh, witness.request).decision).toBe("allow");
});

test("rules about identities count at the other ports", () => {
  const effects = policyEffects(meshWith("SIMPLE", denied));
  const http = effects.filter(({ protocol }) => protocol === "http");
  expect(http.map(({ rules }) => rules.map(({ effect }) => effect)).sort()).toEqual([
    ["matters"],
    ["never-matches"],
  ]);
});

test("whose certificates another authority signs is not worked out at a sidecar", () => {
  const mesh = meshWith("MUTUAL", denied);
  const target = { namespace: "shop" };
  const [proof] = prove(mesh, [{ name: "it", target, requests: batch, expect: "never-allowed" }]);
  expect(proof?.result).toBe("undecided");
  expect(proof?.undecided[0]?.text).toContain("certificates of another authority");
});
