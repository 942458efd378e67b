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
  mesh: policies.yaml
  namespace: shop
  environment: { istio: "1.31" }
  workloads: { orders: { ports: { 8080: http } } }
  given: { to: "orders:8080", http: GET / }
  tests:
  - { name: web reads, request: { from: sa/shop/web }, expect: allow }
  - { name: others read, request: { from: sa/shop/other }, expect: allow }
  - { name: later, request: { from: sa/shop/other }, expect: deny, skip: "a < b" }
`,
};

describe("authz test", () => {
  test("prints what failed, and counts", async () => {
    const { code, out, err } = await authz(files, "test");
    expect([code, err]).toEqual([1, ""]);
    expect(out).toMatchInlineSnapshot(`
      "✗ orders: others read
        suite.yaml:12:5
        sa/shop/other -> orders:8080 GET /
        decision: expected allow, got deny 403 (no ALLOW rule matched (1 policy, 1 rule))
      1 passed, 1 failed, 1 skipped (1 suite)
      "
    `);
  });

  test("runs what --run names", async () => {
    expect((await authz(files, "test", "--run", "web*")).out).toBe(
      "1 passed, 0 failed (1 suite)\n",
    );
    expect((await authz(files, "test", "--run", "wbe*")).code).toBe(2);
  });

  test("stops at the first failure with --bail", async () => {
    const { out } = await authz(files, "test", "--bail", "suite.yaml");
    expect(out).toContain("1 passed, 1 failed (1 suite)\n");
  });

  test("wants an expectation of each request", async () => {
    const suite = files["suite.yaml"].replace(", expect: allow }", " }");
    const { code, err } = await authz({ ...files, "suite.yaml": suite }, "test", "suite.yaml");
    expect(code).toBe(2);
    expect(err).toContain("error suite/no-expectation: `web reads` expects nothing");
  });

  test.each(["junit", "tap", "markdown", "github"])("reports as %s", async (format) => {
    const { code, out, written } = await authz(
      files,
      "test",
      "-o",
      `${format}=report`,
      "-o",
      "pretty",
    );
    expect([code, out.includes("1 passed, 1 failed, 1 skipped")]).toEqual([1, true]);
    expect(written["report"]).toMatchSnapshot();
  });

  test("reports what it could not load", async () => {
    const broken = { ...files, "policies.yaml": "a: [" };
    const { code, out } = await authz(broken, "test", "-o", "junit");
    expect(code).toBe(2);
    expect(out).toContain("<error");
  });
});
