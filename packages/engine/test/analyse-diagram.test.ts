import { expect, test } from "vitest";
import { limitsOf } from "../src/analyse/budget.ts";
import { all, and, any, isWithin, minus, not, or, variable } from "../src/analyse/solve/diagram.ts";
import { type Diagrams, diagrams } from "../src/analyse/solve/diagram-nodes.ts";
import { holds } from "../src/analyse/solve/points.ts";
import { type Dice, diceOf } from "./analyse-dice.ts";

const variables = 8;
const counts = [variables, 1000]; // few are read by calls within calls, many step by step

/** A function of a few variables. */
function anyRoot(made: Diagrams, dice: Dice, depth: number): number {
  if (depth === 0 || dice.chance(0.1)) return variable(made, dice.below(variables));
  const [a, b] = [anyRoot(made, dice, depth - 1), anyRoot(made, dice, depth - 1)];
  const by = dice.pick([and, or, minus, and]);
  return dice.chance(0.2) ? not(made, by(made, a, b)) : by(made, a, b);
}

test.each(counts)(
  "a function of %i variables is within another if nothing is left of it without the other",
  (count) => {
    const seen = new Map<boolean, number>();
    for (let round = 1; round <= 300; round += 1) {
      const dice = diceOf(round * 331);
      const made = diagrams(count, limitsOf().nodes);
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
  },
);

test.each(counts)("what is put together of %i variables holds where its sides say so", (count) => {
  for (let round = 1; round <= 200; round += 1) {
    const dice = diceOf(round * 523);
    const made = diagrams(count, limitsOf().nodes);
    const a = anyRoot(made, dice, dice.below(5));
    const b = anyRoot(made, dice, dice.below(5));
    const roots = [and, or, minus].map((by) => by(made, a, b));
    const wrong = Array.from({ length: 2 ** variables }, (_, code) => code).filter((code) => {
      const bits = Int8Array.from({ length: variables }, (_, at) => (code >> at) & 1);
      const [inA, inB] = [holds(made, a, bits), holds(made, b, bits)];
      const wanted = [inA && inB, inA || inB, inA && !inB, !inA];
      return [...roots, not(made, a)].some((root, at) => holds(made, root, bits) !== wanted[at]);
    });
    expect([round, wrong]).toEqual([round, []]);
  }
});

test("a function of tens of thousands of variables is like any other", () => {
  const many = 40_000;
  const made = diagrams(many, limitsOf().nodes);
  const each = Array.from({ length: many }, (_, at) => variable(made, at));
  const some = any(made, each);
  const every = all(made, each);
  const none = not(made, some);
  expect(or(made, some, none)).toBe(1);
  expect(and(made, some, none)).toBe(0);
  expect(minus(made, every, some)).toBe(0);
  expect([isWithin(made, every, some), isWithin(made, some, every)]).toEqual([true, false]);
  const mixed = minus(made, some, every);
  const bits = new Int8Array(many).fill(1);
  expect(holds(made, mixed, bits)).toBe(false);
  bits[many - 1] = 0;
  expect(holds(made, mixed, bits)).toBe(true);
  expect(holds(made, mixed, bits.fill(0))).toBe(false);
});
