import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { nodeComplaint } from "../src/needed-node.ts";

test.each([
  ["18.20.8", true],
  ["20.18.3", true],
  ["20.19.0", false],
  ["22.0.0", false],
])("Node %s is too old: %s", (version, isTooOld) => {
  expect(nodeComplaint(version) !== undefined).toBe(isTooOld);
});

test("the Node that is asked for is that of the package", () => {
  const { engines } = JSON.parse(
    readFileSync(join(import.meta.dirname, "../package.json"), "utf8"),
  );
  expect(nodeComplaint("1.0.0")).toContain(`Node ${engines.node.replace(">=", "")} `);
});
