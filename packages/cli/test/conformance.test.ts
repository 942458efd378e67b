import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { runConformance } from "../src/conformance/run-conformance.ts";

const vectors = fileURLToPath(new URL("../../../policies/conformance/vectors/", import.meta.url));

async function run(...args: readonly string[]): Promise<{ readonly code: number; text: string }> {
  let text = "";
  const code = await runConformance(args, (part) => {
    text += part;
  });
  return { code, text };
}

test.each([
  ["envoy-sidecar", "requests 5288, divergences 0"],
  ["envoy-gateway", "requests 1298, divergences 0"],
  ["envoy-waypoint", "requests 1310, divergences 0"],
  ["corners", "requests 3467, divergences 0"],
  ["journey-corners", "requests 613, divergences 0"],
  ["releases", "requests 22089, divergences 0"],
  ["journey", "requests 894, divergences 0"],
  ["ztunnel", "requests 6726, divergences 0"],
])("%s: the engine does what the real thing did", async (name, last) => {
  const { code, text } = await run(`${vectors}${name}.jsonl.gz`);
  expect(text.trimEnd().split("\n").at(-1), text).toBe(last);
  expect(code).toBe(0);
});

test("one scenario can be looked at in full", async () => {
  const { code, text } = await run("--only", "s1-2", `${vectors}envoy-sidecar.jsonl.gz`);
  expect(code).toBe(0);
  expect(text).toContain('"expected"');
});

test("without files it says how it is used", async () => {
  const { code, text } = await run();
  expect(code).toBe(2);
  expect(text).toContain("usage: npm run conformance -- FILE.jsonl[.gz] ...");
});

test("admission is compared with what a real API server answered", async () => {
  const answers = new URL("../../engine/test/data/admission-apiserver.jsonl", import.meta.url);
  const { code, text } = await run("--admission", fileURLToPath(answers));
  expect(text).toContain("requests 133, divergences 0");
  expect(code).toBe(0);
});
