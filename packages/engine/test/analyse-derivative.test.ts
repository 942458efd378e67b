import { expect, test } from "vitest";
import { after, mayBeEmpty, queryAfter } from "../src/analyse/journey/derivative.ts";
import { automatonOf, classify } from "../src/analyse/partition/automaton.ts";
import {
  characters,
  choice,
  type Expression,
  literal,
  loop,
  one,
  repeat,
  sequence,
} from "../src/analyse/partition/regular.ts";
import { type Dice, diceOf } from "./analyse-dice.ts";

const rounds = Number(process.env["ANALYSE"] ?? 600);
const letters = ["a", "A", "b", "?"] as const;
const anything = loop(characters(() => true));

function anyExpression(dice: Dice, depth: number): Expression {
  const set = characters((code) => code === 0x61 || code === 0x3f);
  const parts = (): readonly Expression[] =>
    Array.from({ length: 1 + dice.below(3) }, () => anyExpression(dice, depth - 1));
  switch (depth === 0 ? dice.below(3) : dice.below(7)) {
    case 0:
      return literal(word(dice, 3), dice.chance(0.5) || undefined);
    case 1:
      return one(set);
    case 2:
      return loop(set);
    case 3:
      return choice(...parts());
    case 4:
      return repeat(anyExpression(dice, depth - 1));
    default:
      return sequence(...parts());
  }
}

function word(dice: Dice, most: number): string {
  return Array.from({ length: dice.below(most + 1) }, () => dice.pick(letters)).join("");
}

const texts: readonly string[] = ["", ...letters].flatMap((a) =>
  ["", ...letters].flatMap((b) => ["", ...letters].map((c) => a + b + c)),
);

function memberOf(language: Expression): (text: string) => boolean {
  const automaton = automatonOf([anything], language, 10_000);
  return (text) => classify(automaton, text) >= 0;
}

test("what may follow a text is what makes a word of it, and what may follow as a query begins with its mark", () => {
  const seen = { in: 0, out: 0 };
  for (let round = 1; round <= rounds; round += 1) {
    const dice = diceOf(round * 87_178_291);
    const expression = anyExpression(dice, 3);
    const begun = word(dice, 3);
    const [whole, rest, query] = [
      expression,
      after(expression, begun),
      queryAfter(expression, begun),
    ];
    const [isWhole, isRest, isQuery] = [whole, rest, query].map(memberOf);
    expect([round, mayBeEmpty(rest)]).toEqual([round, isWhole?.(begun)]);
    for (const text of texts) {
      const is = isWhole?.(begun + text) === true;
      const said = JSON.stringify({ round, begun, text, expression });
      expect([said, isRest?.(text)]).toEqual([said, is]);
      expect([said, isQuery?.(text)]).toEqual([said, is && (text === "" || text[0] === "?")]);
      seen[is ? "in" : "out"] += 1;
    }
  }
  expect(Math.min(seen.in, seen.out)).toBeGreaterThan(rounds);
});
