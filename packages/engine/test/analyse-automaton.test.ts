import { expect, test } from "vitest";
import { exceeded, undecidedBy } from "../src/analyse/budget.ts";
import { automatonOf, classify } from "../src/analyse/partition/automaton.ts";
import { everything } from "../src/analyse/partition/expression.ts";
import { literal, loop, sequence } from "../src/analyse/partition/regular.ts";

const language = loop(everything);
const patterns = [sequence(literal("/api"), language), literal("/api/v1"), language];

test("the automaton of the same patterns and the same language is built once", () => {
  const built = automatonOf(patterns, language, 100);
  expect(automatonOf([...patterns], language, 100)).toBe(built);
  expect(automatonOf(patterns.toReversed(), language, 100)).not.toBe(built);
  expect(automatonOf(patterns, loop(everything), 100)).not.toBe(built);
  expect(classify(built, "/api/v1")).not.toBe(classify(built, "/api/v2"));
});

test("an automaton that was built keeps to the budget of whoever asks for it next", () => {
  automatonOf(patterns, language, 100);
  const said = ((): unknown => {
    try {
      return automatonOf(patterns, language, 3);
    } catch (error) {
      return undecidedBy(error);
    }
  })();
  expect(said).toEqual({ because: "budget", text: "more than 3 states" });
});

test("a limit is said with commas, as English has them", () => {
  const said = [7, 999, 1000, 250_000, 8_000_000].map((most) => {
    try {
      return exceeded("nodes", most);
    } catch (error) {
      return undecidedBy(error).text;
    }
  });
  expect(said).toEqual([
    "more than 7 nodes",
    "more than 999 nodes",
    "more than 1,000 nodes",
    "more than 250,000 nodes",
    "more than 8,000,000 nodes",
  ]);
});
