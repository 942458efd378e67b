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
        nearest: ALLOW shop/orders[0]: serviceAccounts: cluster.local/ns/shop/sa/other does not match web
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

  test.each([
    ["kind: Suite", "kind: Suit", "3: `meshproof.dev` has no kind `Suit`"],
    ["kind: Suite", "kind: AuthzTest", "3: `meshproof.dev` has no kind `AuthzTest`"],
    ["meshproof.dev/", "meshprof.dev/", "1: a `Suite` of `meshprof.dev` is none of ours"],
  ])("says that a suite is none by a letter: %s", async (written, mistyped, told) => {
    const suite = files["suite.yaml"].replace("kind: Suite\n", "\nkind: Suite\n");
    const other = suite.replace("metadata: { name: orders }", "metadata: { name: other }");
    const folder = { ...files, "other.yaml": other.replace(written, mistyped) };
    const { code, err } = await authz(folder, "test");
    expect(code).toBe(2);
    expect(err).toContain(told.replace(/^(\d): /, "error suite/invalid-field: "));
    expect(err).toContain(`other.yaml:${told.slice(0, 1)}:`);
    const report = '{"apiVersion":"meshproof.dev/v1alpha1","kind":"CheckResult","results":[]}';
    expect((await authz({ ...files, "report.json": report }, "test")).code).toBe(1);
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

  describe("several meshes", () => {
    const wider = files["policies.yaml"].replace("[web]", "[web, other]");
    const both = {
      "suite.yaml": files["suite.yaml"].replace(
        "mesh: policies.yaml",
        "meshes: { prod: prod, dev: [dev] }",
      ),
      "prod/policies.yaml": files["policies.yaml"],
      "dev/policies.yaml": wider,
    };

    test("a suite runs under each of its meshes, named in the output", async () => {
      const { code, out } = await authz(both, "test");
      expect(code).toBe(1);
      expect(out).toContain("✗ orders (prod): others read\n");
      expect(out).not.toContain("(dev)");
      expect(out).toContain("3 passed, 1 failed, 2 skipped (2 suites)\n");
    });

    test("--mesh replaces them", async () => {
      const { code, out } = await authz(both, "test", "--mesh", "next=dev", "-v");
      expect(code).toBe(0);
      expect(out).toContain("✓ orders (next): others read\n");
      expect(out).not.toContain("prod");
    });

    test("a mesh that is not there is an error at its place", async () => {
      const lost = { ...both, "suite.yaml": both["suite.yaml"].replace("[dev]", "[dev, staging]") };
      const { code, err } = await authz(lost, "test");
      expect(code).toBe(2);
      expect(err).toContain("suite.yaml:5:36: error suite/unreadable-file: no file at `staging`");
    });

    test.each([
      [["--mesh", "dev"], "`--mesh dev`: NAME=PATH"],
      [["--mesh", "dev=dvelopment"], "no file at `dvelopment`"],
      [["--mesh", "dev=dev", "-f", "prod"], "`-f`, or `--mesh NAME=PATH`: not both"],
    ])("%j is a misuse", async (args, message) => {
      const { code, err } = await authz(both, "test", ...args);
      expect([code, err.split("\n")[0]]).toEqual([2, `authz: ${message}`]);
    });
  });
});
