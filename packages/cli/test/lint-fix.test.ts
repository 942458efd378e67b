import { describe, expect, test } from "vitest";
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

/** One mechanical fix, and a warning that only its author can mend. */
const twice = `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: a, namespace: shop }
spec:
  selector: { matchLabels: { app: orders } }
  action: DENY
  rules: [{ to: [{ operation: { methods: [get], paths: ["/api/*"], ports: ["80"] } }] }]
`;

describe("what is mended, and the exit code", () => {
  test.each([
    ["--diff", [], 0, "1 file would change; as it stands: 1 warning"],
    ["--diff", ["--fail-on", "warning"], 1, "1 file would change; as it stands: 1 warning"],
    ["--fix", [], 0, "1 file changed; left: 1 warning"],
    ["--fix", ["--fail-on", "warning"], 1, "1 file changed; left: 1 warning"],
  ])("%s %s", async (how, more, code, told) => {
    const answer = await authz({ "a.yaml": twice }, "lint", "a.yaml", how, ...more);
    expect(answer.out.trimEnd().split("\n").at(-1)).toBe(told);
    expect(answer.code).toBe(code);
  });

  test.each([
    ["--diff", 1],
    ["--fix", 0],
  ])("%s where nothing is left but what it mends", async (how, code) => {
    const files = { "a.yaml": mendable };
    const answer = await authz(files, "lint", "a.yaml", how, "--fail-on", "info");
    expect(answer.code).toBe(code);
    expect(answer.out).toContain(how === "--fix" ? "left: nothing found" : "as it stands: 1 ");
  });

  test("a report into a file is about the files as they are then", async () => {
    const report = async (how: string): Promise<readonly unknown[]> => {
      const files = { "a.yaml": twice };
      const { written } = await authz(files, "lint", "a.yaml", how, "-o", "json=lint.json");
      const { findings } = JSON.parse(written["lint.json"] ?? "");
      return findings.map(({ code }: { readonly code: unknown }) => code);
    };
    expect(await report("--diff")).toEqual(["value/method-case"]);
    expect(await report("--fix")).toEqual(["security/path-alias"]);
  });

  test.each([
    [["--fix", "--diff"], "one of them"],
    [["--diff", "-o", "json"], "-o json=FILE"],
    [["--fix", "-o", "github"], "-o github=FILE"],
  ])("%s is refused", async (flags, told) => {
    const { code, err, written } = await authz({ "a.yaml": twice }, "lint", "a.yaml", ...flags);
    expect([code, written]).toEqual([2, {}]);
    expect(err).toContain(told);
  });
});
