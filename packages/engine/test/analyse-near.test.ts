import { expect, test } from "vitest";
import {
  agreedDomains,
  decideAlike,
  filtersOf,
  programKey,
  rulesOf,
} from "../src/analyse/point-program.ts";
import { sharingPolicies } from "../src/analyse/shared-policies.ts";
import { diagramOf, encode } from "../src/analyse/solve/encoding.ts";
import { chainKey, chainKeyAmong } from "../src/analyse/space/chain-key.ts";
import { answered, outcomesOf, plainReading } from "../src/analyse/space/decisions.ts";
import { and, type Formula } from "../src/analyse/space/formula.ts";
import { lanesOf } from "../src/analyse/space/lanes.ts";
import { nearTo } from "../src/analyse/space/near.ts";
import { type Reading, ruleFormula } from "../src/analyse/space/reading.ts";
import type { Rule } from "../src/model/rule.ts";
import { anyPolicies, anyRule, type Dice, diceOf } from "./analyse-dice.ts";
import { anyWorld, encodingOf, sideOf } from "./analyse-sides.ts";
import { requested, type Stated, sameRequests, worldOf } from "./analyse-world.ts";

const rounds = Number(process.env["ANALYSE"] ?? 60);

/** Rules of any kind, and what somebody asks about them: requests of the grammar, or what a rule matches. */
function drawn(round: number) {
  const dice = diceOf(round * 6101);
  const policies = [...anyPolicies(dice), ...anyPolicies(dice), ...anyPolicies(dice)];
  const side = sideOf(worldOf(policies, anyWorld(dice)));
  return { dice, side, scope: anyScope(dice, side) };
}

const reading: Reading = {
  ...plainReading({ protocol: "http", queries: false }),
  http: true,
  claims: true,
};

function anyScope(dice: Dice, { mesh }: ReturnType<typeof sideOf>): Formula {
  if (dice.chance(0.3)) {
    const other = sideOf(worldOf([{ action: "DENY", rules: [anyRule(dice)] }]));
    const [rule] = rulesOf(filtersOf(other.program));
    if (rule) return ruleFormula(rule, reading);
  }
  const requests = anyRule(dice);
  const excluded = dice.chance(0.3) ? { not: anyRule(dice) } : {};
  return requested(mesh, { ...requests, ...excluded }, "http");
}

test("what is left out of a look at some requests matches none of them", () => {
  let left = 0;
  for (let round = 1; round <= rounds * 3; round += 1) {
    const { side, scope } = drawn(round);
    const near = nearTo([scope], false);
    for (const rule of new Set(rulesOf(filtersOf(side.program)))) {
      const formula = ruleFormula(rule, reading);
      const kept = near.among([rule], "certificate").length > 0;
      if (kept && near.formula(formula)) continue;
      left += 1;
      const both = and(formula, scope);
      const encoding = encodingOf(side, both, "http");
      const said = JSON.stringify({ round, groups: rule.groups });
      expect([said, diagramOf(encode(encoding.space), both)]).toEqual([said, 0]);
    }
  }
  expect(left).toBeGreaterThan(rounds / 3);
});

test.each(["http", "tcp"] as const)("over %s answers are the same without it", (protocol) => {
  for (let round = 1; round <= rounds; round += 1) {
    const { side, scope } = drawn(round);
    const { program } = side;
    const anyDomain = agreedDomains([program]) ? {} : ({ anyDomain: true } as const);
    const look = { protocol, queries: false, ...anyDomain };
    const all = answered(outcomesOf(program, look), "allowed");
    const near = nearTo([scope], false);
    const some = answered(outcomesOf(program, { ...look, near }), "allowed");
    expect([round, sameRequests(and(scope, some), and(scope, all), program)]).toEqual([
      round,
      true,
    ]);
  }
});

test("a rule that others are told from is seen at once, and is asked about again with the same answer", () => {
  const rule = (path: string): Rule => ({
    name: path,
    policy: { kind: "AuthorizationPolicy", namespace: "a", name: path },
    index: 0,
    groups: [
      {
        of: "to",
        any: [
          {
            index: 0,
            all: [
              {
                attribute: { kind: "path" },
                field: "paths",
                any: [{ kind: "exact", text: path, of: 0 }],
              },
            ],
          },
        ],
      },
    ],
  });
  const [a, b] = [rule("/a"), rule("/b")];
  const near = nearTo([ruleFormula(a, reading)], false);
  for (const peer of ["certificate", "certificate", "spiffe"] as const)
    expect(near.among([a, b], peer)).toEqual([a]);
  expect(nearTo([], false).among([a, b], "certificate")).toEqual([]);
});

/** Policies with some of them changed, left out, doubled or named otherwise. */
function altered(dice: Dice, policies: readonly Stated[]): readonly Stated[] {
  const other = policies.flatMap((policy) => {
    if (dice.chance(0.1)) return [];
    if (dice.chance(0.1)) return [policy, policy];
    return dice.chance(0.1) ? [{ ...policy, rules: [anyRule(dice)] }] : [policy];
  });
  return dice.chance(0.5) ? policies : other;
}

test("two programs decide alike if their keys are the same, also where that is seen without them", () => {
  const seen = new Set<boolean>();
  for (let round = 1; round <= rounds * 3; round += 1) {
    const dice = diceOf(round * 4001);
    const policies = anyPolicies(dice);
    const world = anyWorld(dice);
    const [a, b] = [policies, altered(dice, policies)].map((each) =>
      sideOf(worldOf(each, dice.chance(0.8) ? world : anyWorld(dice))),
    );
    if (!a || !b) continue;
    const same = programKey(a.program) === programKey(b.program);
    seen.add(same);
    expect([round, decideAlike(a.program, b.program)]).toEqual([round, same]);
    const chains = [a, b].flatMap(({ program }) =>
      lanesOf(program, "http").map(({ chain }) => chain),
    );
    const keyOf = chainKeyAmong(chains);
    for (const one of chains)
      for (const other of chains)
        expect(keyOf(one) === keyOf(other)).toBe(chainKey(one) === chainKey(other));
  }
  expect(seen.size).toBe(2);
});

test("a mesh shares the policies that are the same in another one, and is made once", () => {
  for (let round = 1; round <= rounds; round += 1) {
    const dice = diceOf(round * 2003);
    const policies = anyPolicies(dice);
    const [first, other] = [policies, altered(dice, policies)].map((each) => worldOf(each));
    if (!first || !other) continue;
    const shared = sharingPolicies(first, other);
    expect(shared).toEqual(other);
    expect(sharingPolicies(first, other)).toBe(shared);
    const texts = new Map(first.authorizationPolicies.map((each) => [JSON.stringify(each), each]));
    for (const policy of shared.authorizationPolicies) {
      const same = texts.get(JSON.stringify(policy));
      if (same) expect(policy).toBe(same);
    }
  }
});
