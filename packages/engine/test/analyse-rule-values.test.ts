import { expect, test } from "vitest";
import { type ValueList, valueListsOf } from "../src/analyse/rule-values.ts";
import { and, type Formula, not, or } from "../src/analyse/space/formula.ts";
import { clauseFormula, ruleFormula } from "../src/analyse/space/reading.ts";
import type { Clause, Rule } from "../src/model/rule.ts";
import { drawRules, type Pick, random } from "./drawn-rules.ts";
import { reading, replaced } from "./rule-copies.ts";

interface Naive {
  readonly alone: Formula;
  readonly without: Formula | undefined;
}

/** The values of a rule, each with a copy of the rule that lacks it. */
function naively(rule: Rule): readonly Naive[] {
  return rule.groups.flatMap(({ any }, g) =>
    any.flatMap(({ all }, a) =>
      all.flatMap((clause, c) =>
        (["any", "none"] as const).flatMap((side) =>
          [...new Set((clause[side] ?? []).map(({ of }) => of))].map((of) => {
            const { [side]: values = [], ...rest } = clause;
            const left = values.filter((each) => each.of !== of);
            const { attribute, field } = clause;
            const same = values.filter((each) => each.of === of);
            const alone = clauseFormula({ attribute, field, any: same }, reading);
            if (left.length === 0 && side === "any") return { alone, without: undefined };
            const other: Clause = left.length === 0 ? rest : { ...rest, [side]: left };
            return { alone, without: ruleFormula(replaced(rule, [g, a, c], other), reading) };
          }),
        ),
      ),
    ),
  );
}

/** Whether a formula holds where looks at attributes are answered by chance, each always alike. */
function holds(formula: Formula, answer: (about: string) => boolean): boolean {
  switch (formula.kind) {
    case "and":
      return formula.parts.every((part) => holds(part, answer));
    case "or":
      return formula.parts.some((part) => holds(part, answer));
    case "not":
      return !holds(formula.part, answer);
    case "atom":
      return answer(`${formula.attribute} ${formula.shape.key}`);
    case "absent":
      return answer(`no ${formula.attribute}`);
    case "free":
      return answer(`free ${formula.name}`);
  }
}

function answers(pick: Pick): (about: string) => boolean {
  const given = new Map<string, boolean>();
  return (about) => {
    const known = given.get(about) ?? pick(3) > 0;
    given.set(about, known);
    return known;
  };
}

/** Each value of a list, with what the list says that its rule asks for without it. */
function readOff({ side, values, around, otherwise }: ValueList): readonly Naive[] {
  return values.map(({ alone }, at) => {
    const others = or(...values.filter((_, index) => index !== at).map((each) => each.alone));
    const isOnly = side === "any" && values.length === 1;
    const left = and(around(), side === "any" ? others : not(others));
    return { alone, without: isOnly ? undefined : or(otherwise(), left) };
  });
}

const rules = Array.from({ length: 300 }, (_, seed) => drawRules(random(seed), 3)).flat();

test("a rule without a value is what a copy of it without that value asks for", () => {
  const pick = random(1);
  const held = { yes: 0, no: 0 };
  for (const rule of rules) {
    const found = valueListsOf(rule, reading, () => undefined).flatMap(readOff);
    const expected = naively(rule);
    expect(found.length).toBe(expected.length);
    for (const [index, { alone, without }] of expected.entries()) {
      const value = found[index];
      const left = value?.without;
      for (let round = 0; round < 10; round += 1) {
        const answer = answers(pick);
        const of = (formula?: Formula) => formula && holds(formula, answer);
        expect([of(value?.alone), of(left)]).toEqual([of(alone), of(without)]);
        held[of(without) ? "yes" : "no"] += 1;
      }
    }
  }
  expect(Math.min(held.yes, held.no)).toBeGreaterThan(500);
});
