import { expect, test } from "vitest";
import { authz } from "./program.ts";

const policy = (name: string, action: string, dry: boolean, rule: string): string => `---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: ${name}, namespace: shop${dry ? ', annotations: { istio.io/dry-run: "true" }' : ""} }
spec:
  action: ${action}
  rules: [${rule}]
`;

const to = (path: string): string => `{ to: [{ operation: { paths: ["${path}"] } }] }`;
const ask = ["--from", "sa/shop/web", "--to", "ns/shop,app=orders:8080"];

/** The lines below the table about policies that decide nothing. */
async function said(text: string, ...more: readonly string[]): Promise<readonly string[]> {
  const { out } = await authz({ "p.yaml": text }, "check", ...more);
  return out.split("\n").filter((line) => /^(?:dry run|audit): /.test(line));
}

test("a check says which policies that are only tried would deny a request, and which audit it", async () => {
  const deny = policy("deny", "DENY", true, to("/old*"));
  const about = (path: string): readonly string[] => [
    "-f",
    "p.yaml",
    ...ask,
    "--http",
    `GET ${path}`,
  ];
  const asked = (path: string): string => `sa/shop/web -> ns/shop,app=orders:8080 GET ${path}`;
  expect(await said(deny, ...about("/old/$&"))).toEqual([
    `dry run: shop/deny[0] would deny ${asked("/old/$&")}  p.yaml:7:11`,
  ]);
  expect(await said(deny, ...about("/new"))).toEqual([]);
  const allow = policy("allow", "ALLOW", true, to("/new"));
  expect(await said(allow, ...about("/old"))).toEqual([
    `dry run: no ALLOW rule that is tried matches ${asked("/old")}`,
  ]);
  expect(await said(allow, ...about("/new"))).toEqual([]);
  expect(await said(policy("enforced", "DENY", false, to("/old")), ...about("/old"))).toEqual([]);
  expect(await said(policy("watch", "AUDIT", false, to("/new")), ...about("/new"))).toEqual([
    `audit: shop/watch[0] marks ${asked("/new")}  p.yaml:7:11`,
  ]);
});

test("requests that one rule is about share a line", async () => {
  const suite = `${policy("deny", "DENY", true, to("/old*"))}---
apiVersion: meshproof.dev/v1alpha1
kind: Suite
metadata: { name: s }
spec:
  environment: { istio: "1.31" }
  given: { from: sa/shop/web, to: "ns/shop,app=orders:8080" }
  tests:
  - name: all
    cases: [{ request: { http: GET /old/a } }, { request: { http: GET /old/b } }, { request: { http: GET /new } }]
`;
  expect(await said(suite, "p.yaml")).toEqual([
    "dry run: shop/deny[0] would deny sa/shop/web -> ns/shop,app=orders:8080 GET /old/a, and 1 more  p.yaml:7:11",
  ]);
});

test("what is not known of a request may make the difference", async () => {
  const rule = "{ to: [{ operation: { methods: [GET] } }] }";
  const text = `${policy("deny", "DENY", true, rule)}${policy("allow", "ALLOW", true, rule)}${policy("watch", "AUDIT", false, rule)}`;
  const asked = "sa/shop/web -> ns/shop,app=orders:8080 ? /";
  expect(await said(text, "-f", "p.yaml", ...ask, "--protocol", "http", "--path", "/")).toEqual([
    `audit: shop/watch[0] may mark ${asked}  p.yaml:21:11`,
    `dry run: shop/deny[0] may deny ${asked}  p.yaml:7:11`,
    `dry run: it may be that no ALLOW rule that is tried matches ${asked}`,
  ]);
  const known = ["--protocol", "http", "--http", "POST /"];
  expect(await said(text, "-f", "p.yaml", ...ask, ...known)).toEqual([
    "dry run: no ALLOW rule that is tried matches sa/shop/web -> ns/shop,app=orders:8080 POST /",
  ]);
});

test("a suite that expects such a rule fails where it may not match, and explain does not guess", async () => {
  const text = policy("deny", "DENY", true, "{ to: [{ operation: { methods: [GET] } }] }");
  const suite = `${text}---
apiVersion: meshproof.dev/v1alpha1
kind: Suite
metadata: { name: s }
spec:
  environment: { istio: "1.31" }
  given: { from: sa/shop/web, to: "ns/shop,app=orders:8080" }
  tests:
  - { name: one, request: { http: GET / }, expect: { dryRun: { deny: "shop/deny[0]" } } }
  - { name: any, request: { http: { path: / } }, expect: { dryRun: { deny: "shop/deny[0]" } } }
`;
  const { out, code } = await authz({ "p.yaml": suite }, "check", "p.yaml");
  expect(code).toBe(1);
  expect(out).toContain("2 requests: 1 as expected, 1 not as expected");
  const open = ["--protocol", "http", "--path", "/"];
  const told = await authz({ "p.yaml": text }, "explain", "-f", "p.yaml", ...ask, ...open);
  expect(told.out).toContain("? methods: GET; the method is not known, and does not matter");
});
