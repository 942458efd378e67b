import { expect, test } from "vitest";
import { limitsOf } from "../src/analyse/budget.ts";
import type { Kind, Shape } from "../src/analyse/partition/domain.ts";
import { jointClasses } from "../src/analyse/partition/joint.ts";
import { characters, loop } from "../src/analyse/partition/regular.ts";
import { type Split, splitDomain } from "../src/analyse/partition/split-domain.ts";
import { and } from "../src/analyse/solve/diagram.ts";
import { encode, inClasses } from "../src/analyse/solve/encoding.ts";
import { always } from "../src/analyse/space/formula.ts";
import { methods, paths } from "../src/analyse/space/languages.ts";
import { textShape } from "../src/analyse/space/shapes.ts";
import { matchesText } from "../src/match/matches.ts";
import type { Text } from "../src/model/rule.ts";
import { type Dice, diceOf } from "./analyse-dice.ts";

const rounds = Number(process.env["ANALYSE"] ?? 120);
const states = limitsOf().states;

const kinds: readonly [Kind, ...Kind[]] = [
  { of: "text" },
  { of: "text", optional: true },
  { of: "text", language: methods },
  { of: "text", language: loop(characters((code) => "ab/.".includes(String.fromCharCode(code)))) },
  {
    of: "text",
    language: paths({ normalizePath: true, mergeSlashes: true, escapedSlashes: "keep" }),
  },
];

function word(dice: Dice, most: number): string {
  return Array.from({ length: dice.below(most + 1) }, () => dice.pick(["a", "b", "/", "."])).join(
    "",
  );
}

function anyPattern(dice: Dice): Text {
  const text = word(dice, 3);
  switch (dice.below(8)) {
    case 0:
    case 1:
      return { kind: "exact", text: `/${text}` };
    case 2:
      return { kind: "prefix", text };
    case 3:
      return { kind: "sequence", pieces: [text, { run: "template", min: 1 }, word(dice, 2)] };
    case 4:
      return { kind: "sequence", pieces: [text, { run: "any", min: 0 }, word(dice, 2)] };
    default:
      return { kind: "suffix", text: text || "a" };
  }
}

interface Drawn {
  readonly dice: Dice;
  readonly patterns: ReadonlyMap<Shape, Text>;
  readonly split: Split;
  readonly said: string;
}

function eachDrawn(run: (drawn: Drawn) => void): void {
  for (let round = 1; round <= rounds; round += 1) {
    const dice = diceOf(round * 48_271);
    const kind = dice.pick(kinds);
    const drawn = Array.from({ length: 3 + dice.below(8) }, () => anyPattern(dice));
    const patterns = new Map(drawn.map((each) => [textShape("paths", each), each]));
    const split = splitDomain("path", [...patterns.keys()], kind, states);
    run({ dice, patterns, split, said: JSON.stringify({ round, drawn }) });
  }
}

function numbers(count: number): readonly number[] {
  return Array.from({ length: count }, (_, each) => each);
}

/** Every pair of classes, and what is excluded of them. */
function pairsOf({ head, tail, impossible }: Split): readonly Pair[] {
  const excluded = new Set(
    impossible.flatMap(({ heads, tails }) => heads.flatMap((h) => tails.map((t) => `${h},${t}`))),
  );
  return numbers(head.size).flatMap((h) =>
    numbers(tail.size).map((t) => ({ h, t, isExcluded: excluded.has(`${h},${t}`) })),
  );
}

interface Pair {
  readonly h: number;
  readonly t: number;
  readonly isExcluded: boolean;
}

test("two coordinates go together where the product of their automata says that some text has both", () => {
  const seen = { possible: 0, impossible: 0 };
  eachDrawn(({ split, said }) => {
    const { head, tail } = split;
    const joint = jointClasses(head.automaton, tail.automaton, () => true, states);
    for (const { h, t, isExcluded } of pairsOf(split)) {
      const isAbsent = head.values[h] === undefined && tail.values[t] === undefined;
      const is = isAbsent || joint.has(`${head.origins[h]},${tail.origins[t]}`);
      expect([said, h, t, split.isPossible(h, t), !isExcluded]).toEqual([said, h, t, is, is]);
      seen[is ? "possible" : "impossible"] += 1;
      const value = split.valueOf(h, t);
      if (!is || isAbsent) expect([said, value]).toEqual([said, undefined]);
      else expect([said, head.classify(value), tail.classify(value)]).toEqual([said, h, t]);
    }
  });
  expect(Math.min(seen.possible, seen.impossible)).toBeGreaterThan(rounds);
});

test("a text is in the classes of the patterns that match it, and its coordinates go together", () => {
  let within = 0;
  eachDrawn(({ dice, patterns, split, said }) => {
    const { head, tail } = split;
    for (let each = 0; each < 60; each += 1) {
      const text = `${dice.chance(0.7) ? "/" : ""}${word(dice, 6)}`;
      const [h, t] = [head.classify(text), tail.classify(text)];
      expect([said, text, h < 0]).toEqual([said, text, t < 0]);
      if (h < 0) continue;
      within += 1;
      expect([said, text, split.isPossible(h, t)]).toEqual([said, text, true]);
      for (const [{ key }, pattern] of patterns) {
        const own = head.classes.get(key)?.includes(h) ?? tail.classes.get(key)?.includes(t);
        expect([said, text, key, own]).toEqual([said, text, key, matchesText(pattern, text)]);
      }
    }
  });
  expect(within).toBeGreaterThan(rounds * 10);
});

test("of the requests that there can be none has coordinates that do not go together", () => {
  eachDrawn(({ split, said }) => {
    const { head, tail } = split;
    const { diagrams, possible, ...encoding } = encode({
      domains: new Map([
        ["path", head],
        ["path~", tail],
      ]),
      splits: new Map([["path", split]]),
      free: [],
      consistent: always,
      limits: limitsOf(),
    });
    const all = { ...encoding, diagrams, possible };
    for (const h of numbers(head.size))
      for (const t of numbers(tail.size)) {
        const [a, b] = [inClasses(all, "path", [h]), inClasses(all, "path~", [t])];
        const is = and(diagrams, possible, and(diagrams, a, b)) !== 0;
        expect([said, h, t, is]).toEqual([said, h, t, split.isPossible(h, t)]);
      }
  });
});
