import { expect, test } from "vitest";
import type { Invariant, Proof } from "../src/analyse/api.ts";
import { prove } from "../src/analyse/prove.ts";
import { evaluate } from "../src/evaluate.ts";
import type { AccessRequest } from "../src/model/access-request.ts";
import type { PolicyRule } from "../src/model/policy.ts";
import { diceOf } from "./analyse-dice.ts";
import { atShop, paths } from "./analyse-journey-examples.ts";
import { journeyMesh, type Placed, toOrders, toOther } from "./analyse-journey-world.ts";
import { to } from "./analyse-spoken.ts";

type Expected = Invariant["expect"];

const mirror = { host: "orders.shop.svc.cluster.local", port: { number: 80 } };
const noDelete = atShop("DENY", to({ methods: ["DELETE"] }));

interface World {
  readonly routes: readonly object[];
  readonly policies?: readonly Placed[];
}

function proofIn({ routes, policies = [noDelete] }: World, expected: Expected): Proof {
  return proofAt("orders", journeyMesh(policies, { routes }), expected);
}

function proofAt(
  workload: string,
  mesh: ReturnType<typeof journeyMesh>,
  expected: Expected,
  requests: Invariant["requests"] = {},
): Proof {
  const target = { through: "gateway/edge/ingress", namespace: "shop", workload };
  const asked = { ...requests, protocol: "http" } as const;
  const [proof] = prove(mesh, [{ name: "it", target, requests: asked, expect: expected }]);
  if (!proof) throw new Error("no proof");
  return proof;
}

/** What is led to the workload, and what goes elsewhere with `copied` beside it. */
function beside(copied: object): readonly object[] {
  return [
    { match: [{ uri: { prefix: "/orders" } }], route: [toOrders] },
    { match: [{ uri: { prefix: "/new" } }], route: [toOther], ...copied },
    { route: [toOther] },
  ];
}

const only = { "allowed-only-if": [to({ paths: ["/orders*"] })] };

function shownIn({ violations }: Proof): readonly (readonly string[])[] {
  return violations.flatMap(({ regions }) =>
    regions.map(({ text, witness }) => [text, ...witness.statuses]),
  );
}

test("copies come to whom a route mirrors to: those of what the route takes, and no others", () => {
  expect(proofIn({ routes: beside({}) }, only).result).toBe("holds");
  for (const copied of [{ mirror }, { mirrors: [{ destination: mirror }] }]) {
    const routes = beside(copied);
    expect(shownIn(proofIn({ routes }, only))).toEqual([
      [
        "method is not DELETE and host is *.example in any spelling and path is /new*",
        "allowed as a copy",
      ],
    ]);
    const both = { "allowed-only-if": [to({ paths: ["/orders*", "/new*"] })] };
    expect(proofIn({ routes }, both).result).toBe("holds");
  }
  expect(proofIn({ routes: beside({ mirror, mirrorPercentage: { value: 0 } }) }, only).result).toBe(
    "holds",
  );
  expect(proofIn({ routes: beside({ mirror, mirrorPercentage: { value: 1 } }) }, only).result).toBe(
    "violated",
  );
});

test("what is refused of a copy is not refused to who sent it, and others get none", () => {
  const mesh = journeyMesh([noDelete], { routes: beside({ mirror }) });
  expect(proofAt("other", mesh, "always-allowed").result).toBe("holds");
  expect(proofAt("other", mesh, { "allowed-only-if": [paths("/orders*")] }).result).toBe(
    "violated",
  );
  expect(proofAt("other", mesh, { "allowed-only-if": [{ not: paths("/orders*") }] }).result).toBe(
    "holds",
  );
  const gets = { methods: ["GET"] };
  expect(proofAt("orders", mesh, "always-allowed", to(gets)).result).toBe("holds");
  expect(
    proofAt("orders", mesh, { "allowed-only-if": [{ not: to({ methods: ["DELETE"] }) }] }).result,
  ).toBe("holds");
});

test("a copy comes as what the route makes of a request, from who mirrors it", () => {
  const routes = [
    {
      match: [{ uri: { prefix: "/old/" } }],
      rewrite: { uri: "/new/" },
      headers: { request: { set: { "x-route": "r" } } },
      route: [
        { ...toOther, weight: 90, headers: { request: { set: { "x-way": "one" } } } },
        { ...toOther, weight: 10, headers: { request: { set: { "x-way": "two" } } } },
      ],
      mirror,
    },
  ];
  const allowing = (...rules: Parameters<typeof atShop>[1][]): World => ({
    routes,
    policies: [atShop("ALLOW", ...rules)],
  });
  const comes = (...rules: Parameters<typeof atShop>[1][]): string =>
    proofIn(allowing(...rules), "never-allowed").result;
  const when = (key: string, ...values: readonly string[]): object => ({ when: [{ key, values }] });
  expect(comes(paths("/new/*"))).toBe("violated");
  expect(comes(paths("/old/*"))).toBe("holds");
  expect(comes(when("request.headers[x-way]", "two"))).toBe("violated");
  expect(comes(when("request.headers[x-way]", "three"))).toBe("holds");
  expect(comes(when("request.headers[x-route]", "r"))).toBe("violated");
  expect(comes({ from: [{ source: { serviceAccounts: ["edge/ingress"] } }] })).toBe("violated");
  expect(comes({ from: [{ source: { serviceAccounts: ["shop/other"] } }] })).toBe("holds");
});

test("the client's address, to who gets a copy, is that of who mirrors: it adds its own", () => {
  const comes = (address: string, routes: readonly object[]): string =>
    proofIn(
      { routes, policies: [atShop("ALLOW", { when: [{ key: "remote.ip", values: [address] }] })] },
      "never-allowed",
    ).result;
  expect(comes("10.9.0.1", [{ route: [toOther], mirror }])).toBe("violated");
  expect(comes("192.0.2.0/24", [{ route: [toOther], mirror }])).toBe("holds");
  expect(comes("192.0.2.0/24", [{ route: [toOrders], mirror }])).toBe("violated");
});

test("no copy is made of what is not forwarded, nor of what has no endpoint to go to", () => {
  const never = (rule: object): string =>
    proofIn({ routes: [{ ...rule, mirror }] }, "never-allowed").result;
  const abort = { abort: { httpStatus: 418, percentage: { value: 100 } } };
  expect(never({ route: [toOther], fault: abort })).toBe("holds-vacuously");
  const half = { abort: { httpStatus: 418, percentage: { value: 50 } } };
  expect(never({ route: [toOther], fault: half })).toBe("violated");
  const lost = { destination: { host: "other.shop.svc.cluster.local", subset: "none" } };
  expect(never({ route: [lost] })).toBe("holds-vacuously");
});

test("copies count in comparisons: what comes as one that did not come is wider", () => {
  const policies = [noDelete];
  const meshOf = (copied: object): ReturnType<typeof journeyMesh> =>
    journeyMesh(policies, { routes: beside(copied) });
  const [without, copying] = [meshOf({}), meshOf({ mirror })];
  const led = journeyMesh(policies, {
    routes: [{ match: [{ uri: { prefix: "/orders" } }], route: [toOrders] }, ...beside({ mirror })],
  });
  const wider = (now: typeof without, then: typeof without): Proof =>
    proofAt("orders", now, { "no-wider-than": then });
  expect(shownIn(wider(copying, without))).toEqual([
    [
      "method is not DELETE and host is *.example in any spelling and path is /new*",
      "goes elsewhere",
      "allowed as a copy",
    ],
  ]);
  expect(wider(without, copying).result).toBe("holds");
  expect(wider(copying, copying).result).toBe("holds");
  expect(wider(led, copying).result).toBe("holds");
  expect(proofAt("orders", without, { "same-as": copying }).result).toBe("violated");
  expect(proofAt("orders", led, { "same-as": copying }).result).toBe("holds");
});

const roads: readonly (readonly object[])[] = [
  beside({ mirror }),
  [{ match: [{ uri: { prefix: "/a" } }], rewrite: { uri: "/api" }, route: [toOther], mirror }],
  [
    { match: [{ uri: { exact: "/a" } }], route: [toOrders], mirror: toOther.destination },
    { match: [{ method: { exact: "GET" } }], route: [toOther], mirrors: [{ destination: mirror }] },
    { route: [toOther] },
  ],
];
const vocabulary: readonly PolicyRule[] = [
  paths("/a*"),
  paths("/api*", "/new/x"),
  to({ methods: ["GET"] }),
  { from: [{ source: { serviceAccounts: ["edge/ingress"] } }], ...paths("/orders*", "/api/b") },
  { from: [{ source: { notNamespaces: ["edge"] } }] },
  { when: [{ key: "request.headers[x-route]", notValues: ["r"] }] },
];
const runs = Number(process.env["ANALYSE"] ?? 6);

/** The same, with the route that mirrors leading to who gets copies: they come as what is led there does, but for the client's address. */
function ledAsCopies(routes: readonly object[]): readonly object[] {
  return routes.map((rule) =>
    JSON.stringify(rule).includes('"mirror') && !JSON.stringify(rule).includes('"exact":"/a"')
      ? { ...rule, route: [toOrders], mirror: undefined, mirrors: undefined }
      : rule,
  );
}

test("what is proved where routes mirror is what the evaluator says of each request, and of each copy", () => {
  for (let seed = 1; seed <= runs; seed += 1) {
    const dice = diceOf(3000 + seed);
    const routes = dice.pick(roads as readonly [readonly object[], ...(readonly object[])[]]);
    const policies = Array.from({ length: 1 + dice.below(3) }, (): Placed => {
      const namespace = dice.pick(["edge", "shop"] as const);
      const rules = [dice.pick(vocabulary as readonly [PolicyRule, ...PolicyRule[]])];
      return { namespace, action: dice.pick(["ALLOW", "DENY"]), rules };
    });
    const mesh = journeyMesh(policies, { routes });
    const meshes = [mesh, journeyMesh(policies, { routes: ledAsCopies(routes) })];
    for (const path of ["/", "/a", "/a/b", "/api/b", "/new/x", "/orders/1"])
      for (const method of ["GET", "POST"]) {
        const asked: AccessRequest = {
          from: "none",
          to: "gateway/edge/ingress:8080",
          transport: "plaintext",
          source: { ip: "10.0.0.1" },
          http: { method, path, host: "a.example" },
        };
        const comes = meshes.some((each) =>
          evaluate(each, asked).branches.some(
            ({ decision, hops }) => decision === "allow" && hops.at(-1)?.proxy === "shop/orders",
          ),
        );
        const one: PolicyRule = {
          to: [{ operation: { paths: [path], methods: [method], hosts: ["a.example"] } }],
          when: [
            { key: "source.ip", values: ["10.0.0.1"] },
            { key: "request.headers[x-route]", notValues: ["*"] },
          ],
        };
        const { result } = proofAt("orders", mesh, "never-allowed", one);
        const said = JSON.stringify({ seed, policies, routes, asked, result });
        expect(result === "violated", said).toBe(comes);
        expect(result, said).not.toBe("undecided");
      }
  }
});
