import type { Operation, PolicyRule, Source } from "../src/model/policy.ts";
import type { Dice } from "./analyse-dice.ts";
import { innerOf, type Link, type Placed } from "./analyse-journey-gateways-world.ts";
import { callingPod, toOrders, toOther } from "./analyse-journey-world.ts";

/** A workload with a sidecar, and a host that routes of the mesh lead elsewhere. */
export function callers(routes: readonly object[]): readonly object[] {
  return [
    callingPod,
    {
      apiVersion: "networking.istio.io/v1",
      kind: "ServiceEntry",
      metadata: { name: "api", namespace: "shop" },
      spec: {
        hosts: ["api.test"],
        ports: [
          { number: 80, name: "http", protocol: "HTTP" },
          { number: 443, name: "tls", protocol: "TLS" },
        ],
        resolution: "DNS",
      },
    },
    {
      apiVersion: "networking.istio.io/v1",
      kind: "VirtualService",
      metadata: { name: "api", namespace: "shop" },
      spec: { hosts: ["api.test"], gateways: ["mesh"], http: routes },
    },
  ];
}

function anyRule(dice: Dice): PolicyRule {
  const to = {
    operation: dice.pick<Operation>([
      { paths: [dice.pick(["/a", "/a*", "/api/*", "/old/*", "*"])] },
      { notPaths: [dice.pick(["/a", "/a*", "/api/*"])] },
      { methods: ["GET"] },
      { hosts: [dice.pick(["api.test", "other.test"])] },
    ]),
  };
  const source = dice.pick<Source>([
    { serviceAccounts: [dice.pick(["shop/web", "edge/inner"])] },
    { notServiceAccounts: [dice.pick(["shop/web", "edge/inner"])] },
    { ipBlocks: [dice.pick(["10.9.0.7", "10.9.0.9", "10.0.0.0/8"])] },
  ]);
  return {
    ...(dice.chance(0.6) ? { to: [to] } : { from: [{ source }] }),
    ...(dice.chance(0.3)
      ? { when: [{ key: "request.headers[x-h]", values: [dice.pick(["v", "z"])] }] }
      : {}),
  };
}

/** Routes of the mesh: to the second gateway, or past it. */
export function anyRoutes(dice: Dice, link: Link): readonly object[] {
  const inner = innerOf(link);
  const set = { headers: { request: { set: { "x-h": "z" } } } };
  return dice.pick<readonly object[]>([
    [{ route: [inner] }],
    [
      { match: [{ uri: { prefix: "/old/" } }], rewrite: { uri: "/api/" }, route: [inner] },
      { route: [toOther] },
    ],
    [
      { match: [{ headers: { "x-h": { exact: "v" } } }], route: [inner] },
      { route: [toOrders], ...set },
    ],
    [
      { match: [{ uri: { prefix: "/a" } }], route: [toOrders] },
      { route: [inner], ...set },
    ],
    [
      { match: [{ uri: { prefix: "/out" } }], redirect: { uri: "/" } },
      {
        route: [
          { ...inner, weight: 50 },
          { ...toOther, weight: 50 },
        ],
        rewrite: { authority: "other.test" },
      },
    ],
  ]);
}

/** Policies of the second gateway and of the workload. */
export function anyPolicies(dice: Dice): readonly Placed[] {
  return Array.from({ length: dice.below(4) }, () => ({
    app: dice.pick<Placed["app"]>(["inner", "orders"]),
    action: dice.pick(["ALLOW", "DENY"]),
    rules: [anyRule(dice)],
  }));
}
