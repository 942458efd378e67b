import { expect, test } from "vitest";
import { finderIn, isNowhere } from "../src/analyse/answer/one-request.ts";
import { limitsOf } from "../src/analyse/budget.ts";
import { askSolver } from "../src/analyse/cover/ask-solver.ts";
import type { Box } from "../src/analyse/cover/box.ts";
import { findPoint } from "../src/analyse/cover/find-point.ts";
import { boxesOf, type Grid, gridOf } from "../src/analyse/cover/grid.ts";
import { type Intervals, includes, intervalsOf } from "../src/analyse/cover/intervals.ts";
import type { Kind } from "../src/analyse/partition/domain.ts";
import { and as both } from "../src/analyse/solve/diagram.ts";
import { diagramOf, type Encoding, encode, writeClasses } from "../src/analyse/solve/encoding.ts";
import { holds } from "../src/analyse/solve/points.ts";
import { always, and, type Formula, never, not, or } from "../src/analyse/space/formula.ts";
import { portShape, textShape } from "../src/analyse/space/shapes.ts";
import { spaceOf } from "../src/analyse/space/space.ts";
import { type Dice, diceOf } from "./analyse-dice.ts";

const rounds = Number(process.env["ANALYSE"] ?? 120);

const kinds: Readonly<Record<string, Kind>> = {
  peer: { of: "text", optional: true },
  "header x": { of: "text", list: true },
  "destination.port": { of: "port" },
};

function anyLook(dice: Dice): Formula {
  const attribute = dice.pick(["peer", "header x"]);
  const text = dice.pick(["a", "ab", "b"]);
  switch (dice.below(7)) {
    case 0:
      return { kind: "free", name: dice.pick(["oauth", "other"]) };
    case 1:
    case 2:
      return { kind: "absent", attribute };
    case 3:
      return {
        kind: "atom",
        attribute: "destination.port",
        shape: portShape(dice.pick([80, 443])),
      };
    case 4:
      return { kind: "atom", attribute, shape: textShape("", { kind: "prefix", text }) };
    default:
      return { kind: "atom", attribute, shape: textShape("", { kind: "exact", text }) };
  }
}

function anyFormula(dice: Dice, depth: number): Formula {
  if (depth === 0) return dice.chance(0.05) ? dice.pick([always, never]) : anyLook(dice);
  const parts = Array.from({ length: 1 + dice.below(3) }, () => anyFormula(dice, depth - 1));
  const made = dice.chance(0.5) ? and(...parts) : or(...parts);
  return dice.chance(0.4) ? not(made) : made;
}

interface Drawn {
  readonly formula: Formula;
  readonly encoding: Encoding;
  readonly grid: Grid;
  readonly said: string;
}

function eachDrawn(run: (drawn: Drawn) => void): void {
  for (let round = 1; round <= rounds; round += 1) {
    const dice = diceOf(round * 86_028_121);
    const formula = anyFormula(dice, 1 + dice.below(3));
    const consistent = dice.chance(0.5) ? always : anyFormula(dice, 1);
    const space = spaceOf([formula], {
      kindOf: (attribute) => kinds[attribute] ?? { of: "text" },
      limits: limitsOf(),
      consistency: () => consistent,
    });
    const said = `${round}`;
    run({ formula, encoding: encode(space), grid: gridOf(space), said });
  }
}

/** Every point, as a class of each axis. */
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

function bitsOf(
  { space, bits, answers, diagrams }: Encoding,
  grid: Grid,
  point: readonly number[],
): Int8Array {
  const made = new Int8Array(diagrams.variables);
  for (const [name, { list, size }] of space.domains) {
    const first = grid.axes.get(name) ?? 0;
    const own = point.slice(first, first + (list ? size : 1));
    const classes = list ? [...own.keys()].filter((each) => own[each] === 1) : own;
    writeClasses(made, bits.get(name) ?? { first: 0, width: 0 }, list, classes);
  }
  for (const [name, at] of answers) made[at] = point[grid.answers.get(name) ?? 0] ?? 0;
  return made;
}

test("a formula as boxes holds where its diagram does, and so does its opposite", () => {
  const seen = { in: 0, out: 0 };
  eachDrawn(({ formula, encoding, grid, said }) => {
    const { diagrams } = encoding;
    for (const asked of [formula, not(formula)]) {
      const boxes = boxesOf(grid, asked);
      const root = diagramOf(encoding, asked);
      for (const point of pointsOf(grid.sizes)) {
        const is = holds(diagrams, root, bitsOf(encoding, grid, point));
        const boxed = boxes.some((box) => has(box, point));
        expect([said, point, boxed]).toEqual([said, point, is]);
        seen[is ? "in" : "out"] += 1;
      }
    }
  });
  expect(Math.min(seen.in, seen.out)).toBeGreaterThan(rounds);
});

test("there is a point of a formula where its diagram has one that can be, and it is one", () => {
  const seen = { some: 0, none: 0 };
  eachDrawn(({ formula, encoding, grid, said }) => {
    const { diagrams, possible } = encoding;
    const root = both(diagrams, possible, diagramOf(encoding, formula));
    const found = findPoint(grid, formula, { steps: 100, conflicts: 1000 }, []);
    expect([said, found !== undefined]).toEqual([said, root !== 0]);
    expect([said, isNowhere(finderIn(encoding.space), formula)]).toEqual([said, root === 0]);
    seen[found ? "some" : "none"] += 1;
    if (!found) return;
    const point = grid.sizes.map((_, axis) => found.get(axis) ?? 0);
    expect([said, holds(diagrams, root, bitsOf(encoding, grid, point))]).toEqual([said, true]);
  });
  expect(Math.min(seen.some, seen.none)).toBeGreaterThan(5);
});

function anySet(dice: Dice, width: number): Intervals {
  const some = Array.from({ length: width }, (_, each) => each).filter(() => dice.chance(0.6));
  return intervalsOf(some.length === 0 ? [dice.below(width)] : some);
}

test("the SAT solver finds what no cover has within an area, without a search before it", () => {
  const sizes = [2, 4, 3, 6];
  const seen = { free: 0, covered: 0 };
  for (let round = 1; round <= rounds * 3; round += 1) {
    const dice = diceOf(round * 19_937);
    const area = sizes.map((width) => (dice.chance(0.4) ? anySet(dice, width) : undefined));
    const covers: readonly Box[] = Array.from({ length: 1 + dice.below(14) }, () => {
      const axes = [...sizes.keys()].filter(() => dice.chance(0.5));
      return { axes, sets: axes.map((axis) => anySet(dice, sizes[axis] ?? 1)) };
    });
    const inArea = (point: readonly number[]): boolean =>
      area.every((set, axis) => set === undefined || includes(set, point[axis] ?? -1));
    const isFree = pointsOf(sizes).some(
      (point) => inArea(point) && !covers.some((cover) => has(cover, point)),
    );
    const found = askSolver(area, covers, sizes, { conflicts: 1000, spent: { conflicts: 0 } });
    expect([round, found !== undefined]).toEqual([round, isFree]);
    seen[isFree ? "free" : "covered"] += 1;
    if (!found) continue;
    const point = found.map((set, axis) => set?.[0] ?? area[axis]?.[0] ?? 0);
    const isRight = inArea(point) && !covers.some((cover) => has(cover, point));
    expect([round, isRight]).toEqual([round, true]);
  }
  expect(Math.min(seen.free, seen.covered)).toBeGreaterThan(rounds / 4);
});
