import { expect, test } from "vitest";
import { type Cube, cubeDiagram, implies, type Side } from "../src/analyse/answer/cube.ts";
import {
  classesInside,
  classesOutside,
  isInside,
  neededSigns,
} from "../src/analyse/answer/walk.ts";
import { limitsOf } from "../src/analyse/budget.ts";
import { choiceDomain } from "../src/analyse/partition/choice-domain.ts";
import type { Domain } from "../src/analyse/partition/domain.ts";
import { and, minus, not, or, variable } from "../src/analyse/solve/diagram.ts";
import { type Encoding, encode, inClasses } from "../src/analyse/solve/encoding.ts";
import { always } from "../src/analyse/space/formula.ts";
import { type Dice, diceOf } from "./analyse-dice.ts";

const sizes = { alone: 1, two: 2, five: 5, list: 6, many: 11 } as const;
const names = ["alone", "two", "five", "list", "many"] as const;
type Name = (typeof names)[number];

function spaceEncoding(): Encoding {
  const domains = new Map(
    names.map((name): [string, Domain] => {
      const classes = Array.from({ length: sizes[name] }, (_, each) => `${name} ${each}`);
      return [name, { ...choiceDomain(name, [], classes), list: name === "list" }];
    }),
  );
  const free = ["provider"];
  return encode({ domains, splits: new Map(), free, consistent: always, limits: limitsOf() });
}

function someClasses(name: Name, dice: Dice): readonly number[] {
  return Array.from({ length: sizes[name] }, (_, each) => each).filter(() => dice.chance(0.5));
}

/** A function of classes and of the open answer. */
function anyRoot(encoding: Encoding, dice: Dice, depth: number): number {
  const { diagrams, answers } = encoding;
  if (depth === 0 || dice.chance(0.1)) {
    if (dice.chance(0.1)) return variable(diagrams, answers.get("provider") ?? 0);
    const name = dice.pick(names);
    return inClasses(encoding, name, someClasses(name, dice));
  }
  const sides = [anyRoot(encoding, dice, depth - 1), anyRoot(encoding, dice, depth - 1)] as const;
  const made = dice.pick([and, or, minus, or])(diagrams, ...sides);
  return dice.chance(0.2) ? not(diagrams, made) : made;
}

function anySide(name: Name, dice: Dice): Side {
  if (name !== "list") {
    const classes = someClasses(name, dice);
    return { kind: "classes", classes: classes.length > 0 ? classes : [dice.below(sizes[name])] };
  }
  const elements = someClasses(name, dice);
  return { kind: "elements", signs: new Map(elements.map((each) => [each, dice.chance(0.5)])) };
}

function anyCube(dice: Dice): Cube {
  const cube = new Map<string, Side>();
  for (const name of names) if (dice.chance(0.5)) cube.set(name, anySide(name, dice));
  if (dice.chance(0.3)) cube.set("provider", { kind: "answer", yes: dice.chance(0.5) });
  return cube;
}

test("a walk says of a cube what its diagram says", () => {
  const encoding = spaceEncoding();
  const { diagrams } = encoding;
  const seen = new Map<boolean, number>();
  for (let round = 1; round <= 2000; round += 1) {
    const dice = diceOf(round * 7919);
    const cube = anyCube(dice);
    const any = anyRoot(encoding, dice, dice.below(5));
    const root = dice.chance(0.3) ? or(diagrams, any, cubeDiagram(encoding, cube)) : any;
    const said = isInside(encoding, cube, root);
    expect([round, said]).toEqual([round, implies(encoding, cubeDiagram(encoding, cube), root)]);
    seen.set(said, (seen.get(said) ?? 0) + 1);
    const name = dice.pick<Exclude<Name, "list">>(["alone", "two", "five", "many"]);
    const inside = classesInside(encoding, cube, name, root);
    const outside = classesOutside(encoding, cube, name, root);
    for (let each = 0; each < sizes[name]; each += 1) {
      const own = new Map(cube).set(name, { kind: "classes", classes: [each] });
      const part = cubeDiagram(encoding, own);
      const wanted = [and(diagrams, part, root) !== 0, minus(diagrams, part, root) !== 0];
      expect([round, name, each, inside[each] === 1, outside[each] === 1]).toEqual([
        round,
        name,
        each,
        ...wanted,
      ]);
    }
  }
  expect(Math.min(...seen.values())).toBeGreaterThan(400);
});

/** The elements that stay when each in turn, from the last on, is left out where the cube stays inside without it. */
function keptOneByOne(encoding: Encoding, cube: Cube, root: number): ReadonlyMap<number, boolean> {
  const side = cube.get("list");
  let signs = new Map(side?.kind === "elements" ? side.signs : []);
  for (const element of [...signs.keys()].reverse()) {
    const fewer = new Map([...signs].filter(([each]) => each !== element));
    const without = new Map(cube).set("list", { kind: "elements", signs: fewer });
    if (isInside(encoding, without, root)) signs = fewer;
  }
  return signs;
}

test("what a cube must say of a list is what stays when its elements are left out one by one", () => {
  const encoding = spaceEncoding();
  const { diagrams } = encoding;
  const seen = new Map<number, number>();
  for (let round = 1; round <= 2000; round += 1) {
    const dice = diceOf(round * 6_700_417);
    const all = Array.from({ length: sizes.list }, (_, each) => each);
    const signs = new Map(all.map((each) => [each, dice.chance(0.4)]));
    const cube = new Map(anyCube(dice)).set("list", { kind: "elements", signs });
    const root = or(
      diagrams,
      anyRoot(encoding, dice, 2 + dice.below(4)),
      cubeDiagram(encoding, cube),
    );
    const needed = neededSigns(encoding, cube, "list", root);
    expect([round, [...needed]]).toEqual([round, [...keptOneByOne(encoding, cube, root)]]);
    seen.set(needed.size, (seen.get(needed.size) ?? 0) + 1);
  }
  for (const size of [0, 1, 2, 3, 4, sizes.list])
    expect([size, (seen.get(size) ?? 0) > 10]).toEqual([size, true]);
});
