import { readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { expect, test } from "vitest";
import { runConformance } from "../src/conformance/run-conformance.ts";
import { nodeIo } from "../src/node-io.ts";
import { run } from "../src/run.ts";

const root = join(import.meta.dirname, "../../..");
const scenarios: ReadonlySet<string> = new Set(["gateway", "past-admission", "waypoint"]);
const withoutSuites: ReadonlySet<string> = new Set([...scenarios, "vectors", "world"]);
const folders = ["examples", "regressions", "conformance"].flatMap((part) => {
  const folder = join(root, "policies", part);
  const entries = readdirSync(folder, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory() && !withoutSuites.has(entry.name))
    .map(({ name }) => join(folder, name));
});

test.each(folders.map((folder) => relative(root, folder)))(
  "every suite of %s holds",
  async (folder) => {
    let printed = "";
    const write = (text: string): void => {
      printed += text;
    };
    const code = await run(["test", join(root, folder)], {
      ...nodeIo,
      out: write,
      err: write,
      colour: false,
    });
    expect(code, printed).toBe(0);
    expect(printed).not.toMatch(/ 0 passed|no test/);
  },
);

test.each([...scenarios])("every scenario of policies/conformance/%s holds", async (folder) => {
  let printed = "";
  const file = join(root, "policies/conformance", folder, "scenarios.jsonl");
  const code = await runConformance([file], (text) => {
    printed += text;
  });
  expect(code, printed).toBe(0);
  expect(printed).toMatch(/^requests \d+, divergences 0$/m);
});
