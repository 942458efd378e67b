import { expect, test } from "vitest";
import type { Box } from "../src/analyse/cover/box.ts";
import { exclusive } from "../src/analyse/cover/exclusive.ts";
import {
  type Intervals,
  includes,
  intervalsOf,
  numbersOf,
  union,
  unionOf,
} from "../src/analyse/cover/intervals.ts";
import { pointsOutside } from "../src/analyse/cover/points-outside.ts";
import { spare } from "../src/analyse/cover/spare.ts";
import { type Dice, diceOf } from "./analyse-dice.ts";

const rounds = Number(process.env["ANALYSE"] ?? 1000);

/** Two attributes, and a list of three elements. */
const sizes: readonly number[] = [6, 4, 2, 2, 2];

const points: readonly (readonly number[])[] = sizes.reduce<readonly (readonly number[])[]>(
  (known, size) =>
    known.flatMap((point) => Array.from({ length: size }, (_, each) => [...point, each])),
  [[]],
);

function anySet(dice: Dice, size: number): Intervals {
  const numbers = Array.from({ length: size }, (_, each) => each);
  const some = numbers.filter(() => dice.chance(0.4));
  return intervalsOf(some.length === 0 || some.length === size ? [dice.below(size)] : some);
}

function anyBox(dice: Dice, most: number): Box {
  const wanted = 1 + dice.below(most);
  const axes = [...sizes.keys()].filter(() => dice.chance(wanted / sizes.length)).slice(0, wanted);
  const kept = axes.length > 0 || dice.chance(0.05) ? axes : [dice.below(sizes.length)];
  return { axes: kept, sets: kept.map((axis) => anySet(dice, sizes[axis] ?? 1)) };
}

function boxes(dice: Dice, most: number, axes: number): readonly Box[] {
  return Array.from({ length: dice.below(most + 1) }, () => anyBox(dice, axes));
}

function isIn(some: readonly Box[], point: readonly number[]): boolean {
  return some.some(({ axes, sets }) =>
    axes.every((axis, at) => includes(sets[at] ?? [], point[axis] ?? -1)),
  );
}

/** Mostly one box about one axis each, some twice. */
function anyValues(dice: Dice): readonly (readonly Box[])[] {
  const made: [readonly Box[], ...(readonly Box[])[]] = [[anyBox(dice, 1)]];
  for (let count = dice.below(7); count > 0; count -= 1)
    if (dice.chance(0.15)) made.push(dice.pick(made));
    else made.push(dice.chance(0.7) ? [anyBox(dice, 1)] : boxes(dice, 3, 2));
  return made;
}

test("values that can be spared are those without which nothing is missing", () => {
  const counts = { spare: 0, needed: 0 };
  for (let round = 1; round <= rounds; round += 1) {
    const dice = diceOf(round * 32_452_843);
    const values = anyValues(dice);
    const around = dice.chance(0.4) ? [{ axes: [], sets: [] }] : boxes(dice, 3, 2);
    const taken = boxes(dice, 5, 3);
    const isSpare = spare({ values, around, taken }, sizes, { steps: 1000, conflicts: 1000 });
    const found = values.map((_, at) => isSpare(at));
    const counting = points.filter((point) => isIn(around, point) && !isIn(taken, point));
    const expected = values.map((own, at) =>
      counting.every(
        (point) => !isIn(own, point) || values.some((other, to) => to !== at && isIn(other, point)),
      ),
    );
    expect([round, found]).toEqual([round, expected]);
    for (const is of expected) counts[is ? "spare" : "needed"] += 1;
  }
  expect(Math.min(counts.spare, counts.needed)).toBeGreaterThan(rounds / 2);
});

test("a point that is told to be outside of covers is, and most are found", () => {
  const counts = { found: 0, missed: 0 };
  for (let round = 1; round <= rounds; round += 1) {
    const dice = diceOf(round * 15_485_863);
    const covers = boxes(dice, 6, 3);
    const isOutside = pointsOutside(covers, sizes);
    for (const box of boxes(dice, 5, 3)) {
      const is = points.some((point) => isIn([box], point) && !isIn(covers, point));
      const told = isOutside(box);
      expect([round, is || !told]).toEqual([round, true]);
      if (is) counts[told ? "found" : "missed"] += 1;
    }
  }
  expect(counts.found).toBeGreaterThan(counts.missed);
});

test("what each of some sets has alone, and what all have together", () => {
  for (let round = 1; round <= rounds; round += 1) {
    const dice = diceOf(round * 67_867_967);
    const sets = Array.from({ length: dice.below(6) }, () => anySet(dice, 12));
    const alone = sets.map((set, at) =>
      intervalsOf(
        numbersOf(set).filter(
          (each) => !sets.some((other, to) => to !== at && includes(other, each)),
        ),
      ),
    );
    expect([round, exclusive(sets)]).toEqual([round, alone]);
    expect(unionOf(sets)).toEqual(sets.reduce(union, []));
  }
});
