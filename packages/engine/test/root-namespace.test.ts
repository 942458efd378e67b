import { expect, test } from "vitest";
import { evaluate, loadMesh } from "../src/index.ts";

function decisionAt(mode: "sidecar" | "ambient", meshConfig: string): string {
  const text = `apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { ${mode === "sidecar" ? "istio-injection: enabled" : "istio.io/dataplane-mode: ambient"} } }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: istio, namespace: istio-system }
data:
  mesh: |
    ${meshConfig}
---
apiVersion: v1
kind: Pod
metadata: { name: orders, namespace: shop, labels: { app: orders } }
spec: { containers: [{ name: orders, ports: [{ containerPort: 8080, name: http }] }] }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: none, namespace: istio-system }
spec: {}
`;
  const { mesh } = loadMesh({ files: [{ path: "mesh.yaml", text }] });
  const to = "pod/shop/orders:8080";
  return evaluate(mesh, { from: "sa/shop/web", to, http: "GET /a" }).decision;
}

// At sidecars a real istiod 1.31 and Envoy 1.39 showed this; ztunnel's is istio/istio:pilot/pkg/serviceregistry/ambient/policies.go.
test.each([
  ["sidecar", 'rootNamespace: ""', "allow"],
  ["sidecar", "rootNamespace: istio-system", "deny"],
  ["sidecar", "trustDomain: cluster.local", "deny"],
  ["ambient", 'rootNamespace: ""', "allow"],
  ["ambient", "rootNamespace: istio-system", "deny"],
  ["ambient", "trustDomain: cluster.local", "deny"],
] as const)(
  "%s: with %s a policy of istio-system for all is answered %s",
  (mode, config, wanted) => {
    expect(decisionAt(mode, config)).toBe(wanted);
  },
);
