import { expect, test } from "vitest";
import { scopesAt, whoCan } from "../src/analyse/access.ts";
import { assumptionsOf } from "../src/analyse/assumptions.ts";
import { haveSameFrames } from "../src/analyse/changed-rules.ts";
import { leftOpen } from "../src/analyse/left-open.ts";
import { marksOf } from "../src/analyse/marks.ts";
import { filtersOf, looksAtQueries, rulesOf } from "../src/analyse/point-program.ts";
import { inquire } from "../src/analyse/question.ts";
import { diagramOf } from "../src/analyse/solve/encoding.ts";
import { plainReading } from "../src/analyse/space/decisions.ts";
import {
  always,
  and,
  type Formula,
  never,
  not,
  or,
  plainly,
} from "../src/analyse/space/formula.ts";
import { someLooksAt } from "../src/analyse/space/looks.ts";
import { ruleFormula } from "../src/analyse/space/reading.ts";
import { spellingChanges } from "../src/analyse/spelling-changes.ts";
import { tunnelMarks } from "../src/analyse/unknown-tunnels.ts";
import { attributesOf } from "../src/envoy/candidates.ts";
import type { Mesh } from "../src/model/mesh.ts";
import { anyPolicies, anyRule, type Dice, diceOf } from "./analyse-dice.ts";
import { anyWorld, encodingOf, sideOf } from "./analyse-sides.ts";
import { type Stated, worldOf } from "./analyse-world.ts";

const rounds = Number(process.env["ANALYSE"] ?? 60);

function anyMesh(dice: Dice, policies: readonly Stated[] = anyPolicies(dice)): Mesh {
  return worldOf(policies, { ...anyWorld(dice), ...(dice.chance(0.2) ? { tunnels: true } : {}) });
}

const reading = {
  ...plainReading({ protocol: "http", queries: false }),
  http: true,
  claims: true,
} as const;

function anyFormula(dice: Dice, leaves: readonly [Formula, ...Formula[]], depth: number): Formula {
  if (depth === 0 || dice.chance(0.2)) return dice.pick(leaves);
  const parts = Array.from({ length: dice.below(4) }, () => anyFormula(dice, leaves, depth - 1));
  if (dice.chance(0.2)) return not(anyFormula(dice, leaves, depth - 1));
  return dice.chance(0.5) ? and(...parts) : or(...parts);
}

test("a formula that plainly holds for none, or for every request, does", () => {
  let seen = 0;
  for (let round = 1; round <= rounds * 4; round += 1) {
    const dice = diceOf(round * 7331);
    const side = sideOf(anyMesh(dice));
    const rules = rulesOf(filtersOf(side.program)).map((rule) => ruleFormula(rule, reading));
    const formula = anyFormula(dice, [always, never, ...rules], 4);
    const is = plainly(formula);
    if (is === undefined) continue;
    seen += 1;
    const encoding = encodingOf(side, formula, "http");
    expect([round, diagramOf(encoding, formula)]).toEqual([round, is ? 1 : 0]);
  }
  expect(seen).toBeGreaterThan(rounds);
});

test("who gets through, and what that rests on, is the same where it is seen without a look at patterns", () => {
  let nobody = 0;
  for (let round = 1; round <= rounds * 2; round += 1) {
    const dice = diceOf(round * 911);
    const mesh = anyMesh(dice, [{ action: "ALLOW", rules: [anyRule(dice)] }, ...anyPolicies(dice)]);
    const requests = anyRule(dice);
    for (const access of whoCan(mesh, requests)) {
      if (!access.nobody) continue;
      const [point] = access.points;
      const side = { ...sideOf(mesh), point };
      const { protocol } = access;
      const { scopes, allowed, queries } = scopesAt(side, [requests], protocol);
      if (plainly(allowed) === false) nobody += 1;
      const care = and(...scopes);
      const question = { region: and(care, allowed), care, queries, fits: (): boolean => true };
      const answers = inquire([side], protocol, [question], {});
      const [only] = "because" in answers ? [] : answers;
      expect([round, only?.empty]).toEqual([round, true]);
      const looked = new Set([...(only?.attributes ?? []), ...tunnelMarks(side)]);
      expect(access).toEqual({
        ...{ points: [point], protocol, regions: [], complete: true, undecided: [], nobody: true },
        assumptions: assumptionsOf([point], looked),
      });
    }
  }
  expect(nobody).toBeGreaterThan(rounds / 10);
});

function withOtherRules(mesh: Mesh, dice: Dice): Mesh {
  const authorizationPolicies = mesh.authorizationPolicies.map((policy) => ({
    ...policy,
    spec: { ...policy.spec, rules: [anyRule(dice)] },
  }));
  return { ...mesh, authorizationPolicies };
}

test("two sides whose chains differ in rules alone read requests alike", () => {
  const releases = [
    { istio: "1.27.0", envoy: "1.35.8", stated: true },
    { istio: "1.31.0", envoy: "1.39.3", stated: true },
  ] as const;
  let same = 0;
  for (let round = 1; round <= rounds * 2; round += 1) {
    const dice = diceOf(round * 4177);
    const before = anyMesh(dice);
    const after = dice.chance(0.8) ? withOtherRules(before, dice) : anyMesh(dice);
    const sides = [
      sideOf(dice.chance(0.3) ? { ...before, release: releases[0] } : before),
      sideOf(dice.chance(0.3) ? { ...after, release: releases[1] } : after),
    ] as const;
    const programs = sides.map(({ program }) => program);
    const [old, young] = sides;
    if (!haveSameFrames(old.program, young.program)) continue;
    same += 1;
    expect([round, leftOpen(old.program, young.program), marksOf(programs)]).toEqual([
      round,
      [],
      [],
    ]);
    expect([round, spellingChanges(sides, {})]).toEqual([round, { changes: [], undecided: [] }]);
  }
  expect(same).toBeGreaterThan(rounds / 4);
});

test("what rules look at is what their clauses are about", () => {
  for (let round = 1; round <= rounds; round += 1) {
    const { program } = sideOf(anyMesh(diceOf(round * 53)));
    for (const { filters } of program.listeners.flatMap(({ chains }) => chains)) {
      const headers = attributesOf(filters).flatMap((each) =>
        each.kind === "header" ? [each.name] : [],
      );
      for (const name of ["x-h", "x-g", "authorization", ":path"])
        expect([round, name, someLooksAt(filters, name)]).toEqual([
          round,
          name,
          headers.includes(name),
        ]);
    }
    expect(looksAtQueries([program])).toBe(false);
  }
});
