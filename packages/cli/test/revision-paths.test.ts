import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { hasGit, policy, repository } from "./repository.ts";

const { folder, git, run } = repository();

beforeAll(() => {
  if (!hasGit()) return;
  git("init", "--quiet", "--initial-branch=main");
  mkdirSync(join(folder, "policies"));
  writeFileSync(join(folder, "policies/zwölf.yaml"), policy("/api"));
  git("add", ".");
  git("commit", "--quiet", "--message=one");
});

afterAll(() => rmSync(folder, { recursive: true }));

test.skipIf(!hasGit())("a file that was renamed is named by both names, as for git diff", () => {
  mkdirSync(join(folder, "old"), { recursive: true });
  writeFileSync(join(folder, "old/policy.yaml"), policy("/api"));
  git("add", ".");
  git("commit", "--quiet", "--message=old");
  git("mv", "old", "new");
  writeFileSync(join(folder, "new/policy.yaml"), policy('/api, "/api/*"'));
  git("commit", "--quiet", "--all", "--message=new");
  const diff = (...args: readonly string[]): ReturnType<typeof run> =>
    run("diff", ...args, "--istio", "1.31");
  for (const sides of [["HEAD~1..HEAD"], ["HEAD~1"]]) {
    const { code, out } = diff(...sides, "-f", "old", "-f", "new");
    expect([code, out]).toEqual([1, expect.stringContaining("path is /api/*")]);
  }
  expect(diff("HEAD~1..", "-f", "new").out).toContain("no policy was loaded");
  const none = diff("HEAD~1..", "-f", "new", "-f", "wen");
  expect([none.code, none.out]).toEqual([
    2,
    expect.stringContaining("no file at `wen` in `HEAD~1`, nor in `HEAD`\n"),
  ]);
  expect(diff("HEAD~1", "-f", "wen").out).toContain(
    "no file at `wen` in `HEAD~1`, nor in the files as they are\n",
  );
  expect(diff("HEAD", "HEAD", "-f", "wen").out).toContain("no file at `wen` in `HEAD`\n");
});

test.skipIf(!hasGit())("a repository is found over a link to it, or into it", () => {
  const links = mkdtempSync(join(tmpdir(), "authz-links-"));
  symlinkSync(folder, join(links, "top"));
  symlinkSync(join(folder, "policies"), join(links, "policies"));
  try {
    for (const path of [
      "top/policies",
      "top/policies/zwölf.yaml",
      "policies",
      "policies/../new/../policies",
    ]) {
      const { code, out } = run(
        "diff",
        "HEAD",
        "HEAD",
        "-f",
        `${links}/${path}`,
        "--istio",
        "1.31",
      );
      expect([path, code, out]).toEqual([path, 0, expect.stringContaining("no difference")]);
    }
  } finally {
    rmSync(links, { recursive: true });
  }
});
