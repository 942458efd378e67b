import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { nodeIo } from "../../cli/src/node-io.ts";
import { run } from "../../cli/src/run.ts";
import { runVitest } from "./vitest-fixture/run-vitest.ts";

const root = join(import.meta.dirname, "../../..");
let folder = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "suites-"));
});
afterAll(() => rm(folder, { recursive: true }));

/** What `authz test` prints, and its exit code. */
async function authz(...args: readonly string[]): Promise<{ code: number; out: string }> {
  let out = "";
  const write = (text: string): void => {
    out += text;
  };
  const code = await run(["test", ...args], {
    ...nodeIo,
    out: write,
    err: () => {},
    colour: false,
  });
  return { code, out };
}

interface CheckJson {
  readonly results: readonly {
    readonly at: { readonly file: string; readonly line: number; readonly column: number };
    readonly failures: readonly unknown[];
    readonly skipped?: string;
  }[];
}

async function byAuthz(suites: readonly string[]): Promise<readonly string[]> {
  const { out } = await authz("-o", "json", ...suites);
  const { results }: CheckJson = JSON.parse(out);
  return results
    .map(({ at, failures, skipped }) => {
      const state = skipped === undefined ? (failures.length > 0 ? "failed" : "passed") : "skipped";
      return `${at.file}:${at.line}:${at.column} ${state}`;
    })
    .toSorted();
}

async function byVitest(suites: readonly string[]): Promise<readonly string[]> {
  const reported = await runVitest("suites", { SUITES: suites.join(",") });
  return reported
    .map(({ meta: { suite }, status }) => {
      const state = status === "pending" ? "skipped" : status;
      return `${suite?.file}:${suite?.line}:${suite?.column} ${state}`;
    })
    .toSorted();
}

test("the suites of policies/, and copies that fail, come out the same through vitest and authz test", async () => {
  const copies = join(folder, "failing");
  await cp(join(root, "policies/examples"), copies, { recursive: true });
  for (const file of await readdir(copies, { recursive: true }))
    if (file.endsWith("suite.yaml")) {
      const text = await readFile(join(copies, file), "utf8");
      await writeFile(join(copies, file), text.replaceAll("expect: deny", "expect: allow"));
    }
  const folders = ["examples", "regressions", "conformance"].map((name) => `policies/${name}`);
  const expected = await byAuthz([...folders, copies]);
  const failed = expected.filter((line) => line.endsWith("failed"));
  expect(failed.length).toBeGreaterThan(15);
  expect(expected.length - failed.length).toBeGreaterThan(500);
  expect(await byVitest([...folders, copies])).toEqual(expected);
}, 120_000);

const policies = `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: orders, namespace: shop }
spec:
  rules:
  - from: [{ source: { serviceAccounts: [web, admin] } }]
---
apiVersion: v1
kind: ServiceAccount
metadata: { name: admin, namespace: shop }
`;
const suite = `apiVersion: meshproof.dev/v1alpha1
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
  - { name: a failure stands where the suite says so, request: { from: sa/shop/other }, expect: allow }
`;

test("coverage from code and from suites is one report", async () => {
  const shop = join(folder, "shop");
  const covered = join(folder, "coverage");
  await mkdir(shop, { recursive: true });
  await writeFile(join(shop, "policies.yaml"), policies);
  await writeFile(join(shop, "suite.yaml"), suite);
  const reported = await runVitest("code", {
    MESH: join(shop, "policies.yaml"),
    AUTHZ_COVERAGE: covered,
  });
  expect(reported.map(({ status }) => status)).toEqual(["passed"]);
  const alone = await authz(shop, "--coverage");
  expect(alone.out).toContain("values 1/2");
  const merged = await authz(shop, "--coverage", "--coverage-merge", covered);
  expect(merged.out).toContain("coverage 100%: policies 1/1, rules 1/1, entries 1/1, values 2/2");
  await writeFile(join(shop, "policies.yaml"), `# moved\n${policies}`);
  expect((await authz(shop, "--coverage", "--coverage-merge", covered)).code).toBe(2);
});

test("a failure shows the lines of the suite and where to go", async () => {
  const shop = join(folder, "shop");
  const reported = await runVitest("suites", { SUITES: shop });
  const failed = reported.find(({ status }) => status === "failed");
  expect(failed?.ancestorTitles.at(-1)).toBe(`orders (${shop}/suite.yaml)`);
  const told = failed?.failureMessages[0]?.replaceAll(shop, "SHOP").replace(/\n *assumed: .*/, "");
  expect(told).toMatchInlineSnapshot(`
    "AssertionError: sa/shop/other -> orders:8080 GET /
      ✗ decision: expected allow, got deny 403 (no ALLOW rule matched (1 policy, 1 rule))
      came close:
        ALLOW shop/orders[0]  SHOP/policies.yaml:7:5
          ✗ serviceAccounts: cluster.local/ns/shop/sa/other, wanted web, admin  SHOP/policies.yaml:7:41

      SHOP/suite.yaml:13
          12 |   - { name: others do not, request: { from: sa/shop/other }, expect: deny }
      >   13 |   - { name: a failure stands where the suite says so, request: { from: sa/shop/other }, expect: allow }
          14 | 
        at SHOP/suite.yaml:13:5"
  `);
});

test("files that are not there fail their block, and no other", async () => {
  const reported = await runVitest("code", { MESH: "nowhere.yaml" });
  expect(reported.map(({ title, failureMessages }) => [title, ...failureMessages])).toEqual([
    ["the mesh is loaded", expect.stringMatching(/^TypeError: no file at nowhere.yaml\n.*code.ts/)],
    ["there are suites", expect.stringMatching(/^TypeError: no suite at no\/suites\n.*code.ts/)],
  ]);
});
