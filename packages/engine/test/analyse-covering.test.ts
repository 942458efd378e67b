import { expect, test } from "vitest";
import { limitsOf } from "../src/analyse/budget.ts";
import { type Box, isInside, touches } from "../src/analyse/cover/box.ts";
import { holding, indexOf, nearTo, touching } from "../src/analyse/cover/box-index.ts";
import { type Intervals, includes, intervalsOf } from "../src/analyse/cover/intervals.ts";
import { type Effort, isCoveredBy, uncovered } from "../src/analyse/cover/uncovered.ts";
import { type Dice, diceOf } from "./analyse-dice.ts";

const rounds = Number(process.env["ANALYSE"] ?? 12);

function eachRound(run: (dice: Dice, round: number) => void): void {
  for (let round = 1; round <= rounds; round += 1) run(diceOf(round * 15_485_863), round);
}

/** A set of an axis: neither nothing nor everything. */
function anySet(dice: Dice, width: number): Intervals {
  const share = dice.chance(0.7) ? 2 / width : 0.6;
  const all = Array.from({ length: width }, (_, each) => each);
  const some = all.filter(() => dice.chance(share));
  return intervalsOf(some.length === 0 || some.length === width ? [dice.below(width)] : some);
}

function anyBox(dice: Dice, sizes: readonly number[], most: number): Box {
  const axes = [...sizes.keys()].filter(() => dice.chance(most / sizes.length));
  return { axes, sets: axes.map((axis) => anySet(dice, sizes[axis] ?? 2)) };
}

test("an index finds the boxes that touch or hold a box, as a look at all of them does", () => {
  const sizes = [2, 3, 7, 40, 900, 5, 6000];
  eachRound((dice, round) => {
    const boxes = Array.from({ length: 20 + dice.below(300) }, () => anyBox(dice, sizes, 3));
    const index = indexOf(boxes, sizes);
    for (let asked = 0; asked < 40; asked += 1) {
      const box = dice.chance(0.2)
        ? (boxes[dice.below(boxes.length)] ?? { axes: [], sets: [] })
        : anyBox(dice, sizes, 3);
      const all = (is: (other: Box) => boolean): readonly number[] =>
        boxes.flatMap((other, number) => (is(other) ? [number] : []));
      const near = touching(index, box);
      expect([round, near]).toEqual([round, all((other) => touches(box, other))]);
      expect([round, holding(index, box)]).toEqual([round, all((other) => isInside(box, other))]);
      expect(nearTo(index, box)).toEqual(expect.arrayContaining([...near]));
    }
  });
});

/** Every point of a small grid. */
function pointsOf(sizes: readonly number[]): readonly (readonly number[])[] {
  return sizes.reduce<readonly (readonly number[])[]>(
    (points, width) =>
      points.flatMap((point) => Array.from({ length: width }, (_, each) => [...point, each])),
    [[]],
  );
}

function has({ axes, sets }: Box, point: readonly number[]): boolean {
  return axes.every((axis, at) => includes(sets[at] ?? [], point[axis] ?? -1));
}

test("search and SAT solver find what no cover has, if there is anything", () => {
  const sizes = [2, 3, 4, 2, 5, 2];
  const points = pointsOf(sizes);
  const counts = { free: 0, covered: 0 };
  eachRound((dice, round) => {
    const box = anyBox(dice, sizes, 1);
    const covers = Array.from({ length: 4 + dice.below(60) }, () => anyBox(dice, sizes, 3));
    const isFree = points.some(
      (point) => has(box, point) && !covers.some((each) => has(each, point)),
    );
    counts[isFree ? "free" : "covered"] += 1;
    for (const steps of [0, 5, 3000]) {
      const effort: Effort = { steps, conflicts: 10_000, spent: { hard: 0, conflicts: 0 } };
      const found = uncovered(box, covers, sizes, effort);
      expect([round, steps, found !== undefined]).toEqual([round, steps, isFree]);
      expect(isCoveredBy(box, covers, sizes, effort)).toBe(!isFree);
      const point = sizes.map((_, axis) => found?.get(axis) ?? 0);
      if (found) expect(has(box, point) && !covers.some((each) => has(each, point))).toBe(true);
    }
  });
  expect(Math.min(counts.free, counts.covered)).toBeGreaterThan(0);
});

test("among many axes it is the same whether a box is covered and whether it has a point that no cover has", () => {
  const counts = { free: 0, covered: 0 };
  eachRound((dice) => {
    const sizes = Array.from({ length: 64 + dice.below(80) }, () => 2 + dice.below(4));
    const most = dice.chance(0.3) ? 1 : 0.5 + dice.below(2);
    const covers = Array.from({ length: sizes.length + dice.below(60) }, () =>
      anyBox(dice, sizes, most),
    ).filter(({ axes }) => axes.length > 0);
    const box = anyBox(dice, sizes, 3);
    const effort: Effort = { steps: 200, conflicts: 100_000 };
    const isFree = uncovered(box, covers, sizes, effort) !== undefined;
    counts[isFree ? "free" : "covered"] += 1;
    expect(isCoveredBy(box, covers, sizes, effort)).toBe(!isFree);
  });
  expect(Math.min(counts.free, counts.covered)).toBeGreaterThan(0);
});

/** Refuses three of so many presences in each rule, at the ratio that is hardest. */
function hardCovers(dice: Dice, axes: number): readonly Box[] {
  return Array.from({ length: Math.round(axes * 4.26) }, () => {
    const own = new Set<number>();
    while (own.size < 3) own.add(dice.below(axes));
    const sorted = [...own].sort((a, b) => a - b);
    return { axes: sorted, sets: sorted.map(() => (dice.chance(0.5) ? [0, 0] : [1, 1])) };
  });
}

test("what hard queries take is counted together, and the budget ends them", () => {
  const dice = diceOf(5);
  const sizes = Array.from({ length: 60 }, () => 2);
  const covers = hardCovers(dice, 60);
  const everything: Box = { axes: [], sets: [] };
  const { steps } = limitsOf();
  const spent = { hard: 0, conflicts: 0 };
  const answers = covers.map((box, index) =>
    isCoveredBy(box, covers.toSpliced(index, 1), sizes, { steps, conflicts: 1e6, spent }),
  );
  expect(new Set(answers).size).toBe(2);
  expect(spent.conflicts).toBeGreaterThan(100);
  const little = { hard: 0, conflicts: 0 };
  const poor: Effort = { steps: 0, conflicts: 2, spent: little };
  const ask = (): unknown => uncovered(everything, covers, sizes, poor);
  expect(ask).toThrow("more than 2 conflicts");
  expect(ask).toThrow("more than 2 conflicts");
});
