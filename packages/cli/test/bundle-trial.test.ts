import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";

const trial = join(import.meta.dirname, "../../../scripts/bundle/trial.mjs");

/** What a command that begins with this asks of the files apart before it starts. */
function askedBy(code: string): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), "trial-"));
  const answer = join(folder, "asked.json");
  const start = "exports.start=()=>{process.exitCode=0}";
  writeFileSync(
    join(folder, "authz.cjs"),
    `(function(exports,require){const rest=require("./rest.cjs");${code};${start}})`,
  );
  try {
    const { stderr } = spawnSync(process.execPath, [trial, folder, answer], { input: "[]" });
    return stderr.length > 0 ? [`${stderr}`] : JSON.parse(readFileSync(answer, "utf8"));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test.each([
  'const text = "one of " + rest.names.join(", ")',
  'const text = "one of " + rest.names',
  "const all = new Map([...rest.names].map((name) => [name, name]))",
  "const all = { ...rest.names, more: rest.names.filter(Boolean).length }",
  "const made = rest.names({ of: 1 }).map((name) => name.text)",
  "class More extends rest.names {}",
])("what is only mentioned while the command is read counts as asked for: %s", (code) => {
  expect([...new Set(askedBy(code))]).toEqual(["names"]);
});
