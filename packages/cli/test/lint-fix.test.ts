import { expect, test } from "vitest";
import { authz } from "./program.ts";

const mendable = `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: a, namespace: shop }
spec:
  action: DENY
  rules: [{ to: [{ operation: { hosts: [shop.example], ports: ["8080"] } }] }]
`;

test("--fix leaves all as it is where a part cannot be read, and says which", async () => {
  const files = { "a.yaml": mendable, "b.yaml": "a: b\na: c\n" };
  for (const how of ["--fix", "--diff"]) {
    const { code, out, err, written } = await authz(files, "lint", "a.yaml", "b.yaml", how);
    expect([code, out, written]).toEqual([2, "", {}]);
    expect(err).toContain("b.yaml:2:1: error yaml/duplicate-key");
    expect(err).toContain("nothing is mended where a part cannot be read");
  }
});

test("what comes on stdin is no file that could be mended, but its mending can be shown", async () => {
  const fixed = await authz({ "-": mendable }, "lint", "-", "--fix");
  expect([fixed.code, fixed.written]).toEqual([2, {}]);
  expect(fixed.err).toContain("--fix changes files, and stdin is none");
  const { code, out } = await authz({ "-": mendable }, "lint", "-", "--diff");
  expect([code, out]).toEqual([0, expect.stringContaining("1 file would change")]);
});
