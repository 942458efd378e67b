import { expect, test } from "vitest";
import { whoCan } from "../src/analyse/access.ts";
import type { Invariant } from "../src/analyse/api.ts";
import { diffMeshes } from "../src/analyse/diff.ts";
import { automatonOf } from "../src/analyse/partition/automaton.ts";
import { everything } from "../src/analyse/partition/expression.ts";
import { literal, loop } from "../src/analyse/partition/regular.ts";
import { prove } from "../src/analyse/prove.ts";
import { policyEffects } from "../src/analyse/rule-effects.ts";
import {
  allOf,
  type Formula,
  never,
  oneOf,
  substitute,
  visit,
} from "../src/analyse/space/formula.ts";
import { loadMesh } from "../src/load.ts";
import type { Mesh } from "../src/model/mesh.ts";

const many = 6000;
const tenants: readonly string[] = Array.from({ length: many }, (_, at) => `t-${at}`);

/** One policy that asks for a header, which may be there several times: a list. */
function meshOf(side: "values" | "notValues", values: readonly string[]): Mesh {
  return meshAsking([{ key: "request.headers[x-tenant]", [side]: values }]);
}

function meshAsking(when: readonly object[]): Mesh {
  const policy = {
    apiVersion: "security.istio.io/v1",
    kind: "AuthorizationPolicy",
    metadata: { name: "tenants", namespace: "shop" },
    spec: { action: "ALLOW", rules: [{ when }] },
  };
  return loadMesh({ files: [{ path: "policy.json", text: JSON.stringify(policy) }] }).mesh;
}

test.each(["values", "notValues"] as const)("differences of thousands of header %s", (side) => {
  const [before, after] = [tenants, [...tenants.slice(1), "new"]];
  const { diffs } = diffMeshes(meshOf(side, before), meshOf(side, after));
  const changes = diffs.flatMap((diff) => diff.changes);
  expect(diffs.flatMap(({ undecided }) => undecided)).toEqual([]);
  const told = changes.flatMap(({ kind, regions }) => regions.map(({ text }) => [kind, text]));
  const [gained, lost] = side === "values" ? ["new", "t-0"] : ["t-0", "new"];
  expect(told).toEqual([
    ["newly-allowed", expect.stringMatching(`^header x-tenant is ${gained} and `)],
    ["newly-denied", expect.stringMatching(`^header x-tenant is ${lost} and `)],
  ]);
});

test("who can, with thousands of header values", () => {
  const [{ regions = [], undecided } = {}] = whoCan(meshOf("notValues", tenants), {
    protocol: "http",
  });
  expect(undecided).toEqual([]);
  expect(regions).toHaveLength(1);
});

test("proofs about thousands of header values", () => {
  const asked = (name: string, values: readonly string[]): Invariant => ({
    name,
    requests: { protocol: "http" },
    expect: { "allowed-only-if": [{ when: [{ key: "request.headers[x-tenant]", values }] }] },
  });
  const invariants = [asked("of all", tenants), asked("of all but one", tenants.slice(1))];
  const proofs = prove(meshOf("values", tenants), invariants);
  expect(proofs.map(({ result }) => result)).toEqual(["holds", "violated"]);
});

test("why there is no answer is said shortly", () => {
  const asking = (count: number): Mesh => {
    const keys = tenants.slice(0, count).map((name) => `request.headers[x-${name}]`);
    return meshAsking(keys.map((key) => ({ key, values: ["a"] })));
  };
  const { diffs } = diffMeshes(asking(150), asking(151)); // Envoy takes a hundred headers
  const texts = diffs.flatMap(({ undecided }) => undecided.map(({ text }) => text));
  expect(texts).toEqual([expect.stringMatching(/^header x-t-.* characters more\): ./)]);
  expect(Math.max(...texts.map(({ length }) => length))).toBeLessThan(700);
});

test("the linter's facts about thousands of values, some of which others take", () => {
  const values = [...tenants, "t-7", "t-59*", "*"];
  const of = (listed: readonly string[]): readonly string[] =>
    policyEffects(meshOf("values", listed)).flatMap((point) =>
      point.values.map(({ value, effect }) => `${value} ${effect}`),
    );
  const below = tenants.filter((name) => name.startsWith("t-59")).map((name) => `${name} covered`);
  const expected = ["t-7 covered", ...below, "t-7 covered"];
  expect(of(values.slice(0, -1)).toSorted()).toEqual(expected.toSorted());
  expect(of(values)).toHaveLength(many + 2);
});

test("more values than a call has room for", () => {
  const parts = new Array<Formula>(200_000).fill({ kind: "free", name: "said" });
  const seen: string[] = [];
  visit([substitute(oneOf([allOf(parts)]), () => never)], ({ kind }) => seen.push(kind));
  expect(seen).toEqual(["and", "free"]);
});

test("a value longer than a call has room for", () => {
  const text = "v".repeat(200_000);
  const { classes } = automatonOf([literal(text)], loop(everything), 300_000);
  expect(classes.map(({ value }) => value.length)).toContain(200_000);
});
