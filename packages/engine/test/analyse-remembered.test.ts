import { expect, test } from "vitest";
import type { Proof } from "../src/analyse/api.ts";
import { prove } from "../src/analyse/prove.ts";
import type { Mesh } from "../src/model/mesh.ts";
import type { AuthorizationPolicy } from "../src/model/policy.ts";
import { anyPolicies, type Dice, diceOf } from "./analyse-dice.ts";
import { anyWorld } from "./analyse-sides.ts";
import { type Stated, worldOf } from "./analyse-world.ts";
import { handService, handWorkload } from "./mesh.ts";

const deny = (path: string): Stated => ({
  action: "DENY",
  rules: [{ to: [{ operation: { paths: [path] } }] }],
});
const never = (path: string): Parameters<typeof prove>[1] => [
  {
    name: "it",
    requests: { protocol: "http", to: [{ operation: { paths: [path] } }] },
    expect: "never-allowed",
  },
];

test("what was proved of one program, setting or invariant is not taken for proved of another", () => {
  const proved = (policy: Stated, path: string, world = {}): readonly string[] =>
    prove(worldOf([policy], world), never(path)).map(({ result }) => result);
  expect(proved(deny("/admin"), "/admin")).toEqual(["holds"]);
  expect(proved(deny("/admin"), "/admin")).toEqual(["holds"]);
  expect(proved(deny("/admin"), "/other")).toEqual(["violated"]);
  expect(proved(deny("/other"), "/admin")).toEqual(["violated"]);
  expect(proved({ ...deny("/admin"), action: "ALLOW" }, "/admin")).toEqual(["violated"]);
  expect(proved(deny("/admin"), "/admin", { mtls: "DISABLE" })).toEqual(["holds"]);
});

test("a violation that is remembered is shown by a request to the workload that is asked about, and by the policy as it is called now", () => {
  const mesh = worldOf([{ action: "ALLOW", rules: [{}] }]);
  const [policy] = mesh.authorizationPolicies;
  if (!policy) throw new Error("no policy");
  const asked = (name: string, called: string): unknown => {
    const workloads = [handWorkload(`Deployment/prod/${name}`, { serviceAccount: "one" })];
    const renamed = { ...policy, key: { ...policy.key, name: called } };
    const [proof] = prove(
      { ...mesh, authorizationPolicies: [renamed], inventory: { ...mesh.inventory, workloads } },
      never("/admin"),
    );
    const witness = proof?.violations[0]?.regions[0]?.witness;
    return [witness?.request.to, witness?.by.map(({ policy: { name: by } }) => by)];
  };
  expect(asked("a", "first")).toEqual(["deploy/prod/a:8080", ["first"]]);
  expect(asked("b", "second")).toEqual(["deploy/prod/b:8080", ["second"]]);
});

const invariants: Parameters<typeof prove>[1] = [
  { name: "all", requests: { protocol: "http" }, expect: "never-allowed" },
  {
    name: "paths",
    requests: { to: [{ operation: { paths: ["/a/*"] } }] },
    expect: "never-allowed",
  },
  { name: "known", expect: { "allowed-only-if": [{ from: [{ source: { principals: ["*"] } }] }] } },
  { name: "open", requests: { protocol: "http" }, expect: "always-allowed" },
];

const names = ["a", "b", "c"] as const;

/** Some policies bind to one workload only. */
function anyMesh(dice: Dice): Mesh {
  const policies = anyPolicies(dice);
  const mesh = worldOf(policies, anyWorld(dice));
  const workloads = names.map((name) => handWorkload(`Deployment/prod/${name}`));
  const authorizationPolicies = mesh.authorizationPolicies.map((policy) => aimed(policy, dice));
  return { ...mesh, authorizationPolicies, inventory: { ...mesh.inventory, workloads } };
}

function aimed(policy: AuthorizationPolicy, dice: Dice): AuthorizationPolicy {
  if (dice.chance(0.4)) return policy;
  const selector = { matchLabels: { app: dice.pick(names) } };
  return { ...policy, spec: { ...policy.spec, selector } };
}

/** Other rules, another name, other workloads or none of it for one policy; sometimes the workloads change beside it. */
function changed(mesh: Mesh, dice: Dice): Mesh {
  const policies = [...mesh.authorizationPolicies];
  const [made] = worldOf(anyPolicies(dice)).authorizationPolicies;
  const at = dice.below(policies.length);
  const before = policies[at];
  if (before && made)
    policies.splice(
      at,
      1,
      ...dice.pick<readonly AuthorizationPolicy[]>([
        [{ ...made, key: before.key }],
        [{ ...before, key: { ...before.key, name: "renamed" } }],
        [aimed(before, dice)],
        [],
      ]),
    );
  const moved = { ...mesh, authorizationPolicies: policies };
  if (dice.chance(0.7)) return moved;
  const { inventory } = mesh;
  const workloads = [...inventory.workloads, handWorkload("Deployment/prod/d")];
  const services = [handService("prod/a", [{ port: 80 }])];
  return {
    ...moved,
    inventory: {
      ...inventory,
      ...dice.pick<Partial<Mesh["inventory"]>>([{ workloads }, { services }, { workloads: [] }]),
    },
  };
}

let asked = 0;

/** With limits that nobody asked with before, and that nothing comes near: nothing is remembered. */
function provedAnew(mesh: Mesh): readonly Proof[] {
  asked += 1;
  return prove(mesh, invariants, { budget: { conflicts: 250_000 + asked } });
}

test("what is remembered is what would be proved anew, after one policy changed, too", () => {
  for (let round = 1; round <= Number(process.env["ANALYSE"] ?? 25); round += 1) {
    const dice = diceOf(round * 7907);
    const mesh = anyMesh(dice);
    prove(mesh, invariants);
    for (const each of [mesh, changed(mesh, dice), changed(mesh, dice)]) {
      const policies = each.authorizationPolicies.map(({ key, spec }) => [key.name, spec]);
      expect([round, policies, prove(each, invariants)]).toEqual([
        round,
        policies,
        provedAnew(each),
      ]);
    }
  }
});
