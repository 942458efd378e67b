import { expect, test } from "vitest";
import type { Invariant, Proof } from "../src/analyse/api.ts";
import { prove } from "../src/analyse/prove.ts";
import { atEdge, atShop, paths } from "./analyse-journey-examples.ts";
import { journeyMesh, type Placed, toOrders } from "./analyse-journey-world.ts";

const target = { through: "gateway/edge/ingress", namespace: "shop", workload: "orders" };

function proofOf(
  policies: readonly Placed[],
  more: readonly object[],
  invariant: Omit<Invariant, "name">,
): Proof | undefined {
  const mesh = journeyMesh(policies, { routes: [{ route: [toOrders] }], more });
  return prove(mesh, [{ name: "it", target, ...invariant }])[0];
}

const named = (kind: string, name: string, spec: object): object => ({
  apiVersion: "networking.istio.io/v1",
  kind,
  metadata: { name, namespace: "edge" },
  spec,
});
const service = {
  apiVersion: "v1",
  kind: "Service",
  metadata: { name: "db", namespace: "shop" },
  spec: { selector: { app: "orders" }, ports: [{ name: "tcp-db", port: 9000, targetPort: 9000 }] },
};
const toDb = [{ destination: { host: "db.shop.svc.cluster.local", port: { number: 9000 } } }];

/** A server of bytes at the gateway, and what leads on from it. */
const bytes = [
  service,
  named("Gateway", "db", {
    selector: { app: "ingress" },
    servers: [{ port: { number: 9000, name: "db", protocol: "TCP" }, hosts: ["*"] }],
  }),
  named("VirtualService", "db", {
    hosts: ["*"],
    gateways: ["db"],
    tcp: [{ match: [{ port: 9000 }], route: toDb }],
  }),
];
const through = [
  service,
  named("Gateway", "db", {
    selector: { app: "ingress" },
    servers: [
      {
        port: { number: 9443, name: "db", protocol: "TLS" },
        hosts: ["db.test"],
        tls: { mode: "PASSTHROUGH" },
      },
    ],
  }),
  named("VirtualService", "db", {
    hosts: ["db.test"],
    gateways: ["db"],
    tls: [{ match: [{ port: 9443, sniHosts: ["db.test"] }], route: toDb }],
  }),
];
const tcp = { protocol: "tcp" } as const;
const ports = (...all: readonly string[]): NonNullable<Placed["rules"]>[number] => ({
  to: [{ operation: { ports: all } }],
});
const from = (account: string): NonNullable<Placed["rules"]>[number] => ({
  from: [{ source: { serviceAccounts: [account] } }],
});

test.each<[string, readonly Placed[], Omit<Invariant, "name">, Proof["result"]]>([
  [
    "get through where nobody refuses them",
    [],
    { requests: tcp, expect: "never-allowed" },
    "violated",
  ],
  [
    "are refused at the gateway",
    [atEdge("DENY", ports("9000"))],
    { requests: tcp, expect: "never-allowed" },
    "holds",
  ],
  [
    "are refused behind it",
    [atShop("DENY", ports("9000"))],
    { requests: tcp, expect: "never-allowed" },
    "holds",
  ],
  [
    "come from the gateway",
    [atShop("ALLOW", from("edge/ingress"))],
    { requests: tcp, expect: "always-allowed" },
    "holds",
  ],
  [
    "and from nobody else",
    [atShop("ALLOW", from("shop/other"))],
    { requests: tcp, expect: "never-allowed" },
    "holds",
  ],
  [
    "are told apart by whom they come from to the gateway",
    [atEdge("ALLOW", { from: [{ source: { ipBlocks: ["10.0.0.0/8"] } }] })],
    {
      requests: tcp,
      expect: { "allowed-only-if": [{ when: [{ key: "source.ip", values: ["10.0.0.0/8"] }] }] },
    },
    "holds",
  ],
])("bytes over a gateway %s", (_, policies, invariant, result) => {
  const proof = proofOf(policies, bytes, invariant);
  expect([proof?.result, proof?.undecided]).toEqual([result, []]);
});

const plain = named("DestinationRule", "db", {
  host: "db.shop.svc.cluster.local",
  trafficPolicy: { tls: { mode: "DISABLE" } },
});
test.each<
  [string, readonly Placed[], readonly object[], Invariant["expect"], Proof["result"], string[]]
>([
  ["gets through", [], [], "never-allowed", "violated", []],
  [
    "comes to the workload as bytes of the gateway",
    [atShop("ALLOW", from("edge/ingress"))],
    [],
    "always-allowed",
    "holds",
    [],
  ],
  [
    "and not of the caller",
    [atShop("ALLOW", from("shop/other"))],
    [],
    "never-allowed",
    "holds",
    [],
  ],
  [
    "is refused by who looks for a path in it",
    [atShop("ALLOW", paths("/x"))],
    [],
    "never-allowed",
    "holds",
    [],
  ],
  [
    "is known by its server name at the gateway",
    [atEdge("DENY", { when: [{ key: "connection.sni", values: ["db.test"] }] })],
    [],
    "never-allowed",
    "holds",
    [],
  ],
  [
    "and not behind it",
    [atShop("ALLOW", { when: [{ key: "connection.sni", values: ["db.test"] }] })],
    [],
    "never-allowed",
    "holds",
    [],
  ],
  [
    "is what comes to the workload where nothing is put around it",
    [],
    [plain],
    "never-allowed",
    "violated",
    [],
  ],
  [
    "shows nobody there then",
    [atShop("ALLOW", from("edge/ingress"))],
    [plain],
    "never-allowed",
    "holds",
    [],
  ],
])("TLS that does not end at the gateway %s", (_, policies, more, expected, result, open) => {
  const proof = proofOf(policies, [...through, ...more], { requests: tcp, expect: expected });
  expect([proof?.result, proof?.undecided.map(({ text }) => text)]).toEqual([result, open]);
});

test("a path that is replaced as a whole is known behind the gateway", () => {
  const mesh = (value: string): Proof["result"] | undefined => {
    const more = [
      {
        apiVersion: "gateway.networking.k8s.io/v1",
        kind: "Gateway",
        metadata: { name: "k", namespace: "edge" },
        spec: {
          gatewayClassName: "istio",
          listeners: [
            {
              name: "http",
              port: 80,
              protocol: "HTTP",
              allowedRoutes: { namespaces: { from: "All" } },
            },
          ],
        },
      },
      {
        apiVersion: "gateway.networking.k8s.io/v1",
        kind: "HTTPRoute",
        metadata: { name: "r", namespace: "shop" },
        spec: {
          parentRefs: [{ name: "k", namespace: "edge" }],
          rules: [
            {
              filters: [
                {
                  type: "URLRewrite",
                  urlRewrite: { path: { type: "ReplaceFullPath", replaceFullPath: value } },
                },
              ],
              backendRefs: [{ name: "orders", port: 80 }],
            },
          ],
        },
      },
    ];
    const world = journeyMesh([atShop("DENY", paths("/admin*"))], { routes: [], more });
    const way = { through: "gateway/edge/k-istio", namespace: "shop", workload: "orders" };
    const requests = { protocol: "http", ...paths("/x") } as const;
    const proofs = prove(world, [{ name: "it", target: way, requests, expect: "never-allowed" }]);
    return proofs[0]?.result;
  };
  expect([mesh("/admin/x"), mesh("/other")]).toEqual(["holds", "violated"]);
});

test("what is read as HTTP only at their end is left open to who asks about HTTP", () => {
  const [, gateway] = bytes;
  const led = named("VirtualService", "db", {
    hosts: ["*"],
    gateways: ["db"],
    tcp: [{ match: [{ port: 9000 }], route: [toOrders] }],
  });
  const http = { protocol: "http", to: [{ operation: { paths: ["/admin"] } }] } as const;
  const asked = { requests: http, expect: "never-allowed" } as const;
  const deny = atEdge("DENY", { to: [{ operation: { paths: ["/admin"] } }] });
  const texts = (more: readonly object[]): unknown =>
    proofOf([deny], more, asked)?.undecided.map(({ text }) => text);
  expect(texts([service, gateway ?? {}, led])).toEqual([
    "not followed: HTTP that pod/edge/ingress passes on as bytes to sidecar/shop/orders",
  ]);
  expect(texts(bytes)).toEqual([]);
  expect(texts(through)).toEqual([]);
});
