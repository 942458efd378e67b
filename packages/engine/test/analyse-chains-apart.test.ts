import { expect, test } from "vitest";
import { type Invariant, prove, type Requests, whoCan } from "../src/analyse.ts";
import { evaluate } from "../src/evaluate.ts";
import { meshFrom } from "./gateway-world.ts";

/** Two ports of bytes with the same policies, which lead to other ports. */
const waypoint = `
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio.io/dataplane-mode: ambient, istio.io/use-waypoint: wp } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: orders, namespace: shop }
spec: { template: { metadata: { labels: { app: orders } }, spec: { serviceAccountName: orders } } }
---
apiVersion: v1
kind: Service
metadata: { name: orders, namespace: shop }
spec:
  clusterIP: 10.96.0.9
  selector: { app: orders }
  ports: [{ name: tcp-a, port: 9000, targetPort: 9000 }, { name: tcp-b, port: 9090, targetPort: 9090 }]
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: wp, namespace: shop }
spec: { gatewayClassName: istio-waypoint, listeners: [{ name: mesh, port: 15008, protocol: HBONE }] }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: ports, namespace: shop }
spec: { selector: { matchLabels: { app: orders } }, rules: [{ to: [{ operation: { ports: ["9090"] } }] }] }
`;

/** A server of bytes, and one that lets TLS pass and looks at its name. */
const gateway = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: edge, namespace: shop }
spec: { template: { metadata: { labels: { app: edge }, annotations: { inject.istio.io/templates: gateway } } } }
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec:
  selector: { app: edge }
  servers:
  - { port: { number: 9000, name: tcp, protocol: TCP }, hosts: ["*"] }
  - { port: { number: 443, name: tls, protocol: TLS }, tls: { mode: PASSTHROUGH }, hosts: [a.test] }
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: edge, namespace: shop }
spec:
  hosts: [a.test]
  gateways: [edge]
  tcp: [{ match: [{ port: 9000 }], route: [{ destination: { host: news.test } }] }]
  tls: [{ match: [{ sniHosts: [a.test] }], route: [{ destination: { host: news.test } }] }]
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: names, namespace: shop }
spec:
  selector: { matchLabels: { app: edge } }
  rules: [{ when: [{ key: connection.sni, values: [a.test] }] }]
`;

const tcp = { protocol: "tcp" } as const;

test.each<[string, string, Omit<Invariant, "name" | "expect">, string]>([
  [
    "bytes for the port that is let in",
    waypoint,
    {
      requests: tcp,
      target: { through: "waypoint/shop/wp", namespace: "shop", workload: "orders" },
    },
    "violated",
  ],
  [
    "bytes for the other port",
    waypoint,
    {
      requests: { ...tcp, to: [{ operation: { ports: ["9000"] } }] },
      target: { through: "waypoint/shop/wp", namespace: "shop", workload: "orders" },
    },
    "holds",
  ],
  [
    "TLS of the name that is let in",
    gateway,
    { requests: tcp, target: { workload: "edge" } },
    "violated",
  ],
  [
    "bytes without TLS",
    gateway,
    {
      requests: { ...tcp, to: [{ operation: { ports: ["9000"] } }] },
      target: { workload: "edge" },
    },
    "holds",
  ],
])(
  "chains with the same policies are told apart by what else they do: %s",
  (_, text, about, result) => {
    const mesh = meshFrom(text);
    const [proof] = prove(mesh, [{ name: "it", ...about, expect: "never-allowed" }]);
    expect([proof?.result, proof?.undecided]).toEqual([result, []]);
    for (const { witness } of proof?.violations.flatMap(({ regions }) => regions) ?? [])
      if (text === waypoint)
        expect(evaluate(mesh, witness.request, { dataPlane: "ambient" }).decision).toBe("allow");
  },
);

const proxy = (name: string, annotation: string): string => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: edge }
spec:
  template:
    metadata: { labels: { app: ${name}, all: gw }, annotations: { inject.istio.io/templates: gateway${annotation} } }
---`;

/** Two gateways that are told the same, one behind a load balancer that speaks the PROXY protocol. */
const balanced = `${proxy("bare", "")}${proxy("balanced", ', proxy.istio.io/config: "{gatewayTopology: {proxyProtocol: {}}}"')}
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: edge, namespace: edge }
spec: { selector: { all: gw }, servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: ["*"] }] }
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: edge, namespace: edge }
spec: { hosts: ["*"], gateways: [edge], http: [{ directResponse: { status: 200 } }] }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: clients, namespace: edge }
spec: { rules: [{ from: [{ source: { remoteIpBlocks: [10.0.0.0/8] } }] }] }
`;

const onPort = (port: string): Requests => ({ to: [{ operation: { ports: [port] } }] });
const atAddress = { key: "destination.ip", values: ["198.51.100.1"] };
const through = "deploy/edge/balanced";

test("a gateway behind a load balancer that speaks the PROXY protocol is asked by itself", () => {
  const mesh = meshFrom(balanced);
  const requests = {
    protocol: "http",
    from: [{ source: { notIpBlocks: ["10.0.0.0/8"] } }],
  } as const;
  const proofs = prove(mesh, [{ name: "it", requests, expect: "never-allowed" }]);
  const results = proofs.map(({ points, result }) => [points.map(({ name }) => name), result]);
  expect(results).toEqual([
    [["deploy/edge/bare"], "holds"],
    [["deploy/edge/balanced"], "violated"],
  ]);
  const [witness] = proofs.flatMap(({ violations }) =>
    violations.flatMap(({ regions }) => regions.map((region) => region.witness.request)),
  );
  expect(witness?.source?.proxyProtocol).toMatch(/^10\./);
  expect(witness && evaluate(mesh, witness).outcome).toMatchObject({ status: 200 });
});

test("nothing is said of all requests where rules see the port that a PROXY header states", () => {
  const text = balanced.replace(
    "from: [{ source: { remoteIpBlocks: [10.0.0.0/8] } }]",
    'to: [{ operation: { ports: ["8080"] } }]',
  );
  expect(text).not.toBe(balanced);
  const proofs = prove(meshFrom(text), [{ name: "it", expect: "never-allowed" }]);
  const undecided = proofs.flatMap((proof) => proof.undecided);
  expect(undecided).toMatchObject([{ text: expect.stringMatching(/PROXY header/) }]);
});

test.each<[string, Pick<Invariant, "requests" | "expect" | "target">]>([
  ["requests", { requests: onPort("443"), expect: "never-allowed" }],
  ["what is excluded", { requests: { not: onPort("443") }, expect: "never-allowed" }],
  ["what is expected", { expect: { "allowed-only-if": [{ anyOf: [onPort("8080")] }] } }],
  ["a condition", { requests: { when: [atAddress] }, expect: "never-allowed" }],
  ["a comparison", { requests: onPort("443"), expect: { "same-as": meshFrom(balanced) } }],
  ["a way through", { requests: onPort("443"), expect: "never-allowed", target: { through } }],
])(
  "nothing is said of a port that a PROXY header states, nor where it is asked about in %s",
  (_, stated) => {
    const proofs = prove(meshFrom(balanced), [{ name: "it", ...stated }]);
    const [proof] = proofs.filter(({ points, through: door }) =>
      (door ? [door] : points).some(({ name }) => name === "deploy/edge/balanced"),
    );
    const reasons = new Set(proof?.undecided.map(({ text }) => text));
    expect([...reasons]).toMatchObject([expect.stringMatching(/PROXY header/)]);
  },
);

test("nor of who can call it", () => {
  const [bare, ...others] = whoCan(meshFrom(balanced), { protocol: "http", ...onPort("8080") });
  expect(bare?.undecided).toEqual([]);
  expect(others).toMatchObject([{ undecided: [{ text: expect.stringMatching(/PROXY header/) }] }]);
});
