import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { authz, filesBelow, type Ran } from "./program.ts";

const policy = `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata:
  name: orders
  namespace: shop
spec:
  selector: { matchLabels: { app: orders } }
  rules:
  - to:
    - operation:
        methods: [get] # reads
        paths: ["api/{*}", orders]
`;

const lint = (...args: readonly string[]): Promise<Ran> =>
  authz({ "a.yaml": policy }, "lint", "a.yaml", ...args);

test("a finding has its place, the line, a witness or a proof, and what to write instead", async () => {
  const { code, out, err } = await lint();
  expect({ code, err, out }).toMatchInlineSnapshot(`
    {
      "code": 1,
      "err": "",
      "out": "a.yaml:12:17: error config/process-dies: Envoy ends at \`ns/shop,app=orders\`: Envoy cannot read the path template \`api/{*}\`
    12 |         paths: ["api/{*}", orders]
       |                 ^^^^^^^^^
       = /api/{*}
       = witness: sa/default/someone -> ns/shop,app=orders:8080 GET /: invalid, Envoy does not take the configuration
       = --fix mends it

    a.yaml:11:19: warning value/method-case: methods are compared letter by letter, and \`get\` is none of HTTP: it lets nothing in
    11 |         methods: [get] # reads
       |                   ^^^
       = GET
       = because Envoy takes no lower-case method of HTTP/1, and compares :method exactly
       = --fix mends it

    a.yaml:12:28: warning value/path-relative: \`orders\` does not begin with a slash: it lets nothing in
    12 |         paths: ["api/{*}", orders]
       |                            ^^^^^^
       = /orders
       = because Envoy answers a path without a slash at its beginning with 400 or 404 before any policy
       = --fix mends it

    1 error, 2 warnings
    ",
    }
  `);
});

test("a table has one line a finding", async () => {
  expect((await lint("-o", "table")).out).toMatchInlineSnapshot(`
    "SEVERITY  CODE                 PLACE         WHAT
    error     config/process-dies  a.yaml:12:17  Envoy ends at \`ns/shop,app=orders\`: Envoy cannot read the path template \`api/{*}\`
    warning   value/method-case    a.yaml:11:19  methods are compared letter by letter, and \`get\` is none of HTTP: it lets nothing in
    warning   value/path-relative  a.yaml:12:28  \`orders\` does not begin with a slash: it lets nothing in
    1 error, 2 warnings
    "
  `);
});

test.each([
  ["nothing is as bad as an error", ["--suppress", "config/process-dies=known"], 0],
  [
    "a warning counts when it is asked for",
    ["--suppress", "config/process-dies=known", "--fail-on", "warning"],
    1,
  ],
  ["an error is as bad as an error", [], 1],
  [
    "everything is meant",
    ["--suppress", "config/*=known", "--suppress", "value/*@*/shop/*=known", "--fail-on", "info"],
    0,
  ],
])("exit code: %s", async (_, args, expected) => {
  expect((await lint(...args)).code).toBe(expected);
});

test.each([
  ["without a reason", ["--suppress", "value/method-case"], "without a reason"],
  [
    "of a code that there is not",
    ["--suppress", "value/nonsense=why"],
    "no finding `value/nonsense`",
  ],
  ["of half an object", ["--suppress", "value/method-case@shop/orders=why"], "KIND/NAMESPACE/NAME"],
  ["in an unknown format", ["-o", "xml"], "unknown output `xml`"],
])("a suppression or output %s is refused", async (_, args, said) => {
  const { code, err } = await lint(...args);
  expect(code).toBe(2);
  expect(err).toContain(said);
});

const config = `lint:
  failOn: warning
  suppress:
  - { code: config/process-dies, resource: AuthorizationPolicy/shop/orders, reason: this version is not rolled out }
  - { code: value/path-relative, reason: the same }
`;

test("the config file suppresses with a reason, and says what to fail on", async () => {
  const files = { "a.yaml": policy, "authz.config.yaml": config };
  const { code, out } = await authz(files, "lint", "a.yaml", "-o", "json");
  const findings: readonly { code: string; suppressed?: string }[] = JSON.parse(out).findings;
  expect(code).toBe(1);
  expect(findings.map((each) => [each.code, each.suppressed])).toEqual([
    ["config/process-dies", "this version is not rolled out"],
    ["value/method-case", undefined],
    ["value/path-relative", "the same"],
  ]);
});

test.each([
  [
    "an unknown key of a suppression, which would silence more than is meant",
    "{ code: rule/split, resoure: AuthorizationPolicy/a/b, reason: x }",
    /unknown key `resoure`/,
  ],
  [
    "a code that there is not",
    "{ code: rule/splitt, reason: x }",
    /there is no finding `rule\/splitt`/,
  ],
  ["a suppression without a reason", "{ code: rule/split }", /without a reason/],
])("a config file with %s is refused", async (_, item, message) => {
  const files = { "a.yaml": policy, "c.yaml": `lint: { suppress: [${item}] }\n` };
  const { code, err } = await authz(files, "lint", "a.yaml", "--config", "c.yaml");
  expect([code, message.test(err)]).toEqual([2, true]);
});

test.each([
  ["lint: [rule/split]", /`lint` is a mapping/],
  ["- lint", /a mapping is expected/],
  ["lint: { suppress: { code: rule/split, reason: x } }", /`lint.suppress` is a list/],
  ["lint: { sets: workload-hygiene }", /`lint.sets` is a list/],
  ["lint: { sets: [hygiene] }", /knows workload-hygiene, ambient-migration/],
])("the config file %s is refused", async (text, message) => {
  const files = { "a.yaml": policy, "c.yaml": text };
  const { code, err } = await authz(files, "lint", "a.yaml", "--config", "c.yaml");
  expect([code, message.test(err)]).toEqual([2, true]);
});

test("a config file with an unknown key is refused", async () => {
  const files = { "a.yaml": policy, "c.yaml": "lint: { supress: [] }\n" };
  const { code, err } = await authz(files, "lint", "a.yaml", "--config", "c.yaml");
  expect([code, err]).toEqual([2, expect.stringContaining("unknown key `lint.supress`")]);
});

test("--diff shows what --fix writes, which keeps comments", async () => {
  const shown = await lint("--diff");
  expect(shown.written).toEqual({});
  expect(shown.out).toContain("+         methods: [GET] # reads");
  const fixed = await lint("--fix");
  expect(fixed.written["a.yaml"]).toBe(
    policy.replace("[get]", "[GET]").replace('"api/{*}", orders', '"/api/{*}", /orders'),
  );
});

test("SARIF has rules, results with places, and suppressions", async () => {
  const { out } = await lint("-o", "sarif", "--suppress", "value/method-case=known");
  const { version, runs } = JSON.parse(out);
  const [{ tool, results }] = runs;
  expect(version).toBe("2.1.0");
  const ids: readonly string[] = tool.driver.rules.map((rule: { id: string }) => rule.id);
  expect(ids).toEqual(["config/process-dies", "value/method-case", "value/path-relative"]);
  expect(results.map((each: { ruleIndex: number }) => ids[each.ruleIndex])).toEqual(
    results.map((each: { ruleId: string }) => each.ruleId),
  );
  expect(results[1]).toMatchObject({
    ruleId: "value/method-case",
    level: "warning",
    suppressions: [{ kind: "external", justification: "known" }],
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: "a.yaml" },
          region: { startLine: 11, startColumn: 19, endLine: 11, endColumn: 22 },
        },
      },
    ],
  });
});

test("annotations of GitHub, and JUnit beside them in a file", async () => {
  const { out, written } = await lint("-o", "github", "-o", "junit=report.xml");
  expect(out).toMatch(/^::error file=a\.yaml,line=12,col=17,title=config\/process-dies::/m);
  expect(written["report.xml"]).toContain(
    '<testsuite name="a.yaml" tests="3" failures="3" errors="0" skipped="0">',
  );
});

test("what cannot be loaded is unusable input", async () => {
  const { code, out } = await authz({ "a.yaml": "kind: [\n" }, "lint", "a.yaml");
  expect([code, out]).toEqual([2, expect.stringContaining("yaml/syntax")]);
});

test("an object that the API server would refuse is a finding", async () => {
  const refused = policy.replace("methods: [get]", "methods: get");
  const { code, out } = await authz({ "a.yaml": refused }, "lint", "a.yaml");
  expect([code, out]).toEqual([1, expect.stringContaining("schema/wrong-type")]);
});

const readme = readFileSync(join(import.meta.dirname, "../../../README.md"), "utf8");
const shown = [...readme.matchAll(/^\$ npx --no authz (lint .*)\n([\s\S]*?)^```$/gm)].map(
  ([, line = "", text = ""]) => [line, text] as const,
);

test("the README shows two findings", () => {
  expect(shown.map(([line]) => line.split(" ")[1])).toEqual([
    "policies/lint/kubeflow-ray.yaml",
    "policies/lint/suffix-principal.yaml",
  ]);
});

test.each(shown)("the README shows what `authz %s` prints", async (line, text) => {
  const { out, err } = await authz(filesBelow("policies/lint"), ...line.split(" "));
  expect(out + err).toBe(text);
});

test("--fix mends items of a list with Windows line ends, as often as is needed", async () => {
  const rules = Array.from(
    { length: 30 },
    (_, index) => `    - to: [{operation: {methods: [get], paths: [a${index}]}}] # ${index}`,
  );
  const list = [
    "apiVersion: v1",
    "kind: List",
    "items:",
    "- apiVersion: security.istio.io/v1",
    "  kind: AuthorizationPolicy",
    "  metadata: {name: a, namespace: s}",
    "  spec:",
    "    rules:",
    ...rules,
    "",
  ].join("\r\n");
  const { written } = await authz({ "a.yaml": list }, "lint", "a.yaml", "--fix");
  expect(written["a.yaml"]).toBe(list.replaceAll("[get]", "[GET]").replaceAll("[a", "[/a"));
});

test("--fix says once what an anchor keeps it from mending", async () => {
  const { out, written } = await authz({ "a.yaml": anchored }, "lint", "a.yaml", "--fix");
  expect([written, out.match(/cannot be mended in the text: value\/method-case/g)?.length]).toEqual(
    [{}, 1],
  );
});

const anchored = `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: a, namespace: s }
spec:
  rules:
  - to: [{ operation: { methods: &get [get] } }]
  - to: [{ operation: { methods: *get, paths: [/x] } }]
`;
