import { expect, test } from "vitest";
import type { Invariant, Proof, Requests } from "../src/analyse/api.ts";
import { diffMeshes } from "../src/analyse/diff.ts";
import { prove } from "../src/analyse/prove.ts";
import type { Mesh } from "../src/model/mesh.ts";
import type { PolicyRule } from "../src/model/policy.ts";
import { anyPolicies, anyRule, type Dice, diceOf } from "./analyse-dice.ts";
import { anyWorld } from "./analyse-sides.ts";
import { type Stated, worldOf } from "./analyse-world.ts";

const rounds = Number(process.env["ANALYSE"] ?? 8);
const here = { only: ({ name }: { readonly name: string }) => name === "ns/prod" };

function eachRound(run: (dice: Dice, said: string) => void): void {
  for (let round = 1; round <= rounds; round += 1) run(diceOf(round * 32_452_843), `${round}`);
}

/** The same fields with a list of values taken apart: each value an entry of its own. */
function apart<Fields extends object>(fields: Fields): readonly Fields[] {
  const found = Object.entries(fields).find(
    ([name, values]) => !name.startsWith("not") && Array.isArray(values) && values.length > 1,
  );
  if (!found) return [fields];
  const [name, values] = found;
  return values.map((value: string) => ({ ...fields, [name]: [value] }));
}

/** One rule's `from` and `to` with an entry for each value. */
function withEntries(rule: PolicyRule): PolicyRule {
  const sources = (rule.from ?? []).flatMap((entry) =>
    apart(entry?.source ?? {}).map((source) => ({ source })),
  );
  const operations = (rule.to ?? []).flatMap((entry) =>
    apart(entry?.operation ?? {}).map((operation) => ({ operation })),
  );
  return {
    ...rule,
    ...(rule.from ? { from: sources } : {}),
    ...(rule.to ? { to: operations } : {}),
  };
}

/** The same rule for each entry of `from` and `to`. */
function withRules(rule: PolicyRule): readonly PolicyRule[] {
  const { from, to } = withEntries(rule);
  const sources = from?.map((each) => ({ from: [each] })) ?? [{}];
  const operations = to?.map((each) => ({ to: [each] })) ?? [{}];
  return sources.flatMap((source) =>
    operations.map((operation) => ({ ...rule, ...source, ...operation })),
  );
}

/** One policy for each rule. */
function alone(policies: readonly Stated[]): readonly Stated[] {
  return policies.flatMap((policy) =>
    (policy.rules ?? []).map((rule) => ({ ...policy, rules: [rule] })),
  );
}

const rewritings: Readonly<Record<string, (policies: readonly Stated[]) => readonly Stated[]>> = {
  "an entry for each value": (policies) =>
    policies.map((each) => ({ ...each, rules: (each.rules ?? []).map(withEntries) })),
  "a rule for each value": (policies) =>
    policies.map((each) => ({ ...each, rules: (each.rules ?? []).flatMap(withRules) })),
  "a policy for each rule": alone,
  "every rule twice": (policies) =>
    policies.map((each) => ({
      ...each,
      rules: (each.rules ?? []).flatMap((rule) => [rule, rule]),
    })),
};

test.each(Object.entries(rewritings))("%s makes no difference", (_, rewrite) => {
  let rewritten = 0;
  eachRound((dice, said) => {
    const policies = anyPolicies(dice);
    const world = anyWorld(dice);
    const other = rewrite(policies);
    if (JSON.stringify(other) !== JSON.stringify(policies)) rewritten += 1;
    const diff = diffMeshes(worldOf(policies, world), worldOf(other, world), here);
    const text = JSON.stringify({ said, policies, other });
    expect([text, diff.result, diff.diffs]).toEqual([text, "same", []]);
  });
  expect(rewritten).toBeGreaterThan(rounds / 2);
});

function proofOf(mesh: Mesh, requests: Requests, expected: Invariant["expect"]): Proof {
  const [proof] = prove(
    mesh,
    [{ name: "x", target: { namespace: "prod" }, requests, expect: expected, vacuous: "ok" }],
    here,
  );
  if (!proof) throw new Error("no proof");
  return proof;
}

function answerOf({ result, violations }: Proof): unknown {
  return [result, violations.map(({ regions }) => regions.map(({ text }) => text).sort())];
}

test("not not these requests are these requests", () => {
  const seen = new Set<string>();
  eachRound((dice, said) => {
    const mesh = worldOf(anyPolicies(dice), anyWorld(dice));
    const scope = { ...anyRule(dice), ...(dice.chance(0.5) ? { not: anyRule(dice) } : {}) };
    const plain = proofOf(mesh, { protocol: "http", ...scope }, "never-allowed");
    const twice = proofOf(mesh, { protocol: "http", not: { not: scope } }, "never-allowed");
    const either = proofOf(mesh, { protocol: "http", anyOf: [scope, scope] }, "never-allowed");
    seen.add(plain.result);
    expect([said, answerOf(twice), answerOf(either)]).toEqual([
      said,
      answerOf(plain),
      answerOf(plain),
    ]);
  });
  expect(seen.has("violated") && seen.size > 1).toBe(true);
});

test("what is allowed only if it is one of some requests never is what is none of them", () => {
  const seen = new Set<string>();
  eachRound((dice, said) => {
    const mesh = worldOf(anyPolicies(dice), anyWorld(dice));
    const some = [anyRule(dice), anyRule(dice)];
    const only = proofOf(mesh, { protocol: "http" }, { "allowed-only-if": some });
    const none = proofOf(mesh, { protocol: "http", not: { anyOf: some } }, "never-allowed");
    seen.add(only.result);
    const isHeld = (proof: Proof): boolean => proof.result !== "violated";
    expect([said, isHeld(only)]).toEqual([said, isHeld(none)]);
  });
  expect(seen.size).toBeGreaterThan(1);
});

test("one mesh is no wider than another where nothing is newly allowed, and is the same where nothing differs", () => {
  const seen = new Set<string>();
  eachRound((dice, said) => {
    const policies = anyPolicies(dice);
    const after = dice.chance(0.5)
      ? policies.map((each, at) => (at === 0 ? { ...each, rules: [anyRule(dice)] } : each))
      : anyPolicies(dice);
    const world = anyWorld(dice);
    const [old, young] = [worldOf(policies, world), worldOf(after, world)];
    const there = diffMeshes(old, young, here);
    const back = diffMeshes(young, old, here);
    const opposite = { wider: "narrower", narrower: "wider" } as const;
    const { result } = there;
    expect([said, back.result]).toEqual([
      said,
      result === "wider" || result === "narrower" ? opposite[result] : result,
    ]);
    seen.add(result);
    const widens = result === "wider" || result === "both";
    const differs = widens || result === "narrower";
    const held = [{ "no-wider-than": old }, { "same-as": old }].map(
      (expected) => proofOf(young, {}, expected).result !== "violated",
    );
    expect([said, result, ...held]).toEqual([said, result, !widens, !differs]);
  });
  expect(seen.size).toBeGreaterThan(1);
});
