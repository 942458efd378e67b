import { expect, test } from "vitest";
import { limitsOf } from "../src/analyse/budget.ts";
import {
  and,
  type Diagrams,
  diagrams,
  isWithin,
  minus,
  not,
  or,
  variable,
} from "../src/analyse/solve/diagram.ts";
import { type Dice, diceOf } from "./analyse-dice.ts";

const variables = 8;

/** A function of a few variables. */
function anyRoot(made: Diagrams, dice: Dice, depth: number): number {
  if (depth === 0 || dice.chance(0.1)) return variable(made, dice.below(variables));
  const [a, b] = [anyRoot(made, dice, depth - 1), anyRoot(made, dice, depth - 1)];
  const by = dice.pick([and, or, minus, and]);
  return dice.chance(0.2) ? not(made, by(made, a, b)) : by(made, a, b);
}

test("a function is within another if nothing is left of it without the other", () => {
  const seen = new Map<boolean, number>();
  for (let round = 1; round <= 300; round += 1) {
    const dice = diceOf(round * 331);
    const made = diagrams(variables, limitsOf().nodes);
    const a = anyRoot(made, dice, dice.below(5));
    const b = anyRoot(made, dice, dice.below(5));
    for (const [one, other] of [
      [a, b],
      [b, a],
      [and(made, a, b), b],
      [a, or(made, a, b)],
      [0, a],
      [a, 1],
      [1, a],
      [a, 0],
    ] as const) {
      const said = isWithin(made, one, other);
      expect([round, said]).toEqual([round, minus(made, one, other) === 0]);
      seen.set(said, (seen.get(said) ?? 0) + 1);
    }
  }
  expect(Math.min(...seen.values())).toBeGreaterThan(100);
});
