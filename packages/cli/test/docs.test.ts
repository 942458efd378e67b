import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseDocuments } from "@meshproof/engine";
import { expect, test } from "vitest";
import { isMisuse } from "../src/command.ts";
import { test as command } from "../src/commands/test.ts";
import { parseFlags } from "../src/flags.ts";
import { authz } from "./program.ts";

const text = readFileSync(join(import.meta.dirname, "../../../docs/suites.md"), "utf8");

/** The block of a language that holds a text. */
function block(language: string, holding: string): string {
  const blocks = [...text.matchAll(/```(\w+)\n([\s\S]*?)```/g)];
  return blocks.find(([, kind, body]) => kind === language && body?.includes(holding))?.[2] ?? "";
}

test("the suite of docs/suites.md holds", async () => {
  const suite = block("yaml", "every-kind");
  const { code, out, err } = await authz({ "suite.yaml": suite }, "test", "suite.yaml");
  expect([code, err, out]).toEqual([
    0,
    "",
    expect.stringMatching(
      /^\d+ passed \(2 refused with 400 before any policy\), 0 failed, 1 skipped \(1 suite\)\n$/,
    ),
  ]);
});

test("the workflow of docs/suites.md runs a command line that there is", () => {
  const { documents, findings } = parseDocuments({
    path: "workflow.yaml",
    text: block("yaml", "runs-on"),
  });
  expect([documents.length, findings]).toEqual([1, []]);
  const [, line = ""] = /npx authz test (.*)/.exec(block("yaml", "runs-on")) ?? [];
  expect(line).toContain("--coverage-threshold");
  expect(isMisuse(parseFlags(line.split(" "), command.flags))).toBe(false);
});

test("the pre-commit hook of docs/suites.md stops a commit whose suites fail, and looks at YAML only", () => {
  const folder = mkdtempSync(join(tmpdir(), "hook-"));
  const git = (...args: readonly string[]): string =>
    execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@example.com", ...args], {
      cwd: folder,
      encoding: "utf8",
      stdio: "pipe",
    });
  try {
    git("init", "-q");
    const bin = join(folder, "bin");
    mkdirSync(bin);
    writeFileSync(join(bin, "npx"), '#!/bin/sh\necho "$@" >> "$ASKED"\nexit 1\n');
    chmodSync(join(bin, "npx"), 0o755);
    const hook = join(folder, ".git/hooks/pre-commit");
    writeFileSync(hook, block("sh", "git diff --cached"));
    chmodSync(hook, 0o755);
    const commit = (file: string): number | null => {
      writeFileSync(join(folder, file), "a");
      git("add", file);
      const env = {
        ...process.env,
        PATH: `${bin}:${process.env["PATH"]}`,
        ASKED: join(folder, "asked"),
      };
      const args = ["-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "-qm", file];
      return spawnSync("git", args, { cwd: folder, env }).status;
    };
    expect([commit("a.txt"), commit("b.yaml")]).toEqual([0, 1]);
    expect(readFileSync(join(folder, "asked"), "utf8")).toBe("authz test policies/\n");
  } finally {
    rmSync(folder, { recursive: true });
  }
});

/** Every key that a JSON schema knows, however deep. */
function keysOf(schema: unknown): readonly string[] {
  if (Array.isArray(schema)) return schema.flatMap(keysOf);
  if (typeof schema !== "object" || schema === null) return [];
  return Object.entries(schema).flatMap(([name, value]) => [
    ...(name === "properties" ? Object.keys(value) : []),
    ...keysOf(value),
  ]);
}

test("every key of the suite format is in the docs", () => {
  const root = join(import.meta.dirname, "../../..");
  const read = (path: string): string => readFileSync(join(root, path), "utf8");
  const schema: unknown = JSON.parse(read("packages/testkit/src/suite.schema.json"));
  const docs = read("docs/suites.md") + read("docs/vocabulary.md");
  const missing = new Set(keysOf(schema).filter((key) => !new RegExp(`\\b${key}\\b`).test(docs)));
  expect([...missing]).toEqual([]);
});
