import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { compare, readScenarios } from "./ztunnel-vectors.ts";

/** `ZTUNNEL_VECTORS=a.jsonl.gz,b.jsonl.gz` runs whole files instead of the sample. */
const files = process.env["ZTUNNEL_VECTORS"]?.split(",") ?? [
  fileURLToPath(new URL("data/ztunnel-sample.jsonl.gz", import.meta.url)),
];

test.each(files)("%s: ztunnel's own code decided the same", (file) => {
  const outcomes = compare(readScenarios(file));
  if (process.env["ZTUNNEL_VECTORS"])
    console.log(file, { ...outcomes, divergences: outcomes.divergences.length });
  expect(outcomes.connections).toBeGreaterThan(0);
  expect(outcomes.divergences.slice(0, 10)).toEqual([]);
});
