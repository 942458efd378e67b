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

test("texts that all lie at one place have their own numbers, and are not looked for without end", () => {
  // alike in length, and at every place that is looked at: what differs stands too far from the end
  const texts = list(8000, (n) => `${String(n).padStart(6, "0")}${long}`);
  let asked = 0;
  const known = knownTexts(2, (text) => {
    asked += 1;
    return [Number(text.slice(0, 3)), Number(text.slice(3, 6))];
  });
  for (const round of [1, 2])
    for (const [index, text] of texts.entries()) {
      const at = known.find(text);
      const [high = 0, low = 0] = known.numbers().subarray(at, at + 2);
      if (high * 1000 + low !== index) expect([round, text, high, low]).toEqual([]);
    }
  expect(asked).toBeGreaterThan(2 * (texts.length - 100)); // no more than 64 are kept, and found again
});

test("texts that the first ones say nothing of are told apart after some time", () => {
  const first = list(1000, (n) => `spiffe://td/ns/default/sa/service-${n}`);
  const then = list(4000, (n) => `spiffe://td/ns/${String(n).padStart(4, "0")}/sa/default`);
  let asked = 0;
  const known = knownTexts(1, () => {
    asked += 1;
    return [0];
  });
  for (const text of [...first, ...then, ...then, ...then]) known.find(text);
  asked = 0;
  for (const text of then) known.find(text);
  expect(asked).toBeLessThan(400);
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
