import { describe, expect, test } from "vitest";
import { authz } from "./program.ts";

const files = {
  "policies.yaml": `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: orders, namespace: shop }
spec: { rules: [{ from: [{ source: { serviceAccounts: [web] } }] }] }
`,
  "suite.yaml": `apiVersion: meshproof.dev/v1alpha1
kind: Suite
metadata: { name: orders }
spec:
  mesh: .
  namespace: shop
  environment: { istio: "1.31" }
  workloads: { orders: { ports: { 8080: http } } }
  given: { to: "orders:8080", http: GET / }
  tests:
  - { name: who reads, matrix: { from: [sa/shop/web, sa/shop/other] }, snapshot: true }
  - { name: web reads, request: { from: sa/shop/web }, expect: allow, snapshot: true }
`,
};

describe("snapshots", () => {
  test("are written beside the suite, and hold", async () => {
    const { code, err, written } = await authz(files, "test", "--update-snapshots");
    expect([code, err]).toEqual([0, "wrote suite.snap.yaml\n"]);
    expect(written["suite.snap.yaml"]).toMatchInlineSnapshot(`
      "# Written by \`authz test --update-snapshots\`: read what changed before it is committed.
      apiVersion: meshproof.dev/v1alpha1
      kind: Snapshot
      metadata:
        name: snapshot
        annotations: { config.kubernetes.io/local-config: "true" }
      suites:
        "orders":
          "web reads":
            "sa/shop/web -> orders:8080 GET /": "allow 200 by shop/orders[0]"
          "who reads":
            "sa/shop/other -> orders:8080 GET /": "deny 403 at allow"
            "sa/shop/web -> orders:8080 GET /": "allow 200 by shop/orders[0]"
      "
    `);
    const again = await authz({ ...files, ...written }, "test");
    expect([again.code, again.out, again.err]).toEqual([0, "3 passed, 0 failed (1 suite)\n", ""]);
    expect((await authz({ ...files, ...written }, "test", "--update-snapshots")).written).toEqual(
      {},
    );
  });

  test("fail where they are missing or different", async () => {
    const { code, out } = await authz(files, "test");
    expect([code, out]).toEqual([1, expect.stringContaining("0 passed, 3 failed")]);
    const { written } = await authz(files, "test", "--update-snapshots");
    const policies = files["policies.yaml"].replace("[web]", "[other]");
    const changed = { ...files, ...written, "policies.yaml": policies };
    expect((await authz(changed, "test", "--run", "who reads")).out).toMatchInlineSnapshot(`
      "✗ orders: who reads
        suite.yaml:11:5
        sa/shop/web -> orders:8080 GET /
        snapshot: expected allow 200 by shop/orders[0], got deny 403 at allow
        nearest: ALLOW shop/orders[0]: serviceAccounts: cluster.local/ns/shop/sa/web does not match other
      ✗ orders: who reads
        suite.yaml:11:5
        sa/shop/other -> orders:8080 GET /
        snapshot: expected deny 403 at allow, got allow 200 by shop/orders[0]
      0 passed, 2 failed (1 suite)
      "
    `);
  });

  test("keep what did not run", async () => {
    const { written } = await authz(files, "test", "--update-snapshots");
    const policies = files["policies.yaml"].replace("[web]", "[web, other]");
    const changed = { ...files, ...written, "policies.yaml": policies };
    const update = ["test", "--update-snapshots", "--run", "who reads"];
    const text = (await authz(changed, ...update)).written["suite.snap.yaml"];
    expect(text).toContain('"sa/shop/other -> orders:8080 GET /": "allow');
    expect(text).toContain('"web reads":');
  });
});
