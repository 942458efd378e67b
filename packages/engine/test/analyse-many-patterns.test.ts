import { expect, test } from "vitest";
import { finderIn, isNowhere } from "../src/analyse/answer/one-request.ts";
import type { Concrete } from "../src/analyse/answer/values.ts";
import { settingAround } from "../src/analyse/question.ts";
import { policyEffects } from "../src/analyse/rule-effects.ts";
import { and as both } from "../src/analyse/solve/diagram.ts";
import { diagramOf, encode } from "../src/analyse/solve/encoding.ts";
import { and, type Formula, not } from "../src/analyse/space/formula.ts";
import { spaceOf } from "../src/analyse/space/space.ts";
import type { PolicyRule } from "../src/model/policy.ts";
import { effectsByDiagrams } from "./analyse-diagrams.ts";
import { type Dice, diceOf } from "./analyse-dice.ts";
import { allows, encodingOf, sideOf, symbolic } from "./analyse-sides.ts";
import { allow, deny, paths } from "./analyse-spoken.ts";
import { allowedBy, type Stated, worldOf } from "./analyse-world.ts";

/** So many prefixes and suffixes that a path has two coordinates, and rules about them that meet. */
const rounds = Number(process.env["ANALYSE"] ?? 10);
const here = { only: ({ name }: { readonly name: string }) => name === "ns/prod" };

function word(dice: Dice, most: number): string {
  return Array.from({ length: 1 + dice.below(most) }, () => dice.pick(["a", "b", "c", "/"])).join(
    "",
  );
}

function path(dice: Dice): string {
  return `/${word(dice, 3)}`.replace(/\/+/g, "/");
}

function anyPath(dice: Dice): string {
  return dice.pick([
    `${path(dice)}*`,
    `*${word(dice, 2)}`,
    path(dice),
    `${path(dice)}/{*}`.replace("//", "/"),
  ]);
}

function anyRules(dice: Dice, count: number): readonly PolicyRule[] {
  return Array.from({ length: count }, () => {
    const own = Array.from({ length: 1 + dice.below(2) }, () => anyPath(dice));
    if (dice.chance(0.7)) return paths(...own);
    return { to: [{ operation: { paths: own, notPaths: [anyPath(dice)] } }] };
  });
}

function anyPolicies(dice: Dice): readonly Stated[] {
  const denied = dice.chance(0.7) ? [deny(...anyRules(dice, 3 + dice.below(4)))] : [];
  return [allow(...anyRules(dice, 10 + dice.below(5))), ...denied];
}

function requestFor(place: string): Concrete {
  const values: Concrete["values"] = new Map([
    ["peer", []],
    ["path", [place]],
    ["method", ["GET"]],
    ["host", ["x"]],
    ["destination.port", ["8080"]],
    ["source.ip", ["10.0.0.1"]],
    ["sni", [""]],
  ]);
  return { values, answers: new Map() };
}

test("regions and the evaluator say the same of every path", () => {
  let split = 0;
  for (let round = 1; round <= rounds; round += 1) {
    const dice = diceOf(round * 7177);
    const policies = anyPolicies(dice);
    const side = sideOf(worldOf(policies));
    const allowed = allowedBy(side.program, "http");
    const encoding = encodingOf(side, allowed, "http");
    if (encoding.space.splits.has("path")) split += 1;
    for (let each = 0; each < 30; each += 1) {
      const request = requestFor(dice.chance(0.5) ? path(dice) : `${path(dice)}${word(dice, 4)}`);
      const said = symbolic(encoding, allowed, request);
      const text = JSON.stringify({ round, policies, request: [...request.values] });
      if (said !== undefined) expect([text, allows(side, request, "http")]).toEqual([text, said]);
    }
  }
  expect(split).toBeGreaterThan(rounds / 2);
});

test("covering queries and decision diagrams say the same of rules", () => {
  for (let round = 1; round <= rounds; round += 1) {
    const policies = anyPolicies(diceOf(round * 9013));
    for (const budget of [{}, { steps: 0 }]) {
      const found = policyEffects(worldOf(policies), { ...here, budget, values: false })
        .filter((each) => each.protocol === "http")
        .map(({ rules }) => rules.map(({ effect }) => effect));
      const text = JSON.stringify({ round, policies });
      expect([text, found]).toEqual([text, effectsByDiagrams(policies, "http")]);
    }
  }
});

test("whether a request is there is the same without a diagram", () => {
  const seen = { some: 0, none: 0 };
  for (let round = 1; round <= rounds; round += 1) {
    const dice = diceOf(round * 4447);
    const policies = anyPolicies(dice);
    const side = sideOf(worldOf(policies));
    const fewer = policies.map((each) => ({
      ...each,
      rules: (each.rules ?? []).filter(() => dice.chance(0.8)),
    }));
    const other = allowedBy(sideOf(worldOf(fewer)).program, "http");
    const allowed = allowedBy(side.program, "http");
    const asked: readonly Formula[] = [and(allowed, not(other)), and(other, not(allowed))];
    for (const formula of asked) {
      const encoding = encode(spaceOf([formula], settingAround([side], "http", [], {})));
      const { diagrams, possible } = encoding;
      const isNone = both(diagrams, possible, diagramOf(encoding, formula)) === 0;
      const text = JSON.stringify({ round, policies, fewer });
      expect([text, isNowhere(finderIn(encoding.space), formula)]).toEqual([text, isNone]);
      seen[isNone ? "none" : "some"] += 1;
    }
  }
  expect(Math.min(seen.some, seen.none)).toBeGreaterThan(rounds / 5);
});
