import { expect, test } from "vitest";
import { affixTrie, longestAffix } from "../src/envoy/index/affix-trie.ts";
import { list, type Pick, random } from "./drawn-rules.ts";

const letters = ["a", "b", "/", "q", "\u00ff", "\u0101"]; // "a", "q" and "\u0101" have low bits in common

function drawText(pick: Pick, longest: number): string {
  return list(pick(longest + 1), () => letters[pick(letters.length)]).join("");
}

test.each(list(100, (seed) => seed))(
  "a value gets the number of the text that it is, or of the longest that it begins or ends with (seed %i)",
  (seed) => {
    const pick = random(seed + 1);
    const numbered = (from: number): ReadonlyMap<string, number> =>
      new Map(list(1 + pick(12), (index) => [drawText(pick, 5), from + index]));
    const open = numbered(1);
    const whole = seed % 2 === 0 ? numbered(100) : new Map<string, number>();
    const reversed = (text: string): string => [...text].reverse().join("");
    const forward = affixTrie(open, whole);
    const back = affixTrie(
      new Map([...open].map(([text, number]) => [reversed(text), number])),
      new Map([...whole].map(([text, number]) => [reversed(text), number])),
      -1,
    );
    const longest = (fits: (text: string) => boolean): number => {
      const [found] = [...open.keys()].filter(fits).sort((a, b) => b.length - a.length);
      return (found !== undefined && open.get(found)) || 0;
    };
    for (const value of list(80, () => drawText(pick, 8))) {
      const exact = whole.get(value);
      expect([value, longestAffix(forward, value)]).toEqual([
        value,
        exact ?? longest((text) => value.startsWith(text)),
      ]);
      expect([value, longestAffix(back, value)]).toEqual([
        value,
        exact ?? longest((text) => value.endsWith(text)),
      ]);
    }
  },
);

test("texts may be long, and each may go on from another", () => {
  const long = "a".repeat(300_000);
  const nested = Array.from({ length: 5000 }, (_, at) => ["b".repeat(at + 1), at + 2] as const);
  const trie = affixTrie(new Map([[long, 1], ...nested]), new Map());
  expect(longestAffix(trie, `${long}x`)).toBe(1);
  expect(longestAffix(trie, long.slice(1))).toBe(0);
  expect(longestAffix(trie, `${"b".repeat(4000)}x`)).toBe(4001);
});
