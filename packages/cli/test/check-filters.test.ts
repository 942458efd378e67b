import { describe, expect, test } from "vitest";
import { authz } from "./program.ts";

const mesh = `apiVersion: networking.istio.io/v1alpha3
kind: EnvoyFilter
metadata: { name: lua, namespace: shop }
spec:
  configPatches:
  - applyTo: HTTP_FILTER
    match: { context: SIDECAR_INBOUND }
    patch: { operation: INSERT_FIRST, value: { name: lua } }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: all, namespace: shop }
spec: { rules: [{}] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: agent, namespace: shop }
spec: { template: { metadata: { labels: { app: agent } }, spec: { hostNetwork: true } } }
`;

const suite = (environment: string): string => `apiVersion: meshproof.dev/v1alpha1
kind: Suite
metadata: { name: filters }
spec:
  mesh: [mesh.yaml]
  environment: { istio: "1.31"${environment} }
  given: { from: sa/shop/web, to: { namespace: shop, port: 8080 }, http: GET / }
  tests: [{ name: may pass, expect: allow }]
`;

const check = (...args: readonly string[]) =>
  authz({ "mesh.yaml": mesh }, "check", "-f", "mesh.yaml", "--istio", "1.31", ...args);

describe("an EnvoyFilter on the proxy", () => {
  const request = ["--from", "sa/shop/web", "--to", "ns/shop:8080", "--http", "GET /"];

  test("leaves the request undetermined, and the report names it", async () => {
    const { out } = await check(...request);
    expect(out).toContain("depends on filters:EnvoyFilter/shop/lua");
  });

  test("decides nothing where a flag states that", async () => {
    const { out } = await check(...request, "--assume", "filters");
    expect(out).toMatch(/^allow/m);
  });

  test.each([
    ["", 1],
    [", assume: filters", 0],
  ])("fails a test unless its suite states what it does: %j", async (environment, code) => {
    const files = { "mesh.yaml": mesh, "suite.yaml": suite(environment) };
    expect((await authz(files, "test", "suite.yaml")).code).toBe(code);
  });
});

test("a workload that nothing guards stands out in the table", async () => {
  const { out } = await check("--from", "none", "--to", "deploy/shop/agent:8080");
  expect(out).toMatch(/^allow .* NOT ENFORCED: no data plane/m);
});
