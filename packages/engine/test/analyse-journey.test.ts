import { expect, test } from "vitest";
import type { Invariant, Proof, Requests } from "../src/analyse/api.ts";
import { travel } from "../src/analyse/journey/confirm-journey.ts";
import { pointsOf } from "../src/analyse/points.ts";
import { prove } from "../src/analyse/prove.ts";
import { evaluate } from "../src/evaluate.ts";
import type { AccessRequest } from "../src/model/access-request.ts";
import type { Mesh } from "../src/model/mesh.ts";
import type { PolicyRule } from "../src/model/policy.ts";
import { type Dice, diceOf } from "./analyse-dice.ts";
import { anyMore, anyPolicies, anyRequest, anyRoutes } from "./analyse-journey-drawn.ts";
import { journeyMesh, type Placed, toOrders, toOther } from "./analyse-journey-world.ts";

const target = { through: "gateway/edge/ingress", namespace: "shop", workload: "orders" };

function proofOf(mesh: Mesh, invariant: Omit<Invariant, "name">): Proof {
  const [proof] = prove(mesh, [{ name: "it", target, ...invariant }]);
  if (!proof) throw new Error("no proof");
  return proof;
}

const hosts = ["a.example", "b.example", "A.example:80", "other.test"];
const paths = ["/", "/a", "/a/b", "/api/x", "/api/admin", "/old/x", "/old/admin", "/a/z"];
const methods = ["GET", "POST"];

/** One request and no other, as an invariant names it, and as the evaluator is asked. */
function requestsIn(domain: readonly (readonly [string, string, string])[]): readonly {
  readonly requests: Requests;
  readonly asked: AccessRequest;
}[] {
  return domain.map(([host, path, method]) => ({
    requests: {
      protocol: "http",
      to: [{ operation: { hosts: [host], paths: [path], methods: [method] } }],
      when: [{ key: "source.ip", values: ["10.0.0.1"] }],
    },
    asked: {
      from: "none",
      to: "gateway/edge/ingress:8080",
      transport: "plaintext",
      source: { ip: "10.0.0.1" },
      http: { method, path, host },
    },
  }));
}

const domain = hosts.flatMap((host) =>
  paths.flatMap((path) => methods.map((method) => [host, path, method] as const)),
);

const vocabulary = {
  paths: ["/a", "/a*", "/a/*", "/api/*", "/api/admin*", "*", "*/z", "/old/*"],
  hosts: ["a.example", "*.example", "A.Example*", "*"],
  methods,
  serviceAccounts: ["edge/ingress", "shop/orders"],
  ipBlocks: ["10.9.0.0/16", "10.0.0.0/8", "10.9.0.1"],
  remoteIpBlocks: ["10.0.0.1", "10.9.0.0/16"],
} as const;

function anyRule(dice: Dice): PolicyRule {
  const fields = (names: readonly [string, ...string[]]): Record<string, readonly string[]> => {
    const name = dice.pick(names);
    const values = vocabulary[name as keyof typeof vocabulary] as readonly [string, ...string[]];
    const negated = `not${name.charAt(0).toUpperCase()}${name.slice(1)}`;
    return { [dice.chance(0.3) ? negated : name]: dice.some(values) };
  };
  const isBoth = dice.chance(0.4);
  const isTo = isBoth || dice.chance(0.6);
  return {
    ...(isTo ? { to: [{ operation: fields(["paths", "hosts", "methods"]) }] } : {}),
    ...(isBoth || !isTo
      ? { from: [{ source: fields(["serviceAccounts", "ipBlocks", "remoteIpBlocks"]) }] }
      : {}),
  };
}

function anyPlaced(dice: Dice): readonly Placed[] {
  return Array.from({ length: 1 + dice.below(4) }, () => ({
    namespace: dice.pick(["edge", "shop"]),
    action: dice.pick(["ALLOW", "DENY"]),
    rules: Array.from({ length: 1 + dice.below(2) }, () => anyRule(dice)),
  }));
}

const roads: readonly (readonly object[])[] = [
  [{ route: [toOrders] }],
  [{ match: [{ uri: { prefix: "/api/" } }], route: [toOrders] }, { route: [toOther] }],
  [
    { match: [{ uri: { exact: "/a" } }], route: [toOther] },
    { match: [{ uri: { prefix: "/a" }, method: { exact: "GET" } }], route: [toOrders] },
    { match: [{ uri: { prefix: "/old/" } }], rewrite: { uri: "/api/" }, route: [toOrders] },
    { match: [{ authority: { exact: "a.example" } }], redirect: { uri: "/" } },
    { route: [toOrders], headers: { request: { set: { "x-env": "prod" } } } },
  ],
];

/** How many of these proofs are made: `ANALYSE=1000` for more. */
const runs = Number(process.env["ANALYSE"] ?? 6);

/** Whether some way of a request ends at the workload. */
function arrives(mesh: Mesh, asked: AccessRequest): boolean {
  return evaluate(mesh, asked).branches.some(
    ({ decision, hops }) => decision === "allow" && hops.at(-1)?.proxy === "shop/orders",
  );
}

test("what is proved of a journey is what the evaluator says of each of its requests", () => {
  let decided = 0;
  for (let seed = 1; seed <= runs; seed += 1) {
    const dice = diceOf(seed);
    const routes = dice.pick(roads as readonly [readonly object[], ...(readonly object[])[]]);
    const policies = anyPlaced(dice);
    const mesh = journeyMesh(policies, { routes });
    for (const { requests, asked } of requestsIn(domain)) {
      const { result, violations } = proofOf(mesh, { requests, expect: "never-allowed" });
      const said = JSON.stringify({ seed, policies, routes, asked, result });
      if (result !== "undecided") decided += 1;
      if (arrives(mesh, asked)) expect(result, said).toBe("violated");
      for (const { witness } of violations.flatMap(({ regions }) => regions))
        expect(arrives(mesh, witness.request), said).toBe(true);
    }
  }
  expect(decided).toBeGreaterThan(runs * domain.length * 0.9);
});

test("requests that a journey always refuses or always allows are told apart from those that it does not", () => {
  for (let seed = 1; seed <= runs; seed += 1) {
    const dice = diceOf(1000 + seed);
    const routes = dice.pick(roads as readonly [readonly object[], ...(readonly object[])[]]);
    const policies = anyPlaced(dice);
    const mesh = journeyMesh(policies, { routes });
    const open = journeyMesh([], { routes });
    for (const { requests, asked } of requestsIn(domain)) {
      const { result, violations } = proofOf(mesh, { requests, expect: "always-allowed" });
      const said = JSON.stringify({ seed, policies, routes, asked, result });
      if (arrives(open, asked) && !arrives(mesh, asked)) expect(result, said).toBe("violated");
      for (const { witness } of violations.flatMap(({ regions }) => regions)) {
        expect(arrives(open, witness.request), said).toBe(true);
        expect(arrives(mesh, witness.request), said).toBe(false);
      }
    }
  }
});

test("with tokens, headers that are written and providers, nothing that gets through is proved not to", () => {
  for (let seed = 1; seed <= runs; seed += 1) {
    const dice = diceOf(2000 + seed);
    const policies = anyPolicies(dice);
    const routes = anyRoutes(dice);
    const mesh = journeyMesh(policies, { routes, more: anyMore(dice) });
    const { points } = pointsOf([mesh]);
    const [entry, orders] = ["ingress", "orders"].map((name) =>
      points.find(({ proxy }) => proxy.name === name),
    );
    if (!entry || !orders) throw new Error("no journey");
    for (let drawn = 0; drawn < 8; drawn += 1) {
      const { requests, asked } = anyRequest(dice);
      const ways = travel(mesh, asked, { entry, target: orders }, {});
      const { result } = proofOf(mesh, { requests, expect: "never-allowed" });
      const said = JSON.stringify({ seed, policies, routes, asked });
      if (ways.some(({ status }) => status === "allowed"))
        expect(["violated", "undecided"], said).toContain(result);
    }
  }
});
