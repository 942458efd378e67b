import { expect, test } from "vitest";
import { textPairs } from "../src/envoy/index/text-pairs.ts";
import { random } from "./drawn-rules.ts";

const long = "x".repeat(100);

test.each([
  ["names of a mesh", (n: number) => [`ns-${n % 50}`, `app-${n}`]],
  [
    "texts that differ before every character that is looked at",
    (n: number) => [`${n}${long}`, "a"],
  ],
  ["texts that read alike when joined", (n: number) => ["a".repeat(n % 40), "a".repeat(n % 71)]],
  ["empty texts", (n: number) => ["", `${n}`]],
])("pairs are found by both of their texts: %s", (_, pairOf) => {
  const pick = random(7);
  const pairs = textPairs();
  const known = new Map<string, number>();
  for (let round = 0; round < 3000; round += 1) {
    const [first = "", second = ""] = pairOf(pick(2000));
    const key = JSON.stringify([first, second]);
    expect([key, pairs.get(first, second)]).toEqual([key, known.get(key) ?? -1]);
    if (known.has(key)) continue;
    pairs.set(first, second, known.size);
    known.set(key, known.size);
  }
  expect(known.size).toBeGreaterThan(500);
});
