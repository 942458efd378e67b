import { describe, expect, test } from "vitest";
import { authz } from "./program.ts";

const files = {
  "policies.yaml": `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: orders, namespace: shop }
spec:
  rules:
  - from: [{ source: { serviceAccounts: [web, admin] } }]
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
  - { name: others do not, request: { from: sa/shop/other }, expect: deny }
`,
};

describe("authz test --coverage", () => {
  test("lists what no test hangs on", async () => {
    const { code, out } = await authz(files, "test", "--coverage");
    expect(code).toBe(0);
    expect(out).toMatchInlineSnapshot(`
      "2 passed, 0 failed (1 suite)
      coverage 80%: policies 1/1, rules 1/1, entries 1/1, values 1/2
      layers: allow 2; outcomes: forwarded 1, reply 403 1
      not covered:
        policies.yaml:6:47  shop/orders[0] from[0].serviceAccounts admin  no test fails without it
      "
    `);
  });

  test("fails below the threshold", async () => {
    expect((await authz(files, "test", "--coverage-threshold", "80")).code).toBe(0);
    const { code, err } = await authz(files, "test", "--coverage-threshold", "81");
    expect([code, err]).toEqual([1, "coverage is below 81%\n"]);
  });

  test.each(["lcov", "cobertura", "json", "html"])("is written as %s", async (format) => {
    const { written } = await authz(files, "test", "--coverage-output", `${format}=report`);
    expect(written["report"]).toMatchSnapshot();
  });

  test("is a page that loads nothing, marks each value, and escapes what it shows", async () => {
    const hostile = {
      ...files,
      "policies.yaml": files["policies.yaml"].replace("admin", '"<b>&"'),
    };
    const { written } = await authz(hostile, "test", "--coverage-output", "html=report");
    const page = written["report"] ?? "";
    expect(page).not.toMatch(/<script|src=|href=|url\(|@import|<b>&/);
    expect(page).toContain(
      '<mark class="needed" title="✓ shop/orders[0] from[0].serviceAccounts web: “web reads” fails without it">web</mark>',
    );
    expect(page).toContain(">&quot;&lt;b&gt;&amp;&quot;</mark>");
    for (const name of ["html", "head", "body", "main", "details", "pre", "span", "mark", "code"])
      expect(page.split(`</${name}>`).length, name).toBe(
        page.split(new RegExp(`<${name}[ >]`)).length,
      );
  });

  test.each([
    ["--coverage-threshold", "most"],
    ["--coverage-threshold", "101"],
    ["--coverage-output", "lcov"],
    ["--coverage-output", "pdf=x"],
  ])("refuses %s %s", async (flag, value) => {
    expect((await authz(files, "test", flag, value)).code).toBe(2);
  });

  test("leaves stdout to a report for machines", async () => {
    const { out, err } = await authz(files, "test", "--coverage", "-o", "tap");
    expect([out.includes("coverage"), err.includes("coverage 80%")]).toEqual([false, true]);
  });
});
