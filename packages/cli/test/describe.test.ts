import { expect, test } from "vitest";
import { authz } from "./program.ts";

const mesh = `apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio-injection: enabled } }
---
apiVersion: v1
kind: Service
metadata: { name: orders, namespace: shop }
spec:
  selector: { app: orders }
  ports:
  - { name: http, port: 80, targetPort: 8080 }
  - { name: tcp-admin, port: 9000 }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: orders, namespace: shop }
spec:
  selector: { matchLabels: { app: orders } }
  template:
    metadata: { labels: { app: orders } }
    spec: { serviceAccountName: orders, containers: [{ name: main, image: main }] }
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: orders, namespace: shop }
spec:
  selector: { matchLabels: { app: orders } }
  mtls: { mode: STRICT }
  portLevelMtls: { "9000": { mode: DISABLE } }
---
apiVersion: security.istio.io/v1
kind: RequestAuthentication
metadata: { name: login, namespace: shop }
spec:
  jwtRules:
  - { issuer: https://login.example, jwksUri: https://login.example/keys, fromHeaders: [{ name: x-jwt }] }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: clients, namespace: shop }
spec:
  selector: { matchLabels: { app: orders } }
  rules:
  - from:
    - source: { principals: ["cluster.local/ns/shop/sa/web"] }
    to:
    - operation: { methods: ["GET"], notPaths: ["/admin*"] }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: typo, namespace: shop }
spec:
  selector: { matchLabels: { app: order } }
  action: DENY
  rules: [{ to: [{ operation: { paths: ["/admin"], ports: ["8080"] } }] }]
`;
const files = { "mesh.yaml": mesh };
const args = ["-f", "mesh.yaml", "--istio", "1.31"];

test("a workload is described: ports and modes, what applies and what does not, tokens, the default", async () => {
  const { code, out } = await authz(files, "describe", "deploy/shop/orders", ...args);
  expect(code).toBe(0);
  await expect(out).toMatchFileSnapshot("describe/orders.txt");
});

test.each(["svc/shop/orders:80", "orders", "shop/orders", "ns/shop,app=orders"])(
  "%s means the same workload",
  async (name) => {
    const { code, out } = await authz(files, "describe", name, ...args);
    expect([code, out.includes("ALLOW shop/clients, 1 rule")]).toEqual([0, true]);
  },
);

test("a workload that a suite states is described in the suite's mesh", async () => {
  const suite = `apiVersion: meshproof.dev/v1alpha1
kind: Suite
spec:
  mesh: [mesh.yaml]
  namespace: shop
  environment: { istio: "1.31" }
  workloads: { cart: { labels: { app: cart }, ports: { 8080: http } } }
  tests: [{ name: a, request: { to: "cart:8080" }, expect: allow }]
`;
  const { code, out } = await authz(
    { ...files, "suite.yaml": suite },
    "describe",
    "cart",
    "suite.yaml",
  );
  expect(code).toBe(0);
  expect(out).toContain("workload/shop/cart: sidecar (istio-injection=enabled on namespace shop)");
  expect(out).toContain("  allowed: no ALLOW policy is enforced here");
});

test("a description is JSON with -o json", async () => {
  const { out } = await authz(files, "describe", "orders", ...args, "-o", "json");
  expect(JSON.parse(out)).toMatchObject({
    kind: "Description",
    subject: "deploy/shop/orders",
    dataPlane: { plane: "sidecar" },
    ports: [
      {
        port: 8080,
        protocol: "http",
        mode: { mode: "STRICT", by: "shop/orders" },
        otherwise: "deny",
      },
      { port: 9000, protocol: "tcp", mode: { mode: "DISABLE" } },
      { mode: { mode: "STRICT" } },
    ],
    policies: [
      { kind: "PeerAuthentication", policy: "shop/orders" },
      { kind: "RequestAuthentication", policy: "shop/login" },
      { action: "ALLOW", policy: "shop/clients", rules: 1 },
    ],
    unbound: [{ policy: "shop/typo", because: "selector-mismatch" }],
    issuers: [{ issuer: "https://login.example", headers: [{ name: "x-jwt", prefix: "" }] }],
  });
});

const waypoint = `apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio.io/dataplane-mode: ambient, istio.io/use-waypoint: waypoint } }
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: waypoint, namespace: shop }
spec: { gatewayClassName: istio-waypoint, listeners: [{ name: mesh, port: 15008, protocol: HBONE }] }
---
apiVersion: v1
kind: Service
metadata: { name: orders, namespace: shop }
spec: { selector: { app: orders }, ports: [{ name: http, port: 80, targetPort: 8080 }] }
---
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop, labels: { istio.io/use-waypoint: none } }
spec: { selector: { app: cart }, ports: [{ name: http, port: 80, targetPort: 8080 }] }
---
apiVersion: v1
kind: Pod
metadata: { name: orders, namespace: shop, labels: { app: orders } }
spec: { containers: [{ name: main, image: main }] }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: readers, namespace: shop }
spec:
  targetRefs: [{ kind: Service, group: "", name: orders }]
  rules: [{ to: [{ operation: { methods: [GET] } }] }]
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: cart, namespace: shop }
spec:
  targetRefs: [{ kind: Service, group: "", name: cart }]
  rules: [{ to: [{ operation: { methods: [GET] } }] }]
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: no-admin, namespace: shop }
spec:
  targetRefs: [{ kind: Gateway, group: gateway.networking.k8s.io, name: waypoint }]
  action: DENY
  rules: [{ to: [{ operation: { paths: ["/admin"], ports: ["80"] } }] }]
`;

test("a waypoint is described by its Gateway, with the policies of each Service behind it and their status", async () => {
  const { code, out } = await authz(
    { "mesh.yaml": waypoint },
    ...["describe", "waypoint/shop/waypoint", ...args],
  );
  expect(code).toBe(0);
  await expect(out).toMatchFileSnapshot("describe/waypoint.txt");
  const { out: json } = await authz(
    { "mesh.yaml": waypoint },
    ...["describe", "waypoint/shop/waypoint", ...args, "-o", "json"],
  );
  expect(JSON.parse(json)).toMatchObject({
    policies: [
      { policy: "shop/no-admin" },
      { policy: "shop/readers", target: { kind: "Service", name: "shop/orders" } },
    ],
    statuses: [
      { policy: "shop/readers", type: "WaypointAccepted", status: "True", reason: "Accepted" },
      { policy: "shop/cart", status: "False", reason: "AncestorNotBound" },
      { policy: "shop/no-admin", message: "bound to shop/waypoint" },
    ],
  });
});

test("a workload in ambient mode says which waypoint is in front of it", async () => {
  const { out } = await authz({ "mesh.yaml": waypoint }, "describe", "pod/shop/orders", ...args);
  expect(out).toContain(`in front of it
  waypoint shop/waypoint, for requests to Service shop/orders: authz describe waypoint/shop/waypoint
`);
});

test("--config-dump prints filters in Envoy's shape", async () => {
  const { out } = await authz(files, "describe", "orders", ...args, "--config-dump");
  const [listener] = JSON.parse(out);
  const chain = listener.filterChains.find(
    (each: { name: string }) => each.name === "0.0.0.0_8080",
  );
  const [jwt, rbac] = chain.filters;
  expect(chain.filterChainMatch).toEqual({ destinationPort: 8080, transportProtocol: "tls" });
  expect(jwt.typedConfig.providers).toEqual({
    "origins-0": {
      issuer: "https://login.example",
      remoteJwks: { httpUri: { uri: "https://login.example/keys" } },
      fromHeaders: [{ name: "x-jwt" }],
      payloadInMetadata: "payload",
      normalizePayloadInMetadata: { spaceDelimitedClaims: ["permission", "scope"] },
    },
  });
  expect(rbac).toEqual({
    name: "envoy.filters.http.rbac",
    typedConfig: {
      "@type": "type.googleapis.com/envoy.extensions.filters.http.rbac.v3.RBAC",
      shadowRulesStatPrefix: "istio_dry_run_allow_",
      rules: {
        policies: {
          "ns[shop]-policy[clients]-rule[0]": {
            permissions: [
              {
                andRules: {
                  rules: [
                    {
                      orRules: {
                        rules: [{ header: { name: ":method", stringMatch: { exact: "GET" } } }],
                      },
                    },
                    {
                      notRule: {
                        orRules: { rules: [{ urlPath: { path: { prefix: "/admin" } } }] },
                      },
                    },
                  ],
                },
              },
            ],
            principals: [
              {
                andIds: {
                  ids: [
                    {
                      orIds: {
                        ids: [
                          {
                            authenticated: {
                              principalName: { exact: "spiffe://cluster.local/ns/shop/sa/web" },
                            },
                          },
                        ],
                      },
                    },
                  ],
                },
              },
            ],
          },
        },
      },
    },
  });
});

test.each([
  ["no workload", ["describe", ...args]],
  ["an unknown workload", ["describe", "deploy/shop/cart", ...args]],
  ["an unknown word", ["describe", "cart", ...args]],
  ["no mesh", ["describe", "deploy/shop/orders"]],
])("%s is an error", async (_, line) => {
  expect((await authz(files, ...line)).code).toBe(2);
});

test("in ambient mode, the status that istiod writes is told with its message", async () => {
  const ambient = mesh.replace("istio-injection: enabled", "istio.io/dataplane-mode: ambient");
  const { out } = await authz(
    { "mesh.yaml": ambient },
    "describe",
    "deploy/shop/orders",
    "-f",
    "mesh.yaml",
  );
  expect(out).toContain("status that istiod writes");
  expect(out.replace(/\s+/g, " ")).toContain(
    "shop/clients: ZtunnelAccepted=True (UnsupportedValue): ztunnel does not support HTTP attributes",
  );
});

test("a port that only a PeerAuthentication names is described, for it has a mode of its own", async () => {
  const peer = `apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: orders, namespace: shop }
spec:
  selector: { matchLabels: { app: orders } }
  mtls: { mode: STRICT }
  portLevelMtls:
    9000: { mode: DISABLE }
`;
  const { out } = await authz(
    { "peer.yaml": peer },
    ...["describe", "ns/shop,app=orders", "-f", "peer.yaml"],
  );
  expect(out).toContain(`
  9000: its protocol is detected
    DISABLE (plaintext only): PeerAuthentication shop/orders  peer.yaml:8:19
`);
});

test("the listeners of a gateway say which of them take TLS, and which of them end it", async () => {
  const gateway = `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: edge, namespace: edge }
spec:
  selector: { istio: edge }
  servers:
  - { port: { number: 80, name: http, protocol: HTTP }, hosts: ["*"] }
  - port: { number: 443, name: https, protocol: HTTPS }
    hosts: [simple.example]
    tls: { mode: SIMPLE, credentialName: c }
  - port: { number: 8443, name: mutual, protocol: HTTPS }
    hosts: [mutual.example]
    tls: { mode: MUTUAL, credentialName: c }
  - port: { number: 9443, name: tls, protocol: TLS }
    hosts: [passed.example]
    tls: { mode: PASSTHROUGH }
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: passed, namespace: edge }
spec:
  hosts: [passed.example]
  gateways: [edge]
  tls: [{ match: [{ sniHosts: [passed.example] }], route: [{ destination: { host: a.edge.svc.cluster.local } }] }]
---
apiVersion: v1
kind: Service
metadata: { name: a, namespace: edge }
spec: { ports: [{ name: tls, port: 9443 }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: edge, namespace: edge }
spec:
  selector: { matchLabels: { istio: edge } }
  template:
    metadata: { labels: { istio: edge }, annotations: { inject.istio.io/templates: gateway } }
    spec: { containers: [{ name: istio-proxy, image: auto }] }
`;
  const { out } = await authz(
    { "gateway.yaml": gateway },
    ...["describe", "deploy/edge/edge", "-f", "gateway.yaml", "--allow-empty"],
  );
  const chains = [...out.matchAll(/chain \S+: (.*)|chain .*\n? +(?=HTTP|TCP)(.*)/g)];
  expect(chains.map(([text]) => text.replace(/^.*: /, ""))).toEqual([
    "HTTP, plaintext",
    "HTTP, TLS, SNI simple.example",
    "HTTP, mutual TLS, SNI mutual.example",
    "TCP, TLS that it does not end, SNI passed.example",
  ]);
});

test("a sidecar that is assumed against a loaded namespace is told apart from one that nothing is known of", async () => {
  const namespace = `apiVersion: v1
kind: Namespace
metadata: { name: shop }
`;
  const described = async (text: string): Promise<string> =>
    (
      await authz(
        { "namespace.yaml": text },
        ...["describe", "ns/shop,app=orders", "-f", "namespace.yaml", "--allow-empty"],
      )
    ).out.replace(/\s+/g, " ");
  expect(await described("")).toContain("sidecar (assumed: nothing says)");
  expect(await described(namespace)).toContain(
    "sidecar (assumed, although neither namespace shop nor the pod has a label that asks for one)",
  );
});
