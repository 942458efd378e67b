import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { hasGit, policy, repository, runIn } from "./repository.ts";

const { folder, git, run } = repository();

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

test.skipIf(!hasGit())("two revisions are compared from where they parted", () => {
  const [base] = [git("rev-parse", "HEAD").trim().slice(0, 12)];
  git("checkout", "--quiet", "-b", "change");
  writeFileSync(join(folder, "policies/change.yaml"), policy("/change").replace("orders", "other"));
  git("add", "policies");
  git("commit", "--quiet", "--message=change");
  git("checkout", "--quiet", "main");
  writeFileSync(join(folder, "policies/main.yaml"), policy("/main").replace("orders", "main"));
  git("add", "policies");
  git("commit", "--quiet", "--message=main");
  const diff = (...args: readonly string[]): readonly [number, boolean, boolean] => {
    const { code, out } = run(
      "diff",
      ...args,
      "-f",
      "policies",
      "--istio",
      "1.31",
      "--fail-on",
      "any",
    );
    return [code, out.includes("path is /change"), out.includes("path is /main")];
  };
  expect(diff("main..change")).toEqual([1, true, true]);
  expect(diff("main...change")).toEqual([1, true, false]);
  expect(diff("change...")).toEqual([1, false, true]);
  expect(run("diff", "main...change", "-f", "policies", "-o", "json").out).toContain(
    `"before": "${base}"`,
  );
  expect(run("diff", "main...nowhere").out).toContain(
    "`nowhere` is neither a path nor a git revision",
  );
  git("reset", "--quiet", "--hard", base);
});

/** What stands at the revision, and nothing else, whichever folder one is in. */
test.skipIf(!hasGit()).each([
  ["tests", ["HEAD~1..", "-f", ".."], 1, "HEAD:../policies/zwölf.yaml:4:"],
  ["tests", ["HEAD~1..", "-f", "../policies"], 1, "access widens"],
  ["tests", ["HEAD~1..", "-f", "../policies/zwölf.yaml"], 1, "access widens"],
  ["tests", ["HEAD~1..", "-f", "../policies/*.yaml"], 1, "access widens"],
  ["policies", ["HEAD~1.."], 1, "HEAD:zwölf.yaml:4:"],
  ["policies", ["HEAD", "-f", "../../elsewhere"], 2, "no file at `../../elsewhere` in `HEAD`"],
  ["tests", ["HEAD~1", "-f", folder], 1, "access widens"],
])("in %s: diff %j", (cwd, args, code, told) => {
  mkdirSync(join(folder, "tests"), { recursive: true });
  const ran = runIn(join(folder, cwd), "diff", ...args, "--istio", "1.31");
  expect(ran.out).toContain(told);
  expect(ran.code).toBe(code);
});

test.skipIf(!hasGit())("an invariant in another folder may compare with a git revision", () => {
  const invariants = `apiVersion: meshproof.dev/v1alpha1
kind: Invariants
spec:
  mesh: ../policies
  environment: { istio: "1.31" }
  invariants:
  - { name: adds no access, expect: { no-wider-than: { revision: HEAD~1 } } }
`;
  mkdirSync(join(folder, "tests"), { recursive: true });
  writeFileSync(join(folder, "tests/invariants.yaml"), invariants);
  for (const [cwd, path] of [
    ["tests", "invariants.yaml"],
    [".", "tests"],
  ] as const) {
    const { code, out } = runIn(join(folder, cwd), "prove", path);
    expect(out).toContain("adds no access: violated");
    expect(code).toBe(1);
  }
});

test.skipIf(!hasGit())(
  "a hidden folder, and a file of any name, are read when they are named",
  () => {
    expect(run("diff", "HEAD", "-f", "policies/.hidden").out).toContain(
      ".hidden/broken.yaml:1:1: error",
    );
    expect(run("diff", "HEAD", "-f", "policies").code).toBe(0);
  },
);

test.skipIf(!hasGit())("links are followed at a revision as they are on a disk", () => {
  mkdirSync(join(folder, "linked/shared/in/deep"), { recursive: true });
  mkdirSync(join(folder, "linked/env"), { recursive: true });
  const deep = join(folder, "linked/shared/in/deep/policy.yaml");
  writeFileSync(deep, policy("/api"));
  symlinkSync("../shared/in", join(folder, "linked/env/folder"));
  symlinkSync("../shared/in/deep/policy.yaml", join(folder, "linked/policy.yaml"));
  symlinkSync("..", join(folder, "linked/shared/in/deep/back"));
  git("add", "linked");
  git("commit", "--quiet", "--message=links");
  writeFileSync(deep, policy('/api, "/api/*"'));
  git("commit", "--quiet", "--all", "--message=wider");
  for (const path of [
    "linked/env",
    "linked/env/folder/deep",
    "linked/env/folder/deep/policy.yaml",
  ]) {
    const same = run("diff", "HEAD", "-f", path, "--istio", "1.31");
    expect([path, same.code, same.out]).toEqual([
      path,
      0,
      expect.stringContaining("no difference"),
    ]);
    const wider = run("diff", "HEAD~1..", "-f", path, "--istio", "1.31");
    expect([path, wider.code]).toEqual([path, 1]);
  }
  git("rm", "--quiet", "-r", "linked/policy.yaml");
});

test.skipIf(!hasGit())(
  "what a commit does not hold is told: a submodule, a link that leads out",
  () => {
    const told = (path: string): readonly [number, string] => {
      const { code, out } = run("diff", "HEAD..", "-f", path);
      return [code, out.split("\n")[0] ?? ""];
    };
    mkdirSync(join(folder, "parts"), { recursive: true });
    symlinkSync("/etc/policies.yaml", join(folder, "parts/out.yaml"));
    git("add", "parts");
    const head = git("rev-parse", "HEAD").trim();
    git("update-index", "--add", "--cacheinfo", `160000,${head},vendor/shared`);
    git("commit", "--quiet", "--message=parts");
    expect(told("parts")).toEqual([
      2,
      "authz: the link `parts/out.yaml` leads out of the repository, and `HEAD` holds nothing of it",
    ]);
    expect(told("vendor")).toEqual([
      2,
      "authz: `vendor/shared` is a submodule, and `HEAD` holds nothing of it",
    ]);
    expect(told("policies")[0]).toBe(0);
  },
);

/** As a hook on a git server has it: no files but those of commits. */
test.skipIf(!hasGit())("two revisions of a bare repository are compared", () => {
  const bare = mkdtempSync(join(tmpdir(), "authz-bare-"));
  git("clone", "--quiet", "--bare", ".", bare);
  try {
    for (const path of ["policies", "./policies/zwölf.yaml", join(bare, "policies")]) {
      const args = ["main", "main", "-f", path, "--istio", "1.31"];
      const { code, out } = runIn(bare, "diff", ...args);
      expect([path, code, out]).toEqual([path, 0, expect.stringContaining("no difference")]);
    }
    const { code, out } = runIn(bare, "diff", "main", "main", "-f", "elsewhere");
    expect([code, out]).toEqual([2, expect.stringContaining("no file at `elsewhere` in `main`")]);
  } finally {
    rmSync(bare, { recursive: true });
  }
});
