import { describe, expect, test } from "vitest";
import { authz } from "./program.ts";
import { kinds, world } from "./witness-world.ts";

describe("a counterexample that is saved is a test that runs, and fails until it is mended", () => {
  test.each(kinds)("%s", async (_, invariant, to) => {
    const invariants = `apiVersion: meshproof.dev/v1alpha1
kind: Invariants
metadata: { name: it }
spec:
  mesh: world.yaml
  environment: { istio: "1.31" }
  invariants: [{ name: nobody, ${invariant}, expect: never-allowed }]
`;
    const files = { "world.yaml": world, "it.yaml": invariants };
    const proved = await authz(files, "prove", "it.yaml", "--save-witness", "w.yaml");
    expect([proved.code, proved.written["w.yaml"]], proved.out + proved.err).toEqual([
      1,
      expect.anything(),
    ]);
    expect(proved.written["w.yaml"]).toContain(to);
    const tested = await authz({ ...files, ...proved.written }, "test", "w.yaml");
    expect(tested.out).toMatch(/^0 passed, [1-9]\d* failed/m);
    expect(tested.out).not.toContain("undetermined");
    expect(tested.code).toBe(1);
  });
});

test("over destinations with weights, a counterexample is the request to the gateway, whose test fails until none lets it in", async () => {
  const workloads = ["v1", "v2"]
    .map(
      (version) => `---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web-${version}, namespace: shop }
spec: { template: { metadata: { labels: { app: web, version: ${version} } } } }
---
apiVersion: v1
kind: Service
metadata: { name: web-${version}, namespace: shop }
spec: { selector: { app: web, version: ${version} }, ports: [{ name: http, port: 80, targetPort: 8080 }] }
`,
    )
    .join("");
  const refusing = (version: string): string => `---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: ${version}, namespace: shop }
spec:
  selector: { matchLabels: { version: ${version} } }
  action: DENY
  rules: [{ to: [{ operation: { paths: [/secret], ports: ["8080"] } }] }]
`;
  const route = `---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: web, namespace: shop }
spec:
  parentRefs: [{ name: edge }]
  rules:
  - matches: [{ path: { type: PathPrefix, value: /secret } }]
    backendRefs: [{ name: web-v1, port: 80, weight: 9 }, { name: web-v2, port: 80, weight: 1 }]
`;
  const invariants = `apiVersion: meshproof.dev/v1alpha1
kind: Invariants
metadata: { name: shop }
spec:
  mesh: mesh.yaml
  environment: { istio: "1.31" }
  invariants:
  - name: it
    target: { through: gateway/shop/edge, namespace: shop }
    requests: { protocol: http, to: [{ operation: { paths: [/secret] } }] }
    vacuous: ok
    expect: never-allowed
`;
  const files = {
    "mesh.yaml": world + workloads + route + refusing("v2"),
    "invariants.yaml": invariants,
  };
  const { written } = await authz(files, "prove", "invariants.yaml", "--save-witness", "it.yaml");
  const suite = written["it.yaml"] ?? "";
  expect(suite).toContain('to: "gateway/shop/edge:80"');
  const asked = await authz({ ...files, "it.yaml": suite }, "test", "it.yaml");
  expect([asked.code, asked.out.includes("got undetermined")]).toEqual([1, true]);
  const mesh = `${files["mesh.yaml"]}${refusing("v1")}`;
  const mended = await authz({ "mesh.yaml": mesh, "it.yaml": suite }, "test", "it.yaml");
  expect([mended.code, mended.out]).toEqual([0, expect.stringContaining("2 passed, 0 failed")]);
});

test("what comes as a copy is told, and neither written nor asked again: the answer that a test sees is another's", async () => {
  const mirroring = `---
apiVersion: v1
kind: Pod
metadata: { name: new, namespace: shop, labels: { app: new } }
spec: { containers: [] }
---
apiVersion: v1
kind: Service
metadata: { name: new, namespace: shop }
spec: { selector: { app: new }, ports: [{ name: http, port: 80, targetPort: 8080 }] }
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: new, namespace: shop }
spec:
  parentRefs: [{ name: edge }]
  rules:
  - matches: [{ path: { type: PathPrefix, value: /new } }]
    filters: [{ type: RequestMirror, requestMirror: { backendRef: { name: orders, port: 80 } } }]
    backendRefs: [{ name: new, port: 80 }]
`;
  const invariants = `apiVersion: meshproof.dev/v1alpha1
kind: Invariants
metadata: { name: it }
spec:
  mesh: world.yaml
  environment: { istio: "1.31" }
  invariants:
  - name: nothing new
    target: { through: gateway/shop/edge, namespace: shop, workload: orders }
    requests: { to: [{ operation: { paths: [/new, "/new/*"] } }] }
    expect: never-allowed
`;
  const files = { "world.yaml": world + mirroring, "it.yaml": invariants };
  const { code, out, err, written } = await authz(
    files,
    ...["prove", "it.yaml", "-v", "--save-witness", "w.yaml"],
  );
  expect([code, written]).toEqual([1, {}]);
  expect(out.replace(/\s+/g, " ")).toContain("over plaintext: allowed as a copy");
  expect(out).not.toContain("authz check");
  expect(err.replace(/\s+/g, " ")).toContain("or a copy of a request comes there");
});
