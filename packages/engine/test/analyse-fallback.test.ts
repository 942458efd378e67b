import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import type { Budget, Invariant } from "../src/analyse/api.ts";
import { diffMeshes } from "../src/analyse/diff.ts";
import { prove } from "../src/analyse/prove.ts";
import { policyEffects } from "../src/analyse/rule-effects.ts";
import { loadMesh } from "../src/load.ts";
import type { Mesh } from "../src/model/mesh.ts";

const folder = join(import.meta.dirname, "../../../policies");

const manifests: readonly string[] = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .filter((path) => /^(?:examples|regressions)\/.*\.yaml$/.test(path))
  .sort();

/** The meshes of the project's own examples and regressions: one of each folder. */
const meshes: readonly (readonly [string, Mesh])[] = [...new Set(manifests.map(dirname))].flatMap(
  (name) => {
    const files = manifests
      .filter((path) => dirname(path) === name)
      .map((path) => ({ path, text: readFileSync(join(folder, path), "utf8") }));
    const { mesh } = loadMesh({ files, allowEmpty: true, onDuplicate: "last" });
    return mesh.authorizationPolicies.length > 0 ? [[name, mesh] as const] : [];
  },
);

const anonymous = [{ source: { notPrincipals: ["*"], notRequestPrincipals: ["*"] } }];
const invariants: readonly Invariant[] = [
  { name: "nobody", requests: { protocol: "http", from: anonymous }, expect: "never-allowed" },
  { name: "open", requests: { protocol: "http" }, expect: "always-allowed" },
  {
    name: "reads",
    requests: { protocol: "http", to: [{ operation: { methods: ["GET"], paths: ["/api/*"] } }] },
    expect: { "allowed-only-if": [{ from: [{ source: { principals: ["*"] } }] }] },
  },
];

/** What is proved under a budget that no other question had: nothing is remembered of it. */
let asked = 0;
function provedAnew(mesh: Mesh, budget: Budget): readonly string[] {
  asked += 1;
  return proved(mesh, { ...budget, conflicts: 200_000 + asked });
}

function proved(mesh: Mesh, budget: Budget): readonly string[] {
  return prove(mesh, invariants, { budget }).map(({ invariant, points, result }) =>
    JSON.stringify([invariant.name, points.map(({ name }) => name), result]),
  );
}

const isOpen = (proof: string): boolean => proof.includes('"undecided"');

test("there are examples to compare", () => {
  expect(meshes.length).toBeGreaterThan(10);
});

test("diagrams, covering queries and the SAT solver prove the same of the project's own meshes", () => {
  let compared = 0;
  for (const [name, mesh] of meshes) {
    const usual = provedAnew(mesh, {});
    for (const budget of [{ nodes: 3 }, { nodes: 3, steps: 0 }])
      for (const [at, proof] of provedAnew(mesh, budget).entries()) {
        if (isOpen(proof)) continue;
        expect([name, budget, proof]).toEqual([name, budget, usual[at]]);
        if (!isOpen(usual[at] ?? "")) compared += 1;
      }
  }
  expect(compared).toBeGreaterThan(100);
});

test("what is remembered of proofs is what is proved anew", () => {
  for (const [name, mesh] of meshes) {
    const anew = provedAnew(mesh, {});
    for (const time of ["first", "second"])
      expect([name, time, proved(mesh, {})]).toEqual([name, time, anew]);
  }
});

test("rules do the same whoever answers the covering queries", () => {
  for (const [name, mesh] of meshes) {
    const [usual, solved] = [{}, { steps: 0 }].map((budget) => policyEffects(mesh, { budget }));
    expect([name, solved]).toEqual([name, usual]);
  }
});

test("a mesh is the same as itself, and differs from one without policies, whatever compares them", () => {
  for (const [name, mesh] of meshes) {
    const bare: Mesh = { ...mesh, authorizationPolicies: [] };
    const usual = diffMeshes(mesh, bare);
    for (const budget of [{ nodes: 3 }, { nodes: 3, steps: 0 }]) {
      expect([name, diffMeshes(mesh, mesh, { budget }).result]).toEqual([name, "same"]);
      const { result, diffs } = diffMeshes(mesh, bare, { budget });
      if (diffs.every(({ undecided }) => undecided.length === 0))
        expect([name, result]).toEqual([name, usual.result]);
    }
  }
});
