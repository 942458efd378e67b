import { expect, test } from "vitest";
import { whoCan } from "../src/analyse/access.ts";
import { diffMeshes } from "../src/analyse/diff.ts";
import { loadMesh } from "../src/load.ts";
import type { Mesh } from "../src/model/mesh.ts";

function meshOf(rule: string, more = ""): Mesh {
  const text = `apiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata: { name: p, namespace: shop }\nspec: { rules: [${rule}] }\n${more}`;
  return loadMesh({ files: [{ path: "p.yaml", text }], istio: "1.31" }).mesh;
}

function conditions(rule: string): readonly string[] {
  return whoCan(meshOf(rule), { protocol: "http" })
    .flatMap(({ regions }) => regions)
    .flatMap(({ terms }) => terms.map((term) => term.text));
}

test("however many values a policy names, they are said, and never what is left when they are taken away", () => {
  const said = (count: number): string | undefined => {
    const ports = Array.from({ length: count }, (_, index) => String(1001 + index));
    return conditions(`{ to: [{ operation: { ports: ${JSON.stringify(ports)} } }] }`)[0];
  };
  expect(said(10)).toMatch(/^destination\.port is one of (\d+, ){8}2 more$/);
  expect(said(9)).toMatch(/^destination\.port is one of (\d+, ){8}1009$/);
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

test("issuers that are taken are said, and not which are not, except those", () => {
  const rules = ["a", "b"].map((name) => `{ issuer: https://${name}.example }`);
  const more = `---
apiVersion: security.istio.io/v1
kind: RequestAuthentication
metadata: { name: jwt, namespace: shop }
spec: { jwtRules: [${rules.join(", ")}] }
`;
  const get = "{ to: [{ operation: { methods: [GET] } }] }";
  const signed = '{ from: [{ source: { requestPrincipals: ["*"] } }] }';
  const { diffs } = diffMeshes(meshOf(signed, more), meshOf(`${signed}, ${get}`, more));
  const changes = diffs.flatMap((diff) => diff.changes.flatMap(({ regions }) => regions));
  expect(changes.map(({ text }) => text)).toEqual([
    "(there is no token, or claim iss is one of https://b.example, https://a.example) and claim sub is not * and method is GET",
  ]);
});
