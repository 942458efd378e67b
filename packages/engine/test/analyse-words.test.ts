import { expect, test } from "vitest";
import type { Invariant } from "../src/analyse/api.ts";
import { prove } from "../src/analyse/prove.ts";
import { atShop, jwt, paths } from "./analyse-journey-examples.ts";
import {
  journeyMesh,
  type Placed,
  type Roads,
  toOrders,
  toOther,
} from "./analyse-journey-world.ts";

interface World {
  readonly routes?: Roads["routes"];
  readonly policies?: readonly Placed[];
  readonly more?: readonly object[];
}

/** What is found to violate an invariant, or not known, over the way from the gateway to the workload. */
function saidOf(
  { routes, policies = [], more = [] }: World,
  expected: Invariant["expect"],
): readonly string[] {
  const mesh = journeyMesh(policies, { routes: routes ?? [{ route: [toOrders] }], more });
  const target = { through: "gateway/edge/ingress", namespace: "shop", workload: "orders" };
  const requests = { protocol: "http" } as const;
  const [proof] = prove(mesh, [{ name: "it", target, requests, expect: expected }]);
  const { violations = [], undecided = [] } = proof ?? {};
  return [
    ...violations.flatMap(({ regions }) => regions.map(({ text }) => text)),
    ...undecided.map(({ text }) => `? ${text}`),
  ].map((text) =>
    text
      .replace("host is *.example in any spelling and ", "")
      .replace(/ and host is \*\.example in any spelling/, ""),
  );
}

const when = (
  key: string,
  field: "values" | "notValues",
  ...values: readonly string[]
): object => ({
  when: [{ key, [field]: values }],
});
const asking = (parameters: object): Roads["routes"] => [
  { match: [{ uri: { prefix: "/o" }, queryParams: parameters }], route: [toOrders] },
  { route: [toOther] },
];
const never = "never-allowed";
const always = "always-allowed";

test.each<[string, World, Invariant["expect"], readonly string[]]>([
  [
    "a parameter of the query that a route asks for, and a witness that has it",
    { routes: asking({ q: { exact: "1" } }) },
    never,
    ["path is /o* and the query has parameter q=1, as a route of pod/edge/ingress asks"],
  ],
  [
    "a parameter that must look like something",
    { routes: asking({ q: { regex: "1|2" } }) },
    never,
    [
      "? path is /o* and the query has parameter q like 1|2, as a route of pod/edge/ingress asks: evaluated as goes elsewhere",
    ],
  ],
  [
    "a header that the gateway writes",
    {
      routes: [{ route: [toOrders], headers: { request: { set: { "x-h": "%REQ(x-o)%" } } } }],
      policies: [atShop("ALLOW", when("request.headers[x-h]", "values", "v"))],
    },
    always,
    ["header x-h as pod/edge/ingress sends it on is not v"],
  ],
  [
    "a path that is rewritten as nobody follows",
    {
      routes: [
        {
          match: [{ uri: { prefix: "/a" } }],
          rewrite: { uriRegexRewrite: { match: "b+", rewrite: "c" } },
          route: [toOrders],
        },
      ],
      policies: [atShop("DENY", paths("/admin*"))],
    },
    never,
    ["path is /a* and path as pod/edge/ingress sends it on is not /admin*"],
  ],
  [
    "a certificate of which only its file is known",
    {
      routes: [{ route: [toOrders] }],
      policies: [atShop("ALLOW", { from: [{ source: { principals: ["*"] } }] })],
      more: [
        {
          apiVersion: "security.istio.io/v1",
          kind: "PeerAuthentication",
          metadata: { name: "default", namespace: "shop" },
          spec: { mtls: { mode: "STRICT" } },
        },
        {
          apiVersion: "networking.istio.io/v1",
          kind: "DestinationRule",
          metadata: { name: "own", namespace: "shop" },
          spec: {
            host: "orders.shop.svc.cluster.local",
            trafficPolicy: {
              tls: {
                mode: "MUTUAL",
                clientCertificate: "/c.pem",
                privateKey: "/k.pem",
                caCertificates: "/ca.pem",
              },
            },
          },
        },
      ],
    },
    never,
    [
      "? host is *.example in any spelling: evaluated as not known: it depends on whose certificate /c.pem is, which no manifest says",
    ],
  ],
  [
    "a token of another issuer, and claims that it has not",
    {
      policies: [atShop("ALLOW", when("request.auth.claims[groups]", "values", "adm", "ops*"))],
      more: [jwt("shop", "orders")],
    },
    always,
    ["claim iss is not https://i", "claim groups has none of ops*, adm"],
  ],
  [
    "a token that is refused",
    { more: [jwt("shop", "orders")] },
    always,
    ["the token's claim iss is not https://i"],
  ],
  [
    "no token, or one that is taken",
    { more: [jwt("shop", "orders")] },
    never,
    ["(there is no token, or claim iss is https://i)"],
  ],
  [
    "a claim that must not be",
    {
      policies: [atShop("ALLOW", when("request.auth.claims[groups]", "notValues", "adm"))],
      more: [jwt("shop", "orders")],
    },
    never,
    ["(there is no token, or claim iss is https://i) and claim groups does not have adm"],
  ],
])("%s", (_name, world, expected, said) => {
  expect(saidOf(world, expected)).toEqual(said);
});
