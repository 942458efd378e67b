import { describe, expect, test } from "vitest";
import { authz } from "./program.ts";

const policies = `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: orders, namespace: shop }
spec:
  selector: { matchLabels: { app: orders } }
  rules:
  - from: [{ source: { serviceAccounts: [web] } }]
    to: [{ operation: { methods: [POST], paths: ["/api/*"] } }]
  - from: [{ source: { requestPrincipals: ["https://login.example/*"] } }]
    when:
    - { key: "request.auth.claims[groups]", values: [admins] }
    - { key: "request.headers[x-tier]", values: ["gold*"] }
  - when: [{ key: source.namespace, values: [shop], notValues: [shop] }]
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: no-deletes, namespace: shop }
spec: { action: DENY, rules: [{ to: [{ operation: { methods: [DELETE] } }] }] }
---
apiVersion: security.istio.io/v1
kind: RequestAuthentication
metadata: { name: login, namespace: shop }
spec: { jwtRules: [{ issuer: "https://login.example" }] }
`;
const inventory = `apiVersion: v1
kind: Pod
metadata: { name: web-1, namespace: shop, labels: { app: web } }
spec: { serviceAccountName: web, containers: [{ name: web, ports: [{ containerPort: 8080 }] }] }
`;
const files = { "mesh/policies.yaml": policies, "mesh/inventory.yaml": inventory };

describe("authz init", () => {
  test("writes a test for every rule, which that rule decides", async () => {
    const { code, out, written } = await authz(files, "init", "mesh");
    expect(code).toBe(0);
    expect(out).toMatchInlineSnapshot(`
      "wrote mesh/suite.yaml: 1 actor, 3 tests
      no request was found that these rules decide:
        shop/orders[2]
      next: authz test mesh/suite.yaml --coverage
      "
    `);
    expect(written["mesh/suite.yaml"]).toMatchInlineSnapshot(`
      "# yaml-language-server: $schema=https://meshproof.dev/schemas/v1alpha1/suite.json
      apiVersion: meshproof.dev/v1alpha1
      kind: Suite
      metadata:
        name: mesh
        annotations: { config.kubernetes.io/local-config: "true" } # GitOps tools do not apply it
      spec:
        mesh: ["."]
        environment:
          istio: "1.31"
        keys:
          "https://login.example": trusted
        workloads:
          shop-orders: { namespace: shop, labels: { app: orders }, ports: { "8080": http } }
        actors:
          web: sa/shop/web
        tokens:
          token-1: { issuer: "https://login.example", claims: { sub: someone, groups: admins } }
        tests:
        - name: "shop/orders[0] decides POST /api/x from web"
          request: { from: web, to: "workload/shop/shop-orders:8080", http: POST /api/x }
          expect: { decision: allow, by: "shop/orders[0]" }
        - name: "shop/orders[1] decides GET / from web"
          request: { from: web, to: "workload/shop/shop-orders:8080", http: { method: GET, path: "/", headers: { x-tier: goldx } }, token: token-1 }
          expect: { decision: allow, by: "shop/orders[1]" }
        - name: "shop/no-deletes[0] decides DELETE / from web"
          request: { from: web, to: "ns/shop,app=web:8080", http: DELETE / }
          expect: { decision: deny, by: "shop/no-deletes[0]" }
      "
    `);
  });

  test("writes a suite that holds", async () => {
    const { written } = await authz(files, "init", "mesh");
    const { code, out } = await authz({ ...files, ...written }, "test", "mesh");
    expect([code, out]).toEqual([0, "3 passed, 0 failed (1 suite)\n"]);
  });

  test("replaces nothing without --force", async () => {
    const there = { ...files, "mesh/suite.yaml": "# mine\n" };
    const refused = await authz(there, "init", "mesh");
    expect([refused.code, refused.written]).toEqual([2, {}]);
    expect(Object.keys((await authz(there, "init", "mesh", "--force")).written)).toEqual([
      "mesh/suite.yaml",
    ]);
  });

  test.each([
    ["a folder without policies", { "mesh/inventory.yaml": inventory }],
    ["a mesh that cannot be read", { "mesh/policies.yaml": "a: [" }],
    ["an empty folder", { "other.yaml": "" }],
  ])("writes nothing for %s", async (_, given) => {
    const { code, written } = await authz(given, "init", "mesh");
    expect([code, written]).toEqual([2, {}]);
  });
});

test("a made-up workload listens where no port has an mTLS mode of its own", async () => {
  const peer = `apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: orders, namespace: shop }
spec:
  selector: { matchLabels: { app: orders } }
  portLevelMtls: { 8080: { mode: DISABLE } }
`;
  const { out, written } = await authz(
    { ...files, "mesh/peer.yaml": peer, "mesh/inventory.yaml": "" },
    ...["init", "mesh"],
  );
  expect(out).toContain("3 tests");
  expect(written["mesh/suite.yaml"]).toContain('ports: { "80": http }');
});
