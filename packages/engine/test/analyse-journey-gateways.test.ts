import { expect, test } from "vitest";
import type { Invariant, Proof } from "../src/analyse/api.ts";
import { prove } from "../src/analyse/prove.ts";
import { evaluate } from "../src/evaluate.ts";
import type { AccessRequest } from "../src/model/access-request.ts";
import type { Mesh } from "../src/model/mesh.ts";
import type { PolicyRule } from "../src/model/policy.ts";
import { type Dice, diceOf } from "./analyse-dice.ts";
import { type Link, type Placed, twoGateways } from "./analyse-journey-gateways-world.ts";
import { toOrders, toOther } from "./analyse-journey-world.ts";

const straight = [{ route: [toOrders] }];

function proofOf(mesh: Mesh, to: string, invariant: Omit<Invariant, "name">): Proof {
  const [namespace = "", workload = ""] = to.split("/");
  const target = { through: "gateway/edge/ingress", namespace, workload };
  const [proof] = prove(mesh, [{ name: "it", target, ...invariant }]);
  if (!proof) throw new Error("no proof");
  return proof;
}

const from = (...serviceAccounts: readonly string[]): PolicyRule => ({
  from: [{ source: { serviceAccounts } }],
});
const http = { protocol: "http" } as const;

test.each<[string, Link, readonly Placed[], string, Invariant["expect"], Proof["result"]]>([
  [
    "sees no identity over plain text",
    "plain",
    [at("inner", "ALLOW", from("edge/ingress"))],
    "shop/orders",
    "never-allowed",
    "holds",
  ],
  [
    "sees the first one over mutual TLS",
    "mutual",
    [at("inner", "ALLOW", from("edge/ingress"))],
    "shop/orders",
    "always-allowed",
    "holds",
  ],
  [
    "sees nobody where it asks for no certificate",
    "simple",
    [at("inner", "ALLOW", from("edge/ingress"))],
    "shop/orders",
    "never-allowed",
    "holds",
  ],
  [
    "is not reached without the TLS that it wants",
    "bare",
    [],
    "shop/orders",
    "never-allowed",
    "holds-vacuously",
  ],
  [
    "is whom the workload sees",
    "mutual",
    [at("orders", "ALLOW", from("edge/inner"))],
    "shop/orders",
    "always-allowed",
    "holds",
  ],
  [
    "and not the first one",
    "mutual",
    [at("orders", "ALLOW", from("edge/ingress"))],
    "shop/orders",
    "never-allowed",
    "holds",
  ],
  [
    "may be what is asked about",
    "mutual",
    [at("inner", "DENY", from("edge/ingress"))],
    "edge/inner",
    "never-allowed",
    "holds",
  ],
  [
    "lets through what its policies do",
    "mutual",
    [at("inner", "DENY", from("edge/other"))],
    "edge/inner",
    "always-allowed",
    "holds",
  ],
  [
    "and no more",
    "mutual",
    [at("inner", "ALLOW", from("edge/other"))],
    "edge/inner",
    "always-allowed",
    "violated",
  ],
])("a second gateway %s", (_, link, policies, to, expected, result) => {
  const mesh = twoGateways(policies, link, straight);
  const requests = { ...http, to: [{ operation: { hosts: ["a.example"], paths: ["/x"] } }] };
  const proof = proofOf(mesh, to, { requests, expect: expected });
  expect([proof.result, proof.undecided]).toEqual([result, []]);
});

function at(app: Placed["app"], action: string, ...rules: readonly PolicyRule[]): Placed {
  return { app, action, rules };
}

const paths = ["/", "/a", "/a/b", "/old/x", "/out/a"];
const hosts = ["a.example", "b.example:80"];
const methods = ["GET", "POST"];
const domain = hosts.flatMap((each) =>
  paths.flatMap((path) => methods.map((method) => ({ host: each, path, method }))),
);

const seen = {
  paths: ["/a", "/a*", "/new/*", "/old/*", "*"],
  hosts: ["a.example", "*.example", "b.example*"],
  methods,
  serviceAccounts: ["edge/ingress", "edge/inner"],
  ipBlocks: ["10.9.0.1", "10.9.0.9", "10.0.0.0/8"],
  remoteIpBlocks: ["10.0.0.1", "10.9.0.1"],
  ports: ["80", "443", "8080"],
} as const;

function anyRule(dice: Dice): PolicyRule {
  const fields = (names: readonly [string, ...string[]]): Record<string, readonly string[]> => {
    const name = dice.pick(names);
    const values = seen[name as keyof typeof seen] as readonly [string, ...string[]];
    const negated = `not${name.charAt(0).toUpperCase()}${name.slice(1)}`;
    return { [dice.chance(0.3) ? negated : name]: dice.some(values) };
  };
  return {
    ...(dice.chance(0.6)
      ? { to: [{ operation: fields(["paths", "hosts", "methods", "ports"]) }] }
      : {}),
    ...(dice.chance(0.6)
      ? { from: [{ source: fields(["serviceAccounts", "ipBlocks", "remoteIpBlocks"]) }] }
      : {}),
  };
}

const inside: readonly [readonly object[], ...(readonly object[])[]] = [
  straight,
  [
    { match: [{ uri: { prefix: "/old/" } }], rewrite: { uri: "/new/" }, route: [toOrders] },
    { match: [{ method: { exact: "POST" } }], route: [toOther] },
    { route: [toOrders] },
  ],
];

const runs = Number(process.env["ANALYSE"] ?? 8);

test("what is proved of a way over two gateways is what the evaluator says of each of its requests", () => {
  let decided = 0;
  for (let seed = 1; seed <= runs; seed += 1) {
    const dice = diceOf(5000 + seed);
    const policies = Array.from({ length: 1 + dice.below(4) }, () =>
      at(dice.pick(["ingress", "inner", "orders"]), dice.pick(["ALLOW", "DENY"]), anyRule(dice)),
    );
    const link = dice.pick(["plain", "mutual", "mutual", "simple", "bare"] as const);
    const routes = dice.pick(inside);
    const mesh = twoGateways(policies, link, routes);
    const open = twoGateways([], link, routes);
    for (const asked of domain) {
      const request = asAsked(asked);
      const reached = arrives(mesh, request);
      const said = JSON.stringify({ seed, policies, link, asked });
      const requests = asRequests(asked);
      const never = proofOf(mesh, "shop/orders", { requests, expect: "never-allowed" });
      if (never.result !== "undecided") decided += 1;
      if (reached) expect(never.result, said).toBe("violated");
      else expect(never.result, said).not.toBe("violated");
      const always = proofOf(mesh, "shop/orders", { requests, expect: "always-allowed" });
      const isRefused = !reached && arrives(open, request);
      expect(always.result === "violated", said).toBe(isRefused);
    }
  }
  expect(decided).toBeGreaterThan(runs * domain.length * 0.95);
});

function asRequests({
  host: name,
  path,
  method,
}: (typeof domain)[number]): Invariant["requests"] & object {
  return {
    ...http,
    to: [{ operation: { hosts: [name], paths: [path], methods: [method] } }],
    when: [{ key: "source.ip", values: ["10.0.0.1"] }],
  };
}

function asAsked({ host: name, path, method }: (typeof domain)[number]): AccessRequest {
  return {
    from: "none",
    to: "gateway/edge/ingress:8080",
    transport: "plaintext",
    source: { ip: "10.0.0.1" },
    http: { method, path, host: name },
  };
}

function arrives(mesh: Mesh, asked: AccessRequest): boolean {
  return evaluate(mesh, asked).branches.some(
    ({ decision, hops }) => decision === "allow" && hops.at(-1)?.proxy === "shop/orders",
  );
}

test("a server name that is the host that is asked for is not followed where a certificate hangs on it", () => {
  const mesh = twoGateways([], "byHost", straight);
  const requests = { ...http, to: [{ operation: { paths: ["/x"] } }] };
  expect(proofOf(mesh, "shop/orders", { requests, expect: "never-allowed" }).result).toBe(
    "undecided",
  );
  expect(proofOf(mesh, "shop/orders", { requests, expect: "always-allowed" }).result).not.toBe(
    "holds",
  );
});
