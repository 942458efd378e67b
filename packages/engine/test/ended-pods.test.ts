import { expect, test } from "vitest";
import { matrix } from "../src/analyse/matrix.ts";
import { checkRequest, evaluate } from "../src/index.ts";
import { accountsOf } from "../src/lint/accounts.ts";
import { lintMesh } from "../src/lint.ts";
import { loadMesh } from "../src/load.ts";
import type { Mesh } from "../src/model/mesh.ts";

/** A mesh as a cluster shows it: a pod that runs, and one that may have ended. */
function meshOf(phase: string, image = "1.29.2"): Mesh {
  const text = `apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio-injection: enabled } }
---
apiVersion: v1
kind: Service
metadata: { name: orders, namespace: shop }
spec: { selector: { app: orders }, ports: [{ name: http, port: 80, targetPort: 8080 }] }
---
apiVersion: v1
kind: Pod
metadata: { name: orders-1, namespace: shop, labels: { app: orders }, annotations: { sidecar.istio.io/status: "{}" } }
spec: { serviceAccountName: orders, containers: [{ name: app }] }
status: { phase: Running, podIP: 10.0.0.1 }
---
apiVersion: v1
kind: Pod
metadata: { name: orders-0, namespace: shop, labels: { app: orders } }
spec: { serviceAccountName: before, containers: [{ name: app }] }
status: { phase: ${phase}, podIP: 10.0.0.2 }
---
apiVersion: v1
kind: Pod
metadata: { name: istiod-0, namespace: istio-system, labels: { app: istiod } }
spec: { containers: [{ name: discovery, image: "docker.io/istio/pilot:${image}" }] }
status: { phase: ${phase} }
---
apiVersion: v1
kind: Pod
metadata: { name: istiod-1, namespace: istio-system, labels: { app: istiod } }
spec: { containers: [{ name: discovery, image: "docker.io/istio/pilot:1.29.5" }] }
status: { phase: Running }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: nobody, namespace: shop }
spec: {}
`;
  return loadMesh({ files: [{ path: "m.yaml", text }] }).mesh;
}

const request = { from: "sa/shop/web", to: "svc/shop/orders:80", http: "GET /" };

test.each([
  ["Running", "undetermined", 2],
  ["Pending", "undetermined", 2],
  ["Succeeded", "deny", 1],
  ["Failed", "deny", 1],
])("a pod in phase %s: what is sent to its Service is %s", (phase, decision, points) => {
  const mesh = meshOf(phase, "1.29.5");
  expect(evaluate(mesh, request).decision).toBe(decision);
  const inShop = matrix(mesh).points.filter(({ proxy }) => proxy.namespace === "shop");
  expect(inShop.length).toBe(points);
  const unenforced = lintMesh(mesh).filter(({ code }) => code === "binding/unenforced");
  expect(unenforced.length).toBe(points - 1);
});

test("a pod that has ended says nothing of the release", () => {
  expect(meshOf("Failed").release.istio).toBe("1.29.5");
});

test("its account may come again, and nothing is sent to it", () => {
  const mesh = meshOf("Succeeded");
  expect(accountsOf(mesh)).toContain("spiffe://cluster.local/ns/shop/sa/before");
  expect(matrix(mesh).callers).toContain("sa/shop/before");
  const [problem] = checkRequest(mesh, { ...request, to: "pod/shop/orders-0:8080" });
  expect(problem?.message).toBe(
    "`pod/shop/orders-0` has run to its end: nothing is there any more",
  );
});
