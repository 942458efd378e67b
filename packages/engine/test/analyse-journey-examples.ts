import type { Invariant, Proof } from "../src/analyse/api.ts";
import type { PolicyRule } from "../src/model/policy.ts";
import { type Placed, type Roads, toOrders, toOther } from "./analyse-journey-world.ts";

export interface Example {
  readonly name: string;
  readonly policies?: readonly Placed[];
  readonly routes?: Roads["routes"];
  readonly more?: Roads["more"];
  readonly invariant: Omit<Invariant, "name" | "target">;
  readonly result: Proof["result"];
  readonly text?: string | RegExp; // of the first region, or of what is undecided
}

export const atEdge = (action: string, ...rules: readonly PolicyRule[]): Placed => ({
  namespace: "edge",
  action,
  rules,
});
export const atShop = (action: string, ...rules: readonly PolicyRule[]): Placed => ({
  namespace: "shop",
  action,
  rules,
});
export const paths = (...all: readonly string[]): PolicyRule => ({
  to: [{ operation: { paths: all } }],
});
const header = (name: string, ...values: readonly string[]): PolicyRule => ({
  when: [{ key: `request.headers[${name}]`, values }],
});
export const jwt = (namespace: string, app: string, rule: object = {}): object => ({
  apiVersion: "security.istio.io/v1",
  kind: "RequestAuthentication",
  metadata: { name: "jwt", namespace },
  spec: {
    selector: { matchLabels: { app } },
    jwtRules: [{ issuer: "https://i", jwksUri: "https://i/keys", ...rule }],
  },
});
export const signedIn: PolicyRule = { from: [{ source: { requestPrincipals: ["*"] } }] };
const http = { protocol: "http" } as const;
const never = "never-allowed";

export const journeyExamples: readonly Example[] = [
  {
    name: "one proxy that always refuses is enough",
    policies: [atEdge("DENY", paths("/admin*"))],
    invariant: { requests: { ...http, ...paths("/admin*") }, expect: never },
    result: "holds",
  },
  {
    name: "two proxies that each refuse a part refuse together",
    policies: [
      atEdge("DENY", { to: [{ operation: { methods: ["GET"] } }] }),
      atShop("DENY", { to: [{ operation: { notMethods: ["GET"] } }] }),
    ],
    invariant: { requests: http, expect: never },
    result: "holds",
  },
  {
    name: "what is rewritten on the way is looked at as it becomes: a deny at the edge is gone around",
    policies: [atEdge("DENY", paths("/api/admin*"))],
    routes: [
      { match: [{ uri: { prefix: "/old/" } }], rewrite: { uri: "/api/" }, route: [toOrders] },
    ],
    invariant: { requests: { ...http, ...paths("/old/admin") }, expect: never },
    result: "violated",
  },
  {
    name: "and one at the workload is not",
    policies: [atShop("DENY", paths("/api/admin*"))],
    routes: [
      { match: [{ uri: { prefix: "/old/" } }], rewrite: { uri: "/api/" }, route: [toOrders] },
    ],
    invariant: { requests: { ...http, ...paths("/old/admin*") }, expect: never },
    result: "holds",
  },
  {
    name: "a rewrite that joins segments is followed",
    policies: [atShop("DENY", paths("/admin*"))],
    routes: [{ match: [{ uri: { prefix: "/old" } }], rewrite: { uri: "/" }, route: [toOrders] }],
    invariant: { requests: { ...http, ...paths("/oldadmin") }, expect: never },
    result: "holds",
  },
  {
    name: "also where paths do not matter",
    policies: [atShop("DENY", { to: [{ operation: { methods: ["POST"] } }] })],
    routes: [{ match: [{ uri: { prefix: "/old" } }], rewrite: { uri: "/" }, route: [toOrders] }],
    invariant: {
      requests: { ...http, to: [{ operation: { methods: ["POST"] } }] },
      expect: never,
    },
    result: "holds",
  },
  {
    name: "the workload sees the gateway as its peer",
    policies: [atShop("ALLOW", { from: [{ source: { serviceAccounts: ["edge/ingress"] } }] })],
    invariant: { requests: { ...http, ...paths("/x") }, expect: "always-allowed" },
    result: "holds",
  },
  {
    name: "and not the caller",
    policies: [atShop("ALLOW", { from: [{ source: { serviceAccounts: ["shop/other"] } }] })],
    invariant: { requests: http, expect: never },
    result: "holds",
  },
  {
    name: "the address of the peer is the gateway's, that of the client is the caller's",
    policies: [
      atShop("ALLOW", {
        from: [{ source: { ipBlocks: ["10.9.0.1"], remoteIpBlocks: ["192.0.2.0/24"] } }],
      }),
    ],
    invariant: {
      requests: http,
      expect: { "allowed-only-if": [{ when: [{ key: "source.ip", values: ["192.0.2.0/24"] }] }] },
    },
    result: "holds",
  },
  {
    name: "routes that do not lead there let nothing through",
    routes: [{ match: [{ uri: { prefix: "/o" } }], route: [toOrders] }, { route: [toOther] }],
    invariant: { requests: http, expect: { "allowed-only-if": [paths("/o*")] } },
    result: "holds",
  },
  {
    name: "an earlier route takes what it matches",
    routes: [{ match: [{ uri: { prefix: "/o" } }], route: [toOther] }, { route: [toOrders] }],
    invariant: { requests: { ...http, ...paths("/o*") }, expect: never },
    result: "holds-vacuously",
  },
  {
    name: "a route that asks for a parameter of the query does not take everything before the next one",
    routes: [
      {
        match: [{ uri: { prefix: "/o" }, queryParams: { v: { exact: "2" } } }],
        route: [toOther],
      },
      { route: [toOrders] },
    ],
    invariant: { requests: { ...http, ...paths("/o*") }, expect: never },
    result: "violated",
  },
  {
    name: "each destination of a route that has a weight may be the one",
    routes: [
      {
        route: [
          { ...toOrders, weight: 1 },
          { ...toOther, weight: 99 },
        ],
      },
    ],
    invariant: { requests: http, expect: never },
    result: "violated",
  },
  {
    name: "a header that the route sets is what it sets",
    policies: [atShop("ALLOW", header("x-env", "prod"))],
    routes: [{ route: [toOrders], headers: { request: { set: { "x-env": "prod" } } } }],
    invariant: { requests: { ...http, ...paths("/x") }, expect: "always-allowed" },
    result: "holds",
  },
  {
    name: "one that the route removes is gone",
    policies: [atShop("ALLOW", header("x-env", "*"))],
    routes: [{ route: [toOrders], headers: { request: { remove: ["x-env"] } } }],
    invariant: { requests: http, expect: never },
    result: "holds",
  },
  {
    name: "one that nobody changes stays as the caller sent it",
    policies: [atShop("ALLOW", header("x-env", "prod"))],
    invariant: {
      requests: http,
      expect: {
        "allowed-only-if": [{ when: [{ key: "request.headers[x-env]", values: ["prod"] }] }],
      },
    },
    result: "holds",
  },
  {
    name: "one whose value the gateway works out is not known",
    policies: [atShop("DENY", header("x-who", "10.*"))],
    routes: [
      {
        route: [toOrders],
        headers: { request: { set: { "x-who": "%DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT%" } } },
      },
    ],
    invariant: {
      requests: {
        ...http,
        when: [{ key: "source.ip", values: ["10.0.0.0/8"] }],
      },
      expect: never,
    },
    result: "undecided",
  },
  {
    name: "a token that the gateway verifies goes no further",
    policies: [atShop("ALLOW", signedIn)],
    more: [jwt("edge", "ingress"), jwt("shop", "orders")],
    invariant: { requests: http, expect: never },
    result: "holds",
  },
  {
    name: "unless it is forwarded",
    policies: [atShop("ALLOW", signedIn)],
    more: [jwt("edge", "ingress", { forwardOriginalToken: true }), jwt("shop", "orders")],
    invariant: { requests: http, expect: never },
    result: "violated",
    text: /claim iss is https:\/\/i/,
  },
  {
    name: "or nobody looked at it before",
    policies: [atShop("ALLOW", signedIn)],
    more: [jwt("shop", "orders")],
    invariant: { requests: http, expect: { "allowed-only-if": [signedIn] } },
    result: "holds",
  },
  {
    name: "a claim that the gateway writes into a header is read there, but of a preflight",
    policies: [atShop("ALLOW", header("x-sub", "alice"))],
    more: [jwt("edge", "ingress", { outputClaimToHeaders: [{ header: "x-sub", claim: "sub" }] })],
    invariant: {
      requests: { ...http, to: [{ operation: { notMethods: ["OPTIONS"] } }] },
      expect: {
        "allowed-only-if": [{ when: [{ key: "request.auth.claims[sub]", values: ["alice"] }] }],
      },
    },
    result: "holds",
  },
  {
    name: "hosts that the gateway does not serve come nowhere",
    invariant: {
      requests: { ...http, to: [{ operation: { hosts: ["nowhere.test"] } }] },
      expect: never,
    },
    result: "holds-vacuously",
  },
  {
    name: "a route to what was not loaded is taken to lead elsewhere",
    routes: [{ route: [{ destination: { host: "gone.shop.svc.cluster.local" } }] }],
    invariant: { requests: http, expect: never },
    result: "holds-vacuously",
  },
];
