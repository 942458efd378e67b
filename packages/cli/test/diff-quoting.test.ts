import { expect, test } from "vitest";
import { authz } from "./program.ts";

const policy = (source: string): string => `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: orders, namespace: shop }
spec:
  rules:
  - from: [{ source: { ${source} } }]
`;

const releases = ["--from-istio", "1.29.2", "--to-istio", "1.29.3", "--fail-on", "any"];

test.each([
  ["namespaces: [foo.bar]", /ns\/foo[^.]bar\/sa\//],
  ['principals: ["*/sa/a.b"]', /\/sa\/a[^.]b/],
])("a dot of %s stood for any character before it was quoted", async (source, witness) => {
  const { code, out } = await authz({ "p/p.yaml": policy(source) }, "diff", "p", ...releases);
  expect(out).not.toContain("undecided");
  expect(out).toMatch(witness);
  expect(code).toBe(1);
});

test("a namespace without such a character means the same in both releases", async () => {
  const files = { "p/p.yaml": policy("namespaces: [bar]") };
  const { code, out } = await authz(files, "diff", "p", ...releases);
  expect(out).toContain("no difference");
  expect(code).toBe(0);
});
