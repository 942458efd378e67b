import { expect, test } from "vitest";
import { distinctPlaces, slotOf } from "../src/envoy/index/distinct-places.ts";
import { knownTexts } from "../src/envoy/index/known-texts.ts";
import { list, random } from "./drawn-rules.ts";

const long = "x".repeat(100);

test.each([
  ["identities", 6000, (n: number) => `spiffe://td/ns/team-${n % 12}/sa/svc-${n}`],
  ["more than are kept", 20_000, (n: number) => `sa-${n}`],
  ["differences before every place that is looked at", 1500, (n: number) => `${n}${long}`],
  ["lengths alone", 300, (n: number) => "a".repeat(n)],
])("a text has its own numbers, whatever was forgotten: %s", (_, count, textOf) => {
  const pick = random(5);
  const known = knownTexts(2, (text) => [text.length, text.charCodeAt(text.length >> 1)]);
  for (let round = 0; round < 3 * count; round += 1) {
    const text = textOf(pick(count));
    const at = known.find(text);
    const found = [...known.numbers().subarray(at, at + 2)];
    if (found[0] !== text.length) expect([text, found]).toEqual([text, [text.length]]);
    expect(found[1] ?? Number.NaN).toBe(text.charCodeAt(text.length >> 1) || 0);
  }
});

test("a text without numbers is asked for again each time", () => {
  let asked = 0;
  const known = knownTexts(1, (text) => {
    asked += 1;
    return text === "a" ? [7] : undefined;
  });
  expect(["a", "b", "b", "a"].map(known.find)).toEqual([0, -1, -1, 0]);
  expect(asked).toBe(3);
});

test.each([
  ["by their length", ["GET", "POST"], 0],
  ["by their last character", ["ab", "ac"], 1],
  ["by what stands far from the end", [`a${"x".repeat(80)}`, `b${"x".repeat(80)}`], 0],
  ["not at all", ["a", "a"], 0],
  ["by six places at most", list(256, (n) => n.toString(2).padStart(8, "0")), 6],
])("texts are told apart %s", (_, texts, places) => {
  expect(distinctPlaces(texts)).toHaveLength(places);
});

test("texts that the places tell apart lie apart", () => {
  const texts = list(400, (n) => `spiffe://td/ns/team-${n % 7}/sa/svc-${n}`);
  const places = distinctPlaces(texts);
  const slots = new Set(texts.map((text) => slotOf(text, places, 0xffff)));
  expect(slots.size).toBeGreaterThan(390);
});
