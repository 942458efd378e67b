import { expect, test } from "vitest";
import { whoCan } from "../src/analyse/access.ts";
import { loadMesh } from "../src/load.ts";

function conditions(rule: string): readonly string[] {
  const text = `apiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata: { name: p, namespace: shop }\nspec: { rules: [${rule}] }\n`;
  const { mesh } = loadMesh({ files: [{ path: "p.yaml", text }], istio: "1.31" });
  return whoCan(mesh, { protocol: "http" })
    .flatMap(({ regions }) => regions)
    .flatMap(({ terms }) => terms.map((term) => term.text));
}

test("however many values a policy names, they are said, and never what is left when they are taken away", () => {
  const ports = ["1001", "1002", "1003", "1004", "1005", "1006", "1007", "1008", "1009"];
  const [text] = conditions(`{ to: [{ operation: { ports: ${JSON.stringify(ports)} } }] }`);
  expect(text).toMatch(/^destination\.port is one of (\d+, ){8}1 more$/);
});

test("what a policy leaves out is said by its names", () => {
  const rule = '{ to: [{ operation: { notPorts: ["1001", "1002"] } }] }';
  expect(conditions(rule)).toEqual([
    expect.stringMatching(/^destination\.port is not one of 100[12], 100[12]$/),
  ]);
});

test.each([
  ['values: ["/a"]', ["path is /a without a query"]],
  ['values: ["/a?x"]', ["path is /a?x"]],
  ['values: ["/a*"]', ["path is /a*"]],
  ['values: ["*x=1"]', ["path is *x=1 with its query"]],
])(
  "what :path is asked for is not said as a path is, which any query may follow: %s",
  (asked, said) => {
    expect(conditions(`{ when: [{ key: "request.headers[:path]", ${asked} }] }`)).toEqual(said);
  },
);

test("a path is told from the same one without a query", () => {
  const rule =
    '{ to: [{ operation: { paths: [/a] } }], when: [{ key: "request.headers[:path]", notValues: [/a] }] }';
  expect(conditions(rule)).toEqual(["path is /a except /a without a query"]);
});
