import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

const authz = join(import.meta.dirname, "../bin/authz.js");
const folder = mkdtempSync(join(tmpdir(), "authz-revisions-"));

function git(...args: readonly string[]): string {
  const who = ["-c", "user.name=a", "-c", "user.email=a@example.com"];
  return execFileSync("git", [...who, ...args], { cwd: folder, encoding: "utf8" });
}

function hasGit(): boolean {
  try {
    return execFileSync("git", ["--version"], { encoding: "utf8" }) !== "";
  } catch {
    return false;
  }
}

function policy(path: string): string {
  return `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: orders, namespace: shop } # ä
spec: { rules: [{ to: [{ operation: { paths: [${path}] } }] }] }
`;
}

/** What a run of the built program printed, and its exit code. */
function run(...args: readonly string[]): { readonly code: number; readonly out: string } {
  try {
    const out = execFileSync(process.execPath, [authz, ...args], {
      cwd: folder,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    });
    return { code: 0, out };
  } catch (error) {
    const { status, stdout, stderr } = error as {
      readonly status: number;
      readonly stdout: string;
      readonly stderr: string;
    };
    return { code: status, out: stdout + stderr };
  }
}

beforeAll(() => {
  if (!hasGit()) return;
  mkdirSync(join(folder, "policies/.hidden"), { recursive: true });
  git("init", "--quiet", "--initial-branch=main");
  writeFileSync(join(folder, "policies/.hidden/broken.yaml"), "{");
  writeFileSync(join(folder, "policies/zwölf.yaml"), policy("/api"));
  git("add", ".");
  git("commit", "--quiet", "--message=one");
  writeFileSync(join(folder, "policies/zwölf.yaml"), policy('/api, "/api/*"'));
  git("commit", "--quiet", "--all", "--message=two");
});

afterAll(() => rmSync(folder, { recursive: true }));

test.skipIf(!hasGit()).each([
  [["HEAD~1", "HEAD"], 1, "access widens"],
  [["HEAD~1..HEAD"], 1, "HEAD:policies/zwölf.yaml:4:"],
  [["HEAD~1.."], 1, "access widens"],
  [["HEAD~1"], 1, "access widens"],
  [["HEAD"], 0, "no difference"],
  [["HEAD", "HEAD~1"], 0, "access narrows"],
  [["HEAD~7"], 2, "`HEAD~7` is neither a path nor a git revision"],
])("diff %j -f policies", (sides, code, told) => {
  const ran = run("diff", ...sides, "-f", "policies", "--istio", "1.31");
  expect(ran.out).toContain(told);
  expect(ran.code).toBe(code);
});

test.skipIf(!hasGit())("a folder that the revision lacks is told", () => {
  const { code, out } = run("diff", "HEAD", "-f", "nowhere");
  expect([code, out.includes("no file at `nowhere` in `HEAD`")]).toEqual([2, true]);
});

test.skipIf(!hasGit())("an invariant may compare with a git revision", () => {
  const invariants = `apiVersion: meshproof.dev/v1alpha1
kind: Invariants
spec:
  mesh: policies
  environment: { istio: "1.31" }
  invariants:
  - { name: adds no access, expect: { no-wider-than: { revision: HEAD~1 } } }
`;
  writeFileSync(join(folder, "invariants.yaml"), invariants);
  const { code, out } = run("prove", "invariants.yaml");
  expect(out).toContain("adds no access: violated");
  expect(code).toBe(1);
});
