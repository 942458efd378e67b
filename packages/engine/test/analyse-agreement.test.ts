import { expect, test } from "vitest";
import type { Budget } from "../src/analyse/api.ts";
import { limitsOf } from "../src/analyse/budget.ts";
import type { Box } from "../src/analyse/cover/box.ts";
import { uncovered } from "../src/analyse/cover/uncovered.ts";
import { diffMeshes } from "../src/analyse/diff.ts";
import { prove } from "../src/analyse/prove.ts";
import { policyEffects } from "../src/analyse/rule-effects.ts";
import { addClause, newVariable, solve, solver } from "../src/analyse/solve/sat.ts";
import type { PolicyRule } from "../src/model/policy.ts";
import { effectsByDiagrams } from "./analyse-diagrams.ts";
import { anyPolicies, anyRule, type Dice, diceOf } from "./analyse-dice.ts";
import { allRequests } from "./analyse-requests.ts";
import { allows, anyWorld, encodingOf, sideOf, symbolic } from "./analyse-sides.ts";
import { requested, type Stated, worldOf } from "./analyse-world.ts";

const rounds = Number(process.env["ANALYSE"] ?? 12);
const here = { only: ({ name }: { readonly name: string }) => name === "ns/prod" };

function eachRound(run: (dice: Dice, round: number) => void): void {
  for (let round = 1; round <= rounds; round += 1) run(diceOf(round * 104_729), round);
}

test("what is proved holds for every request of a small domain, and what is refuted does not", () => {
  const requests = allRequests();
  eachRound((dice, round) => {
    const policies = anyPolicies(dice);
    const mesh = worldOf(policies, { mtls: "PERMISSIVE" });
    const scope = { ...anyRule(dice), protocol: "http" } as const;
    const invariant = { name: "x", target: { namespace: "prod" }, requests: scope };
    const [proof] = prove(mesh, [{ ...invariant, expect: "never-allowed" }], here);
    const side = sideOf(mesh);
    const spoken = requested(mesh, scope, "http");
    const encoding = encodingOf(side, spoken, "http");
    const wrong = requests.filter(
      (request) => symbolic(encoding, spoken, request) && allows(side, request, "http"),
    );
    const text = JSON.stringify({ round, policies, scope });
    if (proof?.result !== "violated") expect([text, wrong.length]).toEqual([text, 0]);
    if (wrong.length > 0) expect([text, proof?.result]).toEqual([text, "violated"]);
    expect([text, proof?.undecided]).toEqual([text, []]);
  });
});

test("a diff finds a change wherever some request of a small domain is decided differently", () => {
  const requests = allRequests();
  eachRound((dice, round) => {
    const before = anyPolicies(dice);
    const after = dice.chance(0.5) ? changed(dice, before) : anyPolicies(dice);
    const world = anyWorld(dice);
    const [old, young] = [worldOf(before, world), worldOf(after, world)];
    const diff = diffMeshes(old, young, here);
    const kinds = new Set(diff.diffs.flatMap(({ changes }) => changes.map(({ kind }) => kind)));
    const [was, is] = [sideOf(old), sideOf(young)];
    const text = JSON.stringify({ round, before, after, world });
    expect([text, diff.diffs.flatMap(({ undecided }) => undecided)]).toEqual([text, []]);
    for (const request of requests) {
      const [a, b] = [allows(was, request, "http"), allows(is, request, "http")];
      if (!a && b) expect([text, kinds.has("newly-allowed")]).toEqual([text, true]);
      if (a && !b) expect([text, kinds.has("newly-denied")]).toEqual([text, true]);
    }
  });
});

function changed(dice: Dice, policies: readonly Stated[]): readonly Stated[] {
  const at = dice.below(policies.length);
  return policies.map((policy, index) =>
    index === at ? { ...policy, rules: [...(policy.rules ?? []).slice(1), anyRule(dice)] } : policy,
  );
}

/** Ways to write the same thing otherwise. */
const rewritings: readonly ((policies: readonly Stated[]) => readonly Stated[])[] = [
  (policies) => policies.toReversed(),
  (policies) => policies.map((each) => ({ ...each, rules: [...(each.rules ?? [])].reverse() })),
  (policies) => [...policies, ...policies.filter(({ action }) => action !== "CUSTOM")],
  (policies) =>
    policies.map((each) => ({ ...each, rules: (each.rules ?? []).flatMap(splitPaths) })),
  (policies) => policies.map((each) => ({ ...each, rules: (each.rules ?? []).map(toWhen) })),
];

/** One rule for each path. */
function splitPaths(rule: PolicyRule): readonly PolicyRule[] {
  const operation = rule.to?.[0]?.operation;
  const paths = operation?.paths;
  if (!operation || !paths || paths.length < 2) return [rule];
  return paths.map((path) => ({ ...rule, to: [{ operation: { ...operation, paths: [path] } }] }));
}

/** A namespace as a condition. */
function toWhen(rule: PolicyRule): PolicyRule {
  const source = rule.from?.[0]?.source;
  const { namespaces, ...rest } = source ?? {};
  if (!namespaces || Object.keys(rest).length > 0) return rule;
  const { from: _from, ...others } = rule;
  return {
    ...others,
    when: [...(rule.when ?? []), { key: "source.namespace", values: namespaces }],
  };
}

test("the same policies in other words make no difference", () => {
  eachRound((dice, round) => {
    const policies = anyPolicies(dice);
    const world = anyWorld(dice);
    for (const [index, rewrite] of rewritings.entries()) {
      const diff = diffMeshes(worldOf(policies, world), worldOf(rewrite(policies), world), here);
      const text = JSON.stringify({ round, index, policies });
      expect([text, diff.result, diff.diffs]).toEqual([text, "same", []]);
    }
  });
});

test("covering queries and decision diagrams say the same of rules, whoever decides the queries", () => {
  eachRound((dice, round) => {
    const policies = [...anyPolicies(dice), ...anyPolicies(dice)];
    for (const budget of [{}, { steps: 0 }])
      for (const protocol of ["http", "tcp"] as const) {
        const found = policyEffects(worldOf(policies), { ...here, budget, values: false })
          .filter((each) => each.protocol === protocol)
          .map(({ rules }) => rules.map(({ effect }) => effect));
        const text = JSON.stringify({ round, protocol, policies });
        expect([text, found]).toEqual([text, effectsByDiagrams(policies, protocol)]);
      }
  });
});

test("without the rules that may go together nothing changes", () => {
  eachRound((dice, round) => {
    const policies = [...anyPolicies(dice), ...anyPolicies(dice)];
    const effects = policyEffects(worldOf(policies), { ...here, values: false });
    const gone = new Set(
      effects
        .filter(({ protocol }) => protocol === "http")
        .flatMap(({ rules }) => rules.filter(({ removable }) => removable))
        .map(({ rule }) => `${rule.policy.name}#${rule.rule}`),
    );
    const left = policies.map((policy, at) => ({
      ...policy,
      rules: (policy.rules ?? []).filter(
        (_, index) => !gone.has(`${policy.action.toLowerCase()}-${at}#${index}`),
      ),
    }));
    const diff = diffMeshes(worldOf(policies), worldOf(left), here);
    const http = diff.diffs.flatMap(({ changes }) =>
      changes.filter((each) => each.protocol === "http"),
    );
    const text = JSON.stringify({ round, policies, gone: [...gone] });
    expect([text, http]).toEqual([text, []]);
  });
});

test("a budget that is too small gives no answer, never a wrong one", () => {
  const seen = { open: 0, proofs: 0 };
  eachRound((dice) => {
    const [before, after] = [worldOf(anyPolicies(dice)), worldOf(anyPolicies(dice))];
    const full = diffMeshes(before, after, here);
    const requests = { ...anyRule(dice), protocol: "http" } as const;
    const invariant = { name: "x", target: { namespace: "prod" }, requests } as const;
    const proof = (budget: Budget): string | undefined =>
      prove(after, [{ ...invariant, expect: "never-allowed" }], { ...here, budget })[0]?.result;
    const proved = proof({});
    for (const budget of [{ states: 3 }, { nodes: 5 }, { states: 40, nodes: 200 }]) {
      const poor = diffMeshes(before, after, { ...here, budget });
      const open = poor.diffs.flatMap(({ undecided }) => undecided);
      if (open.length > 0) expect(open[0]?.because).toBe("budget");
      else expect(poor.result).toBe(full.result);
      if (open.length > 0) seen.open += 1;
      const result = proof(budget);
      expect(["undecided", proved]).toContain(result);
      if (result === "undecided") seen.proofs += 1;
    }
  });
  expect(Math.min(seen.open, seen.proofs)).toBeGreaterThan(rounds);
});

test("the SAT solver finds values where there are some, and only there", () => {
  eachRound((dice) => {
    const count = 4 + dice.below(6);
    const clauses = Array.from({ length: count * 4 + dice.below(8) }, () =>
      Array.from({ length: 3 }, () => dice.below(2 * count)),
    );
    const problem = solver();
    for (let each = 0; each < count; each += 1) newVariable(problem);
    for (const clause of clauses) addClause(problem, clause);
    const found = solve(problem, 100_000);
    const holds = (values: (variable: number) => boolean): boolean =>
      clauses.every((clause) => clause.some((each) => values(each >> 1) === (each % 2 === 0)));
    const some = Array.from({ length: 2 ** count }, (_, bits) => bits).some((bits) =>
      holds((variable) => ((bits >> variable) & 1) === 1),
    );
    expect(found !== undefined).toBe(some);
    if (found) expect(holds((variable) => found[variable] === 1)).toBe(true);
  });
});

test("hard covering queries are settled by the SAT solver", () => {
  const dice = diceOf(7);
  const axes = 60;
  const sizes = Array.from({ length: axes }, () => 2);
  const covers: readonly Box[] = Array.from({ length: 256 }, () => {
    const own = [...new Set([dice.below(axes), dice.below(axes), dice.below(axes)])].sort(
      (a, b) => a - b,
    );
    return { axes: own, sets: own.map(() => (dice.chance(0.5) ? [0, 0] : [1, 1])) };
  });
  const full: Box = { axes: [], sets: [] };
  const { steps, conflicts } = limitsOf();
  const found = uncovered(full, covers, sizes, { steps, conflicts });
  const isHeld = (cover: Box): boolean =>
    cover.axes.every((axis, at) => cover.sets[at]?.[0] === (found?.get(axis) ?? 0));
  if (found) expect(covers.some(isHeld)).toBe(false);
  expect(found === undefined).toBe(
    uncovered(full, covers, sizes, { steps: 0, conflicts }) === undefined,
  );
});
