import { Buffer } from "node:buffer";
import { expect, test } from "vitest";
import {
  isPattern,
  matchesBackward,
  matchesForward,
  matchesIn,
  patternTexts,
} from "../src/envoy/index/pattern-texts.ts";
import { backwardRank, forwardRank, type Plain, textRanks } from "../src/envoy/index/text-ranks.ts";
import { list, random } from "./drawn-rules.ts";

const kinds = ["exact", "prefix", "suffix"] as const;

test.each(list(60, (seed) => seed))(
  "a pattern compared with a value says what the value's number says (seed %i)",
  (seed) => {
    const pick = random(seed + 7);
    const text = (): string =>
      list(pick(5), () => ["/", "a", "b", "é", "\u0000"][pick(5)] ?? "").join("");
    const patterns = list(
      1 + pick(30),
      (): Plain => ({ kind: kinds[pick(3)] ?? "exact", text: text() }),
    );
    const ranks = textRanks(patterns);
    const known = patternTexts(patterns, ranks);
    for (const pattern of patterns) {
      const [low, high] = ranks.range(pattern) ?? [0, 0];
      const isEnd = pattern.kind === "suffix";
      const affixes = isEnd ? known.backward : known.forward;
      expect(isPattern(affixes, low, high)).toBe(true);
      expect(isPattern(affixes, low, high + 1)).toBe(false);
      for (const value of ["", ...list(40, text), ...patterns.map((other) => other.text)]) {
        const rank = isEnd ? backwardRank(ranks, value) : forwardRank(ranks, value);
        const found = isEnd
          ? matchesBackward(known, low, value)
          : matchesForward(known, low, value);
        expect([pattern, value, found]).toEqual([pattern, value, rank >= low && rank < high]);
        const bytes = Buffer.from(`${value}${value}${value}`, "latin1");
        const stretch = { bytes, from: value.length, to: 2 * value.length };
        expect([pattern, value, matchesIn(known, low, isEnd, stretch)]).toEqual([
          pattern,
          value,
          found,
        ]);
      }
    }
  },
);
