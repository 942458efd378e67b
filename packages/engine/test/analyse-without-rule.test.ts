import { expect, test } from "vitest";
import { diffMeshes } from "../src/analyse/diff.ts";
import { policyEffects } from "../src/analyse/rule-effects.ts";
import type { Mesh } from "../src/model/mesh.ts";
import { anyPolicies, diceOf } from "./analyse-dice.ts";
import { anyWorld } from "./analyse-sides.ts";
import { type Stated, worldOf } from "./analyse-world.ts";

const rounds = Number(process.env["ANALYSE"] ?? 12);
const here = { only: ({ name }: { readonly name: string }) => name === "ns/prod" };

function withoutRule(policies: readonly Stated[], at: number, index: number): readonly Stated[] {
  return policies.map((policy, place) =>
    place === at ? { ...policy, rules: (policy.rules ?? []).toSpliced(index, 1) } : policy,
  );
}

/** The rules of policies that allow or deny HTTP, and whether they have an effect on some chain. */
function effectful(mesh: Mesh): ReadonlyMap<string, boolean> {
  const found = new Map<string, boolean>();
  for (const { protocol, rules } of policyEffects(mesh, { ...here, values: false }))
    for (const { rule, effect, action } of rules) {
      if (protocol !== "http" || action === "CUSTOM") continue;
      const key = `${rule.policy.name}#${rule.rule}`;
      const has = effect === "matters" || effect === "matches-everything";
      found.set(key, has || found.get(key) === true);
    }
  return found;
}

/** What other requests get through. */
function changes(before: Mesh, after: Mesh): number {
  return diffMeshes(before, after, here)
    .diffs.flatMap((each) => each.changes)
    .filter(({ protocol, kind }) => protocol === "http" && kind !== "changed-status").length;
}

test("without a rule that has no effect nothing changes, and one without which something changes has an effect", () => {
  const seen = { idle: 0, needed: 0 };
  for (let round = 1; round <= rounds; round += 1) {
    const dice = diceOf(round * 6_700_417);
    const policies = [...anyPolicies(dice), ...anyPolicies(dice)];
    const mesh = worldOf(policies, anyWorld(dice));
    for (const [key, has] of effectful(mesh)) {
      const [, at = "", index = ""] = /-(\d+)#(\d+)$/.exec(key) ?? [];
      const fewer = worldOf(withoutRule(policies, Number(at), Number(index)));
      const { authorizationPolicies } = fewer;
      const changed = changes(mesh, { ...mesh, authorizationPolicies });
      const text = JSON.stringify({ round, key, policies });
      if (!has) expect([text, changed]).toEqual([text, 0]);
      seen[has ? "needed" : "idle"] += has && changed === 0 ? 0 : 1;
    }
  }
  expect(Math.min(seen.idle, seen.needed)).toBeGreaterThan(rounds / 2);
});
