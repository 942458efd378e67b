import { describe, expect, test } from "vitest";
import { type AccessRequest, evaluate, loadMesh, type Verdict } from "../src/index.ts";

const waypoint = `apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: wp, namespace: shop }
spec: { gatewayClassName: istio-waypoint, listeners: [{ name: mesh, port: 15008, protocol: HBONE }] }
---
apiVersion: v1
kind: Service
metadata: { name: orders, namespace: shop }
spec: { selector: { app: orders }, ports: [{ name: http, port: 80, targetPort: 8080 }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: orders, namespace: shop }
spec:
  selector: { matchLabels: { app: orders } }
  template:
    metadata: { labels: { app: orders } }
    spec: { containers: [{ name: orders, image: orders }] }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: readers, namespace: shop }
spec:
  targetRefs: [{ kind: Service, group: "", name: orders }]
  rules: [{ to: [{ operation: { methods: [GET] } }] }]
`;
const namespace = (name: string, labels: string): string => `---
apiVersion: v1
kind: Namespace
metadata: { name: ${name}, labels: { ${labels} } }
`;
const ambient = "istio.io/dataplane-mode: ambient";
const shop = namespace("shop", `${ambient}, istio.io/use-waypoint: wp`);

function ask(text: string, asked: Partial<AccessRequest>): Verdict {
  const { mesh } = loadMesh({ files: [{ path: "mesh.yaml", text: `${waypoint}${text}` }] });
  return evaluate(mesh, { to: "svc/shop/orders:80", http: "POST /", ...asked });
}

describe("a service account of which no pod is loaded", () => {
  test.each([
    ["an ambient namespace", namespace("web", ambient), "deny", undefined],
    ["a namespace with sidecars", namespace("web", "istio-injection: enabled"), "allow", undefined],
    [
      "a namespace without either",
      namespace("web", "istio-injection: disabled"),
      "allow",
      undefined,
    ],
    ["a namespace that is not loaded, in ambient mode", "", "deny", "ambient"],
    ["a namespace without a label, in ambient mode", namespace("web", "a: b"), "allow", "none"],
    [
      "a namespace that is not loaded, where others have sidecars",
      namespace("old", "istio.io/rev: stable"),
      "allow",
      "sidecar",
    ],
  ])("is what pods are in %s", (_, text, decision, assumed) => {
    const verdict = ask(`${shop}${text}`, { from: "sa/web/web" });
    expect(verdict.decision).toBe(decision);
    const fact = verdict.facts.find(({ id }) => id === "data-plane:sa/web/web");
    expect(fact?.state === "assumed" ? fact.value : undefined).toBe(assumed);
  });
});

test.each([
  ["in an ambient mesh", ""],
  ["in a mesh with sidecars, too", namespace("old", "istio-injection: enabled")],
])("%s nobody knows whether anyone comes by the waypoint: who has an identity does", (_, text) => {
  const verdict = ask(`${shop}${text}`, {});
  expect(verdict.decision).toBe("undetermined");
  expect(verdict.facts.find(({ id }) => id === "from")?.then).toEqual([
    { value: "none", decision: "allow" },
    { value: "a workload of the mesh", decision: "deny" },
  ]);
});
