/** A mesh with each kind of proxy, routes, tokens and an authorizer. */
export const world = `apiVersion: v1
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
export const kinds: readonly (readonly [kind: string, invariant: string, to: string])[] = [
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
