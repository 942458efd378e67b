import { expect, test } from "vitest";
import { automatonOf } from "../src/analyse/partition/automaton.ts";
import {
  characters,
  choice,
  type Expression,
  literal,
  loop,
  sequence,
} from "../src/analyse/partition/regular.ts";
import {
  classesBy,
  type ValueClasses,
  valueClasses,
} from "../src/analyse/partition/value-classes.ts";
import { type Dice, diceOf } from "./analyse-dice.ts";

const rounds = 4 * Number(process.env["ANALYSE"] ?? 25);
const letters = ["a", "b", "A", "x"] as const;
const few = loop(characters((code) => letters.some((letter) => letter.charCodeAt(0) === code)));

/** All texts of up to four letters. */
const texts: readonly string[] = Array.from({ length: 4 }).reduce<readonly string[]>(
  (shorter) => [
    ...new Set([...shorter, ...shorter.flatMap((each) => letters.map((letter) => each + letter))]),
  ],
  [""],
);

function someText(dice: Dice): string {
  return Array.from({ length: dice.below(4) }, () => dice.pick(letters)).join("");
}

function someWords(dice: Dice): Expression {
  return choice(...Array.from({ length: dice.below(4) }, () => literal(someText(dice))));
}

function anyPattern(dice: Dice): Expression {
  const text = literal(someText(dice), dice.chance(0.2));
  switch (dice.below(6)) {
    case 0:
      return someWords(dice);
    case 1:
      return sequence(literal(dice.pick(letters)), someWords(dice), literal(""));
    case 2:
      return sequence(someWords(dice), someWords(dice));
    case 3:
      return sequence(text, few);
    default:
      return text;
  }
}

/** Any text, or one of a few words: of these none may be left beside the patterns. */
function anyLanguage(dice: Dice): Expression {
  return dice.chance(0.7) ? few : choice(...["", "a", "b", "ab"].map((text) => literal(text)));
}

const patternsOf = ({ classes, classify }: ValueClasses, value: string): string | undefined =>
  classes[classify(value)]?.patterns.join();

test("words that are looked up are in the classes that an automaton of all patterns puts them in", () => {
  let most = 0;
  for (let round = 1; round <= rounds; round += 1) {
    const dice = diceOf(round * 15_485_863);
    const patterns = Array.from({ length: dice.below(7) }, () => anyPattern(dice));
    const language = anyLanguage(dice);
    const said = JSON.stringify({ round, patterns });
    const wanted = classesBy(automatonOf(patterns, language, 10_000));
    const found = valueClasses(patterns, language, 10_000);
    const sets = ({ classes }: ValueClasses): readonly string[] =>
      classes.map((each) => each.patterns.join()).sort();
    expect([said, sets(found)]).toEqual([said, sets(wanted)]);
    for (const text of [...texts, "c"])
      expect([said, text, patternsOf(found, text)]).toEqual([said, text, patternsOf(wanted, text)]);
    for (const [number, { value }] of found.classes.entries())
      expect([said, value, found.classify(value)]).toEqual([said, value, number]);
    most = Math.max(most, found.classes.length);
  }
  expect(most).toBeGreaterThan(6);
});

test("of several words that the same patterns have the shortest and most ordinary one stands for all, as in an automaton", () => {
  const words = ["zz", "Aa", "b-", "ba", "b.", "0", "9"];
  for (const some of [words, words.slice(0, 5), words.toReversed().slice(2)]) {
    const patterns = [choice(...some.map((text) => literal(text)))];
    const language = loop(characters(() => true));
    const [wanted, found] = [
      classesBy(automatonOf(patterns, language, 100)),
      valueClasses(patterns, language, 100),
    ].map(({ classes }) => classes.find((each) => each.patterns.length > 0)?.value);
    expect([some, found]).toEqual([some, wanted]);
  }
});

test("words need no states: a hundred of them do not exceed a budget of ten", () => {
  const words = Array.from({ length: 100 }, (_, index) => literal(`word-${index}`));
  expect(valueClasses(words, loop(characters(() => true)), 10).classes.length).toBe(101);
});
