import { expect, test } from "vitest";
import {
  difference,
  type Intervals,
  intersection,
  intervalsOf,
  isWithin,
  meets,
  numbersOf,
  union,
} from "../src/analyse/cover/intervals.ts";
import { type Dice, diceOf } from "./analyse-dice.ts";

/** Few numbers, or many in long rows: what is leapt over in one set is what lies between two intervals of the other. */
function anySet(dice: Dice, width: number): Intervals {
  const share = dice.pick([0, 0.01, 0.1, 0.5, 0.9, 1]);
  const from = dice.below(width);
  const to = dice.chance(0.3) ? width : from + dice.below(width);
  const all = Array.from({ length: width }, (_, each) => each);
  return intervalsOf(all.filter((each) => each >= from && each < to && dice.chance(share)));
}

test("sets of intervals meet, part and hold each other as sets of numbers do", () => {
  const seen = { meets: 0, apart: 0, within: 0, beyond: 0 };
  for (let round = 1; round <= 2000; round += 1) {
    const dice = diceOf(round * 7919);
    const width = dice.pick([1, 3, 20, 300]);
    const a = anySet(dice, width);
    const other = anySet(dice, width);
    const b = dice.chance(0.3) ? union(a, other) : other;
    const [inA, inB] = [new Set(numbersOf(a)), new Set(numbersOf(b))];
    const both = [...inA].filter((each) => inB.has(each));
    const onlyA = [...inA].filter((each) => !inB.has(each));
    const said = [intersection(a, b), intersection(b, a), difference(a, b)];
    const expected = [intervalsOf(both), intervalsOf(both), intervalsOf(onlyA)];
    expect([round, ...said]).toEqual([round, ...expected]);
    const truths = [meets(a, b), meets(b, a), isWithin(a, b)];
    expect([round, ...truths]).toEqual([
      round,
      both.length > 0,
      both.length > 0,
      onlyA.length === 0,
    ]);
    seen[both.length > 0 ? "meets" : "apart"] += 1;
    seen[onlyA.length === 0 ? "within" : "beyond"] += 1;
  }
  expect(Math.min(...Object.values(seen))).toBeGreaterThan(200);
});
