import { expect, test } from "vitest";
import type { ValueEffect } from "../src/analyse/api.ts";
import { exceeded, limitsOf } from "../src/analyse/budget.ts";
import { gridOf } from "../src/analyse/cover/grid.ts";
import type { Kind } from "../src/analyse/partition/domain.ts";
import { coverOf } from "../src/analyse/rule-cover.ts";
import { and as both } from "../src/analyse/solve/diagram.ts";
import { diagramOf, encode } from "../src/analyse/solve/encoding.ts";
import { always, and, type Formula, never, not, or, visit } from "../src/analyse/space/formula.ts";
import { clauseFormula, ruleFormula } from "../src/analyse/space/reading.ts";
import { coordinateOf, type Space, spaceOf } from "../src/analyse/space/space.ts";
import { spareValues } from "../src/analyse/spare-values.ts";
import { valueEffects } from "../src/analyse/value-effects.ts";
import { parseCidr } from "../src/match/address.ts";
import { parseText } from "../src/match/parse-text.ts";
import type { Attribute, Clause, Matcher, Pattern, Rule } from "../src/model/rule.ts";
import { type Dice, diceOf } from "./analyse-dice.ts";
import { reading, replaced } from "./rule-copies.ts";

const rounds = Number(process.env["ANALYSE"] ?? 40);

const kinds: Readonly<Record<string, Kind>> = {
  "header x": { of: "text", list: true },
  "claim g": { of: "text", list: true },
  path: { of: "text" },
  peer: { of: "text", optional: true },
  "remote.ip": { of: "address" },
};

type Some<Item> = readonly [Item, ...Item[]];

const words = ["a", "b", "ab", "ba", "aa", "bb", "aba", "abb"];
const texts: Some<string> = ["*", ...words, ...words.flatMap((word) => [`${word}*`, `*${word}`])];
const blocks: Some<string> = [
  "10.0.0.0/8",
  "10.0.0.0/9",
  "10.128.0.0/9",
  "10.1.0.0/16",
  "10.1.2.3",
  "::/0",
];

type Vocabulary = readonly [Attribute, (dice: Dice) => Pattern | undefined];

const attributes: Some<Vocabulary> = [
  [{ kind: "header", name: "x" }, (dice) => parseText(dice.pick(texts))],
  [{ kind: "claim", path: ["g"] }, (dice) => parseText(dice.pick(texts))],
  [{ kind: "path" }, (dice) => parseText(dice.pick(texts))],
  [{ kind: "remote.ip" }, (dice) => parseCidr(dice.pick(blocks))],
  [
    { kind: "request.principal" },
    (dice) => ({ kind: "principal", issuer: { kind: "exact", text: "i" }, subject: suffix(dice) }),
  ],
];

function suffix(dice: Dice): Extract<Pattern, { kind: "principal" }>["subject"] {
  return { kind: dice.pick(["exact", "prefix"]), text: dice.pick(["s", "st", "t"]) };
}

/** Values as people write them in long lists: some twice, some within others. */
function anySide(dice: Dice, [, pattern]: Vocabulary): readonly Matcher[] {
  const count = 1 + dice.below(7);
  return Array.from({ length: count }, (_, of) => of).flatMap((of) => {
    const made = pattern(dice);
    return made ? [{ ...made, of }] : [];
  });
}

function anyClause(dice: Dice, field: string): Clause {
  const about = dice.pick(attributes);
  const [attribute] = about;
  const any = dice.chance(0.75) ? { any: anySide(dice, about) } : {};
  const none = dice.chance(0.4) ? { none: anySide(dice, about) } : {};
  return { attribute, field, ...any, ...none };
}

const policy = { kind: "AuthorizationPolicy", namespace: "a", name: "p" } as const;

/** Each clause has a field of its own, by which its values are known again. */
function anyRule(dice: Dice): Rule {
  const some = <Item>(make: (at: number) => Item): readonly Item[] =>
    Array.from({ length: 1 + dice.below(2) }, (_, at) => make(at));
  const groups = some((g) => ({
    of: "to" as const,
    any: some((index) => ({ index, all: some((c) => anyClause(dice, `f${g}${index}${c}`)) })),
  }));
  return { name: "", policy, index: 0, groups };
}

/** What else is known of requests: about the same attributes, so that it takes some of their classes away. */
function anyWorld(dice: Dice, rule: Rule): Formula {
  const looked: [Formula, ...Formula[]] = [{ kind: "free", name: "said" }];
  visit([ruleFormula(rule, reading)], (part) => {
    if (part.kind !== "atom") return;
    looked.push(part);
    if (part.attribute.startsWith("claim"))
      looked.push({ kind: "absent", attribute: part.attribute });
  });
  const look = (): Formula => (dice.chance(0.5) ? dice.pick(looked) : not(dice.pick(looked)));
  return dice.chance(0.4) ? always : or(look(), and(look(), look()));
}

interface Naive {
  readonly named: string;
  readonly alone: Formula;
  readonly left: Rule | undefined; // the rule without it, if one is left
}

function naively(rule: Rule): readonly Naive[] {
  return rule.groups.flatMap(({ any }, g) =>
    any.flatMap(({ all }, a) =>
      all.flatMap((clause, c) =>
        (["any", "none"] as const).flatMap((side) =>
          (clause[side] ?? []).map((value, index): Naive => {
            const { attribute, field } = clause;
            const other = without(clause, side, index);
            return {
              named: `${side === "any" ? field : `not${field.toUpperCase()}`} ${value.of}`,
              alone: clauseFormula({ attribute, field, any: [value] }, reading),
              left: other && replaced(rule, [g, a, c], other),
            };
          }),
        ),
      ),
    ),
  );
}

function without(clause: Clause, side: "any" | "none", index: number): Clause | undefined {
  const { [side]: values = [], ...rest } = clause;
  const left = values.filter((_, at) => at !== index);
  if (left.length === 0) return side === "any" ? undefined : rest;
  return { ...rest, [side]: left };
}

/** A part of it has no class at all. */
function isDead(space: Space, alone: Formula): boolean {
  let dead = false;
  visit([alone], (part) => {
    if (part.kind !== "atom") return;
    const domain = space.domains.get(coordinateOf(space, part.attribute, part.shape));
    dead ||= domain?.classes.get(part.shape.key)?.length === 0;
  });
  return dead;
}

interface Drawn {
  readonly rule: Rule;
  readonly world: Formula;
  readonly space: Space;
}

function draw(round: number): Drawn {
  const dice = diceOf(round * 49_979_687);
  const rule = anyRule(dice);
  const world = anyWorld(dice, rule);
  const consistent = anyWorld(dice, rule);
  const space = spaceOf([ruleFormula(rule, reading), world], {
    kindOf: (attribute) => kinds[attribute] ?? { of: "text" },
    limits: limitsOf(),
    consistency: () => consistent,
  });
  return { rule, world, space };
}

type Effect = ValueEffect["effect"] | "needed";

/** What the values do, by copies of the rule without each of them and diagrams of both. */
function expectedOf({ rule, world, space }: Drawn): readonly (readonly [string, Effect])[] {
  const encoding = encode(space);
  const { diagrams, possible } = encoding;
  const there = both(diagrams, possible, diagramOf(encoding, world));
  const takenBy = (each: Rule): number =>
    both(diagrams, there, diagramOf(encoding, ruleFormula(each, reading)));
  const whole = takenBy(rule);
  return naively(rule).map(({ named, alone, left }) => {
    if (isDead(space, alone)) return [named, "dead"];
    const isSpare = left !== undefined && whole !== 0 && takenBy(left) === whole;
    return [named, isSpare ? "covered" : "needed"];
  });
}

test("values that a rule can do without are those without which nothing changes", () => {
  const counts: Record<Effect, number> = { dead: 0, covered: 0, needed: 0 };
  for (let round = 1; round <= rounds; round += 1) {
    const drawn = draw(round);
    const { rule, world, space } = drawn;
    const ruled = { rule, action: "ALLOW" as const, reading, formula: ruleFormula(rule, reading) };
    const cover = coverOf(gridOf(space), { rules: [ruled], world, hasAllow: true }, limitsOf());
    const found = valueEffects(cover).map(({ path, effect }) => [path.slice(-2).join(" "), effect]);
    const expected = expectedOf(drawn);
    expect([round, found]).toEqual([round, expected.filter(([, effect]) => effect !== "needed")]);
    for (const [, effect] of expected) counts[effect] += 1;
  }
  expect(Math.min(counts.covered, counts.needed)).toBeGreaterThan(rounds);
});

test("a list that the budget ends before is asked about once, and nothing is said of its values", () => {
  const { space } = draw(1);
  const cover = coverOf(gridOf(space), { rules: [], world: always, hasAllow: true }, limitsOf());
  let asked = 0;
  const around = (): never => {
    asked += 1;
    return exceeded("steps", 200_000);
  };
  const value = { path: [], alone: always };
  const values = [value, value, value]; // of which the others make each spare
  const isSpare = (list: { readonly around: () => Formula }): readonly boolean[] =>
    [0, 1, 2].map(spareValues(cover, { side: "none", values, otherwise: () => never, ...list }));
  expect([isSpare({ around }), asked]).toEqual([[false, false, false], 1]);
  expect(isSpare({ around: () => always })).toEqual([true, true, true]);
});
