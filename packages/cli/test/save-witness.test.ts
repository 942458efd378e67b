import { describe, expect, test } from "vitest";
import { authz } from "./program.ts";

const world = `apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio-injection: enabled } }
---
apiVersion: v1
kind: Namespace
metadata: { name: data, labels: { istio.io/dataplane-mode: ambient, istio.io/use-waypoint: wp } }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: istio, namespace: istio-system }
data:
  mesh: |
    extensionProviders: [{ name: oauth, envoyExtAuthzHttp: { service: o.o.svc.cluster.local, port: 80 } }]
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: orders, namespace: shop }
spec: { template: { metadata: { labels: { app: orders } }, spec: { serviceAccountName: orders } } }
---
apiVersion: v1
kind: Service
metadata: { name: orders, namespace: shop }
spec: { selector: { app: orders }, ports: [{ name: http, port: 80, targetPort: 8080 }, { name: tcp, port: 9000 }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: taker, namespace: shop }
spec: { template: { metadata: { labels: { app: taker, networking.istio.io/tunnel: http } } } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: ledger, namespace: data }
spec: { template: { metadata: { labels: { app: ledger } } } }
---
apiVersion: v1
kind: Service
metadata: { name: ledger, namespace: data }
spec: { selector: { app: ledger }, ports: [{ name: http, port: 80, targetPort: 8080 }] }
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: wp, namespace: data }
spec: { gatewayClassName: istio-waypoint, listeners: [{ name: mesh, port: 15008, protocol: HBONE }] }
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec:
  gatewayClassName: istio
  listeners:
  - { name: http, port: 80, protocol: HTTP, allowedRoutes: { namespaces: { from: All } } }
  - { name: https, port: 443, hostname: shop.example, protocol: HTTPS, tls: { mode: Terminate, certificateRefs: [{ name: cert }] } }
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: orders, namespace: shop }
spec: { parentRefs: [{ name: edge }], rules: [{ backendRefs: [{ name: orders, port: 80 }] }] }
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: plain, namespace: shop }
spec: { selector: { matchLabels: { app: taker } }, mtls: { mode: DISABLE } }
---
apiVersion: security.istio.io/v1
kind: RequestAuthentication
metadata: { name: login, namespace: shop }
spec:
  selector: { matchLabels: { app: orders } }
  jwtRules: [{ issuer: https://i, jwksUri: https://i/keys, audiences: [a], fromHeaders: [{ name: x-jwt }] }]
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: login, namespace: shop }
spec:
  selector: { matchLabels: { app: orders } }
  action: CUSTOM
  provider: { name: oauth }
  rules: [{ to: [{ operation: { paths: [/secret] } }] }]
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: known, namespace: shop }
spec:
  selector: { matchLabels: { app: taker } }
  rules: [{ from: [{ source: { namespaces: [shop] } }] }]
`;

const only = (labels: string): string => `target: { namespace: shop, workload: ${labels} }`;

/** What an invariant of each kind says, and what its counterexamples are sent to. */
const kinds: readonly (readonly [kind: string, invariant: string, to: string])[] = [
  [
    "http",
    `${only("orders")}, requests: { protocol: http, to: [{ operation: { paths: [/x] } }] }`,
    "deploy/shop/orders:8080",
  ],
  [
    "http on a port that nothing declares",
    `${only("orders")}, requests: { protocol: http, to: [{ operation: { ports: ["7070"] } }] }`,
    "7070",
  ],
  [
    "bytes",
    `${only("orders")}, requests: { protocol: tcp, to: [{ operation: { ports: ["9000"] } }] }`,
    "deploy/shop/orders:9000",
  ],
  [
    "bytes on a port that nothing declares",
    `${only("orders")}, requests: { protocol: tcp, to: [{ operation: { ports: ["7070"] } }] }`,
    "port: 7070",
  ],
  [
    "a token",
    `${only("orders")}, requests: { from: [{ source: { requestPrincipals: ["*"] } }] }`,
    "token: { use: token-1",
  ],
  [
    "a provider",
    `${only("orders")}, requests: { protocol: http, to: [{ operation: { paths: [/secret] } }] }`,
    "providers: { oauth: allow }",
  ],
  ["a tunnel", only("taker"), "transport: hbone"],
  ["ztunnel", "target: { namespace: data, workload: ledger }", "deploy/data/ledger:8080"],
  [
    "bytes at ztunnel on a port that nothing declares",
    'target: { namespace: data, workload: ledger }, requests: { protocol: tcp, to: [{ operation: { ports: ["7070"] } }] }',
    "7070",
  ],
  [
    "a waypoint",
    'target: { namespace: data, workload: wp }, requests: { to: [{ operation: { ports: ["80"] } }] }',
    "svc/data/ledger:80",
  ],
  [
    "a gateway",
    'target: { namespace: shop, labels: { gateway.networking.k8s.io/gateway-name: edge } }, requests: { to: [{ operation: { ports: ["80"] } }] }',
    "gateway/shop/edge:80",
  ],
  [
    "TLS at a gateway",
    'target: { namespace: shop, labels: { gateway.networking.k8s.io/gateway-name: edge } }, requests: { to: [{ operation: { ports: ["443"] } }] }',
    "transport: tls",
  ],
  [
    "a way over a gateway",
    "target: { through: gateway/shop/edge, namespace: shop, workload: orders }",
    "gateway/shop/edge:",
  ],
  [
    "a way over a waypoint",
    "target: { through: gateway/data/wp, namespace: data, workload: ledger }",
    "svc/data/ledger:80",
  ],
];

describe("a counterexample that is saved is a test that runs, and fails until it is mended", () => {
  test.each(kinds)("%s", async (_, invariant, to) => {
    const invariants = `apiVersion: meshproof.dev/v1alpha1
kind: Invariants
metadata: { name: it }
spec:
  mesh: world.yaml
  environment: { istio: "1.31" }
  invariants: [{ name: nobody, ${invariant}, expect: never-allowed }]
`;
    const files = { "world.yaml": world, "it.yaml": invariants };
    const proved = await authz(files, "prove", "it.yaml", "--save-witness", "w.yaml");
    expect([proved.code, proved.written["w.yaml"]], proved.out + proved.err).toEqual([
      1,
      expect.anything(),
    ]);
    expect(proved.written["w.yaml"]).toContain(to);
    const tested = await authz({ ...files, ...proved.written }, "test", "w.yaml");
    expect(tested.out).toMatch(/^0 passed, [1-9]\d* failed/m);
    expect(tested.out).not.toContain("undetermined");
    expect(tested.code).toBe(1);
  });
});

test("over destinations with weights, a counterexample is the request to the gateway, whose test fails until none lets it in", async () => {
  const workloads = ["v1", "v2"]
    .map(
      (version) => `---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web-${version}, namespace: shop }
spec: { template: { metadata: { labels: { app: web, version: ${version} } } } }
---
apiVersion: v1
kind: Service
metadata: { name: web-${version}, namespace: shop }
spec: { selector: { app: web, version: ${version} }, ports: [{ name: http, port: 80, targetPort: 8080 }] }
`,
    )
    .join("");
  const refusing = (version: string): string => `---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: ${version}, namespace: shop }
spec:
  selector: { matchLabels: { version: ${version} } }
  action: DENY
  rules: [{ to: [{ operation: { paths: [/secret], ports: ["8080"] } }] }]
`;
  const route = `---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: web, namespace: shop }
spec:
  parentRefs: [{ name: edge }]
  rules:
  - matches: [{ path: { type: PathPrefix, value: /secret } }]
    backendRefs: [{ name: web-v1, port: 80, weight: 9 }, { name: web-v2, port: 80, weight: 1 }]
`;
  const invariants = `apiVersion: meshproof.dev/v1alpha1
kind: Invariants
metadata: { name: shop }
spec:
  mesh: mesh.yaml
  environment: { istio: "1.31" }
  invariants:
  - name: it
    target: { through: gateway/shop/edge, namespace: shop }
    requests: { protocol: http, to: [{ operation: { paths: [/secret] } }] }
    vacuous: ok
    expect: never-allowed
`;
  const files = {
    "mesh.yaml": world + workloads + route + refusing("v2"),
    "invariants.yaml": invariants,
  };
  const { written } = await authz(files, "prove", "invariants.yaml", "--save-witness", "it.yaml");
  const suite = written["it.yaml"] ?? "";
  expect(suite).toContain('to: "gateway/shop/edge:80"');
  const asked = await authz({ ...files, "it.yaml": suite }, "test", "it.yaml");
  expect([asked.code, asked.out.includes("got undetermined")]).toEqual([1, true]);
  const mesh = `${files["mesh.yaml"]}${refusing("v1")}`;
  const mended = await authz({ "mesh.yaml": mesh, "it.yaml": suite }, "test", "it.yaml");
  expect([mended.code, mended.out]).toEqual([0, expect.stringContaining("2 passed, 0 failed")]);
});
