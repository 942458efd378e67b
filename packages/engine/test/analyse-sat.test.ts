import { expect, test } from "vitest";
import {
  addClause,
  negative,
  newVariable,
  positive,
  solve,
  solver,
} from "../src/analyse/solve/sat.ts";
import { type Dice, diceOf } from "./analyse-dice.ts";

/** A literal of somebody's own: a variable from 1 on, below zero where it is to be false. */
type Wanted = number;

function anyClauses(dice: Dice, variables: number, ratio: number): readonly (readonly Wanted[])[] {
  return Array.from({ length: Math.round(variables * ratio) }, () => {
    const own = new Set<number>();
    const width = dice.chance(0.1) ? 2 : 3;
    while (own.size < width) own.add(1 + dice.below(variables));
    return [...own].map((each) => (dice.chance(0.5) ? each : -each));
  });
}

/** What the solver says; the variables are its own in the order that is given. */
function solved(
  clauses: readonly (readonly Wanted[])[],
  order: readonly number[],
  most = 1e6,
): readonly boolean[] | undefined {
  const problem = solver();
  const own = new Map(order.map((variable) => [variable, newVariable(problem)]));
  for (const clause of clauses)
    addClause(
      problem,
      clause.map((each) => (each > 0 ? positive : negative)(own.get(Math.abs(each)) ?? 0)),
    );
  const found = solve(problem, most);
  return found && order.toSorted((a, b) => a - b).map((each) => found[own.get(each) ?? 0] === 1);
}

function holds(clauses: readonly (readonly Wanted[])[], values: readonly boolean[]): boolean {
  return clauses.every((clause) => clause.some((each) => values[Math.abs(each) - 1] === each > 0));
}

function numbers(count: number): readonly number[] {
  return Array.from({ length: count }, (_, each) => each + 1);
}

test("of a few variables the solver says what trying all values says", () => {
  const seen = { some: 0, none: 0 };
  for (let round = 1; round <= 300; round += 1) {
    const dice = diceOf(round * 92_821);
    const variables = 6 + dice.below(7);
    const clauses = anyClauses(dice, variables, 3.8 + dice.below(10) / 10);
    const all = Array.from({ length: 2 ** variables }, (_, bits) => bits);
    const is = all.some((bits) =>
      clauses.every((clause) =>
        clause.some((each) => ((bits >> (Math.abs(each) - 1)) & 1) === (each > 0 ? 1 : 0)),
      ),
    );
    const found = solved(clauses, numbers(variables));
    expect([round, found !== undefined]).toEqual([round, is]);
    if (found) expect([round, holds(clauses, found)]).toEqual([round, true]);
    seen[is ? "some" : "none"] += 1;
  }
  expect(Math.min(seen.some, seen.none)).toBeGreaterThan(50);
});

/** Where the search takes many conflicts, it learns, goes back, starts anew and forgets. */
test("of many variables it says the same in whatever order they are", () => {
  const seen = { some: 0, none: 0 };
  for (let round = 1; round <= 60; round += 1) {
    const dice = diceOf(round * 15_671);
    const variables = 40 + dice.below(60);
    const clauses = anyClauses(dice, variables, 4.1);
    const order = numbers(variables);
    const answers = [order, order.toReversed()].map((each) => solved(clauses, each));
    for (const found of answers)
      if (found) expect([round, holds(clauses, found)]).toEqual([round, true]);
    const [one, other] = answers.map((found) => found !== undefined);
    expect([round, one]).toEqual([round, other]);
    seen[one ? "some" : "none"] += 1;
  }
  expect(Math.min(seen.some, seen.none)).toBeGreaterThan(10);
});

test("so many pigeons do not fit into fewer holes, nor does one of them stay out where they do", () => {
  const fits = (pigeons: number, holes: number): boolean => {
    const at = (pigeon: number, hole: number): Wanted => pigeon * holes + hole + 1;
    const every = (count: number): readonly number[] => numbers(count).map((each) => each - 1);
    const somewhere = every(pigeons).map((pigeon) => every(holes).map((hole) => at(pigeon, hole)));
    const apart = every(holes).flatMap((hole) =>
      every(pigeons).flatMap((a) => every(a).map((b) => [-at(a, hole), -at(b, hole)])),
    );
    return solved([...somewhere, ...apart], numbers(pigeons * holes)) !== undefined;
  };
  expect([fits(7, 6), fits(6, 6), fits(6, 7)]).toEqual([false, true, true]);
});

test("a clause that says nothing, one that cannot hold, and two that contradict each other", () => {
  expect(solved([[1, -1]], [1])).toBeDefined();
  expect(solved([[]], [1])).toBeUndefined();
  expect(solved([[1], [-1]], [1])).toBeUndefined();
  expect(solved([[1], [-1, 2], [-2, -1]], [1, 2])).toBeUndefined();
  expect(solved([[1], [-1, 2]], [1, 2])).toEqual([true, true]);
});
