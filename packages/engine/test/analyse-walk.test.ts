import { expect, test } from "vitest";
import { type Cube, cubeDiagram, implies, type Side } from "../src/analyse/answer/cube.ts";
import { neededSides } from "../src/analyse/answer/needed-sides.ts";
import { classesAlong, walkOf } from "../src/analyse/answer/walk.ts";
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
    const said = implies(encoding, cubeDiagram(encoding, cube), root);
    seen.set(said, (seen.get(said) ?? 0) + 1);
    const name = dice.pick<Exclude<Name, "list">>(["alone", "two", "five", "many"]);
    const inside = classesAlong(encoding, walkOf(encoding, cube, 1), name, root);
    const outside = classesAlong(encoding, walkOf(encoding, cube, 0), name, root);
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

/** What stays of a cube when each coordinate in turn, from the last on, is left out where the cube stays inside without it; of the list each element. */
function keptOneByOne(encoding: Encoding, cube: Cube, root: number): Cube {
  const isInside = (part: Cube): boolean => implies(encoding, cubeDiagram(encoding, part), root);
  const left = new Map(cube);
  for (const name of [...names, "provider"].reverse()) {
    const side = left.get(name);
    if (side?.kind === "elements")
      left.set(
        name,
        keptElements(side, (part) => isInside(new Map(left).set(name, part))),
      );
    else if (side && isInside(new Map([...left].filter(([each]) => each !== name))))
      left.delete(name);
  }
  return new Map([...left].filter(([, side]) => side.kind !== "elements" || side.signs.size > 0));
}

type Elements = Extract<Side, { readonly kind: "elements" }>;

function keptElements({ signs }: Elements, isInside: (part: Elements) => boolean): Elements {
  let kept = signs;
  for (const element of [...signs.keys()].reverse()) {
    const fewer = new Map([...kept].filter(([each]) => each !== element));
    if (isInside({ kind: "elements", signs: fewer })) kept = fewer;
  }
  return { kind: "elements", signs: kept };
}

test("what a cube must say is what stays when coordinates and elements are left out one by one", () => {
  const encoding = spaceEncoding();
  const seen = new Map<string, number>();
  for (let round = 1; round <= 4000; round += 1) {
    const dice = diceOf(round * 6_700_417);
    const all = Array.from({ length: sizes.list }, (_, each) => each);
    const signs = new Map(all.map((each) => [each, dice.chance(0.4)]));
    const cube = new Map(anyCube(dice)).set("list", { kind: "elements", signs });
    const any = anyRoot(encoding, dice, 2 + dice.below(4));
    const root = or(encoding.diagrams, any, cubeDiagram(encoding, cube));
    const needed = neededSides(encoding, cube, root);
    expect([round, needed]).toEqual([round, keptOneByOne(encoding, cube, root)]);
    const list = needed.get("list");
    const count = list?.kind === "elements" ? list.signs.size : 0;
    for (const key of [...cube.keys(), `list of ${count}`])
      if (key !== "list") seen.set(key, (seen.get(key) ?? 0) + 1);
    for (const key of needed.keys()) seen.set(`kept ${key}`, (seen.get(`kept ${key}`) ?? 0) + 1);
  }
  const counts = [0, 1, 2, 3, 4, sizes.list].map((size) => `list of ${size}`);
  const kept = ["two", "five", "list", "many", "provider"].map((name) => `kept ${name}`);
  for (const key of [...counts, ...kept])
    expect([key, (seen.get(key) ?? 0) > 10]).toEqual([key, true]);
});
