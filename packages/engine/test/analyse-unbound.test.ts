import { expect, test } from "vitest";
import { diffMeshes } from "../src/analyse/diff.ts";
import type { Mesh } from "../src/model/mesh.ts";
import { meshFrom } from "./gateway-world.ts";

const orders = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: orders, namespace: shop}
spec: {template: {metadata: {labels: {app: orders}}, spec: {serviceAccountName: orders}}}
---
`;

function policy(spec: string, namespace = "shop"): string {
  return `
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: p, namespace: ${namespace}}
spec: ${spec}
---
`;
}

const rules = (path: string): string => `rules: [{to: [{operation: {paths: ["${path}"]}}]}]`;

function differences(before: Mesh, after: Mesh): unknown {
  const { result, diffs } = diffMeshes(before, after);
  return [
    result,
    ...diffs.map(({ points: [{ name }], changes, undecided }) => [
      name,
      ...changes.map(({ kind }) => kind),
      ...undecided.map(({ text }) => text),
    ]),
  ];
}

test("a policy for workloads that are not loaded is compared at one that it selects", () => {
  const selecting = (path: string): Mesh =>
    meshFrom(
      orders + policy(`{selector: {matchLabels: {app: web}}, action: DENY, ${rules(path)}}`),
    );
  expect(differences(selecting("/a*"), selecting("/a"))).toEqual([
    "wider",
    ["ns/shop,app=web", "newly-allowed"],
  ]);
  expect(differences(selecting("/a"), selecting("/a"))).toEqual(["same"]);
});

test("one for a namespace of which nothing is loaded, too", () => {
  const there = (path: string): Mesh =>
    meshFrom(orders + policy(`{action: DENY, ${rules(path)}}`, "other"));
  expect(differences(there("/a"), there("/a*"))).toEqual([
    "narrower",
    ["ns/other", "newly-denied"],
  ]);
});

test.each([
  ["Gateway", "gateway.networking.k8s.io"],
  ["Service", '""'],
])(
  "a change of a policy that is attached to a %s which is not loaded is undecided",
  (kind, group) => {
    const attached = (path: string, inventory: string): Mesh =>
      meshFrom(
        inventory +
          policy(`{targetRefs: [{kind: ${kind}, group: ${group}, name: x}], ${rules(path)}}`),
      );
    for (const inventory of [orders, ""])
      expect(differences(attached("/a", inventory), attached("/a*", inventory))).toEqual([
        "undecided",
        [
          `${kind.toLowerCase()}/shop/x`,
          `AuthorizationPolicy shop/p may do something else on the other side, and no proxy that is loaded is ${kind} shop/x`,
        ],
      ]);
    expect(differences(attached("/a", orders), attached("/a", orders))).toEqual(["same"]);
  },
);

test("where combinations of selectors are too many, a change in one that was not looked at is undecided", () => {
  const policies = (path: string, key: (index: number) => string): Mesh =>
    meshFrom(
      Array.from({ length: 70 }, (_, index) =>
        policy(
          `{selector: {matchLabels: {${key(index)}: v${index}}}, ${rules(index === 69 ? path : "/x")}}`,
        ).replace("name: p", `name: p${index}`),
      ).join(""),
    );
  const apart = (): string => "app"; // no workload has two of them
  expect(differences(policies("/a", apart), policies("/a*", apart))).toEqual([
    "wider",
    ["ns/shop,app=v69", "newly-allowed"],
  ]);
  const free = (index: number): string => `l${index % 9}`;
  const [result, ...places] = differences(policies("/a", free), policies("/a*", free)) as unknown[];
  expect([result, JSON.stringify(places)]).toEqual([
    "wider",
    expect.stringContaining("were not compared"),
  ]);
  expect(differences(policies("/a", free), policies("/a", free))).toEqual(["same"]);
});
