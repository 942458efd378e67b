import { readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { expect, test } from "vitest";
import { runConformance } from "../src/conformance/run-conformance.ts";
import { nodeIo } from "../src/node-io.ts";
import { run } from "../src/run.ts";

const root = join(import.meta.dirname, "../../..");
const withoutSuites: ReadonlySet<string> = new Set(["past-admission", "vectors", "world"]);
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

test("policies that no API server takes do what they do once they are there", async () => {
  let printed = "";
  const file = join(root, "policies/conformance/past-admission/scenarios.jsonl");
  const code = await runConformance([file], (text) => {
    printed += text;
  });
  expect(code, printed).toBe(0);
  expect(printed).toMatch(/^requests \d+, divergences 0$/m);
});
