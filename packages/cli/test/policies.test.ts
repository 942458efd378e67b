import { readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { expect, test } from "vitest";
import { nodeIo } from "../src/node-io.ts";
import { run } from "../src/run.ts";

const root = join(import.meta.dirname, "../../..");
const folders = ["examples", "regressions"].flatMap((part) => {
  const folder = join(root, "policies", part);
  const entries = readdirSync(folder, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(folder, name));
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
