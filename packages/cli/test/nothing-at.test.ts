import { expect, test } from "vitest";
import { authz } from "./program.ts";

const files = { "docs/readme.md": "nothing of ours" };
const ask = ["--to", "ns/shop,app=orders:80"];

test.each([
  ["docs", "no YAML or JSON in `docs`\n  = hidden folders and node_modules are left out"],
  ["dcs", "no file at `dcs`\n"],
])("a mesh path %s says why nothing is read of it", async (path, told) => {
  for (const args of [
    ["check", "-f", path, ...ask],
    ["lint", path],
  ]) {
    const { code, err } = await authz(files, ...args);
    expect([args, code, err]).toEqual([args, 2, expect.stringContaining(told)]);
  }
});
