import { expect, test } from "vitest";
import { authz, authzIn } from "./program.ts";

const policies = `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: orders }
spec: { rules: [{ from: [{ source: { serviceAccounts: [web] } }] }] }
`;
const ask = [
  "check",
  "--to",
  "ns/shop,app=orders:8080",
  "--from",
  "sa/shop/web",
  "--http",
  "GET /",
];
const config = `flags: { filename: [p.yaml], istio: "1.31", namespace: shop }
commands:
  check: { output: wide }
  test: { output: [pretty, junit=report.xml], coverage: true }
lint: { failOn: warning }
`;
const files = { "p.yaml": policies, "authz.config.yaml": config };

test("what a command line leaves out is taken from the config file", async () => {
  const { code, out } = await authz(files, ...ask);
  expect(code).toBe(0);
  expect(out).toMatch(/LAYER +HOP/);
  expect(out).toContain("shop/orders[0]");
  expect(out).not.toContain("assumed: Istio");
});

test("the environment wins over the config file, and flags over both", async () => {
  const environment = { AUTHZ_NAMESPACE: "jobs", AUTHZ_OUTPUT: "json", AUTHZ_ALLOW_EMPTY: "true" };
  const { out } = await authzIn(environment, files, ...ask);
  expect(JSON.parse(out)).toMatchObject({ results: [{ decision: "allow", by: [] }] });
  const { out: flagged } = await authzIn(environment, files, ...ask, "-n", "shop", "-o", "table");
  expect(flagged).toContain("shop/orders[0]");
});

test("several values of a variable stand between commas", async () => {
  const environment = { AUTHZ_FILENAME: "p.yaml,q.yaml", AUTHZ_ISTIO: "1.31" };
  const { err } = await authzIn(environment, { "p.yaml": policies }, ...ask);
  expect(err).toContain("no file at `q.yaml`");
});

test.each([
  ["flags: { istoi: '1.31' }", "authz.config.yaml: unknown flag `flags.istoi`"],
  ["flags: { output: json }", "authz.config.yaml: unknown flag `flags.output`"],
  ["commands: { chekc: {} }", "authz.config.yaml: unknown command `commands.chekc`"],
  [
    "commands: { check: { outptu: json } }",
    "authz.config.yaml: unknown flag `commands.check.outptu`",
  ],
  [
    "commands: { check: { output: xml } }",
    "authz.config.yaml: commands.check.output: `--output xml`",
  ],
  ["flag: {}", "authz.config.yaml: unknown key `flag`"],
  ["flags: {}\nlint: [", "authz.config.yaml:2:"],
  ["flags: [istio]", "authz.config.yaml: `flags` must be a mapping"],
  ["commands: { check: [output] }", "authz.config.yaml: `commands.check` must be a mapping"],
  ["- flags", "authz.config.yaml: the file must be a mapping"],
  ["flags: {}\n---\nflags: {}", "authz.config.yaml: one document, not several"],
])("%s is refused", async (text, message) => {
  const { code, err } = await authz({ ...files, "authz.config.yaml": text }, ...ask);
  expect([code, err]).toEqual([2, expect.stringContaining(message)]);
});

test.each(["AUTHZ_ADMISSION", "AUTHZ_ALLOW_EMPTY"])(
  "%s with a value that its flag does not take is refused by its name",
  async (name) => {
    const { code, err } = await authzIn({ [name]: "maybe" }, files, ...ask);
    expect([code, err]).toEqual([2, expect.stringContaining(`${name}: `)]);
  },
);
