import { describe, expect, test } from "vitest";
import { authz } from "./program.ts";

const files = {
  "policies.yaml": `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: orders, namespace: shop }
spec: { rules: [{ from: [{ source: { serviceAccounts: [web] } }] }] }
`,
  ...Object.fromEntries(["a", "b"].map((name) => [`${name}.yaml`, suite(name, ["1", "2", "3"])])),
};

function suite(name: string, tests: readonly string[]): string {
  const lines = tests.map(
    (each) =>
      `  - { name: ${name}${each}, request: { from: [sa/shop/x, sa/shop/y] }, expect: deny }\n`,
  );
  return `apiVersion: meshproof.dev/v1alpha1
kind: Suite
metadata: { name: ${name} }
spec:
  mesh: policies.yaml
  namespace: shop
  environment: { istio: "1.31" }
  workloads: { orders: { ports: { 8080: http } } }
  given: { to: "orders:8080", http: GET / }
  tests:${lines.length === 0 ? " []" : `\n${lines.join("")}`}
`;
}

/** The tests that ran, each once. */
async function ran(...args: readonly string[]): Promise<readonly string[]> {
  const { out } = await authz(files, "test", "-v", ...args);
  return [...new Set(out.match(/(?<=: )[ab]\d/g))];
}

describe("shards", () => {
  test("are every test once", async () => {
    expect(await ran("--shard", "1/4")).toEqual(["a1", "b2"]);
    expect(await ran("--shard", "2/4")).toEqual(["a2", "b3"]);
    expect(await ran("--shard", "3/4")).toEqual(["a3"]);
    expect(await ran("--shard", "4/4")).toEqual(["b1"]);
  });

  test("are made of the tests that --run leaves", async () => {
    expect(await ran("--run", "b*", "--shard", "1/2")).toEqual(["b1", "b3"]);
  });

  test("may be empty, unless nothing fits at all", async () => {
    expect((await authz(files, "test", "--shard", "9/9", "--fail-on-empty")).code).toBe(0);
    expect((await authz(files, "test", "--shard", "9/9", "--run", "c*")).code).toBe(2);
  });

  test.each(["0/2", "3/2", "1", "a/b", "1/0"])("%s is none", async (shard) => {
    expect((await authz(files, "test", "--shard", shard)).code).toBe(2);
  });

  test("have no coverage to hold against a threshold", async () => {
    const args = ["--shard", "1/2", "--coverage-threshold", "1"];
    expect((await authz(files, "test", ...args)).code).toBe(2);
  });
});

describe("suites without tests", () => {
  const empty = { "policies.yaml": files["policies.yaml"], "a.yaml": suite("a", []) };

  test("are told of", async () => {
    const { code, err } = await authz(empty, "test");
    expect([code, err]).toEqual([0, "no test ran\n"]);
  });

  test("fail with --fail-on-empty", async () => {
    expect((await authz(empty, "test", "--fail-on-empty")).code).toBe(2);
  });
});

test("--only-failures is the default, and no --verbose", async () => {
  expect((await authz(files, "test", "--only-failures")).out).toBe(
    (await authz(files, "test")).out,
  );
  expect((await authz(files, "test", "--only-failures", "-v")).code).toBe(2);
});
