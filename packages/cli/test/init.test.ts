import { describe, expect, test } from "vitest";
import { authz } from "./program.ts";

const policies = `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: orders, namespace: shop }
spec:
  selector: { matchLabels: { app: orders } }
  rules:
  - from: [{ source: { serviceAccounts: [web] } }]
    to: [{ operation: { methods: [POST], paths: ["/api/*"] } }]
  - from: [{ source: { requestPrincipals: ["https://login.example/*"] } }]
    when:
    - { key: "request.auth.claims[groups]", values: [admins] }
    - { key: "request.headers[x-tier]", values: ["gold*"] }
  - when: [{ key: source.namespace, values: [shop], notValues: [shop] }]
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: no-deletes, namespace: shop }
spec: { action: DENY, rules: [{ to: [{ operation: { methods: [DELETE] } }] }] }
---
apiVersion: security.istio.io/v1
kind: RequestAuthentication
metadata: { name: login, namespace: shop }
spec: { jwtRules: [{ issuer: "https://login.example" }] }
`;
const inventory = `apiVersion: v1
kind: Pod
metadata: { name: web-1, namespace: shop, labels: { app: web } }
spec: { serviceAccountName: web, containers: [{ name: web, ports: [{ containerPort: 8080 }] }] }
`;
const files = { "mesh/policies.yaml": policies, "mesh/inventory.yaml": inventory };

describe("authz init", () => {
  test("writes a test for every rule, which that rule decides", async () => {
    const { code, out, written } = await authz(files, "init", "mesh");
    expect(code).toBe(0);
    expect(out).toMatchInlineSnapshot(`
      "wrote mesh/suite.yaml: 1 actor, 3 tests
      no request was found that these rules decide:
        shop/orders[2]
      next: authz test mesh/suite.yaml --coverage
      "
    `);
    expect(written["mesh/suite.yaml"]).toMatchInlineSnapshot(`
      "# yaml-language-server: $schema=https://meshproof.dev/schemas/v1alpha1/suite.json
      apiVersion: meshproof.dev/v1alpha1
      kind: Suite
      metadata:
        name: mesh
        annotations: { config.kubernetes.io/local-config: "true" } # GitOps tools do not apply it
      spec:
        mesh: ["."]
        environment:
          istio: "1.31"
        keys:
          "https://login.example": trusted
        workloads:
          shop-orders: { namespace: shop, labels: { app: orders }, ports: { "8080": http } }
        actors:
          web: sa/shop/web
        tokens:
          token-1: { issuer: "https://login.example", claims: { sub: someone, groups: admins } }
        tests:
        - name: "shop/orders[0] decides POST /api/x from web"
          request: { from: web, to: "workload/shop/shop-orders:8080", http: POST /api/x }
          expect: { decision: allow, by: "shop/orders[0]" }
        - name: "shop/orders[1] decides GET / from web"
          request: { from: web, to: "workload/shop/shop-orders:8080", http: { method: GET, path: "/", headers: { x-tier: goldx } }, token: token-1 }
          expect: { decision: allow, by: "shop/orders[1]" }
        - name: "shop/no-deletes[0] decides DELETE / from web"
          request: { from: web, to: "ns/shop,app=web:8080", http: DELETE / }
          expect: { decision: deny, by: "shop/no-deletes[0]" }
      "
    `);
  });

  test("writes a suite that holds", async () => {
    const { written } = await authz(files, "init", "mesh");
    const { code, out } = await authz({ ...files, ...written }, "test", "mesh");
    expect([code, out]).toEqual([0, "3 passed, 0 failed (1 suite)\n"]);
  });

  test("replaces nothing without --force", async () => {
    const there = { ...files, "mesh/suite.yaml": "# mine\n" };
    const refused = await authz(there, "init", "mesh");
    expect([refused.code, refused.written]).toEqual([2, {}]);
    expect(Object.keys((await authz(there, "init", "mesh", "--force")).written)).toEqual([
      "mesh/suite.yaml",
    ]);
  });

  test.each([
    ["a folder without policies", { "mesh/inventory.yaml": inventory }],
    ["a mesh that cannot be read", { "mesh/policies.yaml": "a: [" }],
    ["an empty folder", { "other.yaml": "" }],
  ])("writes nothing for %s", async (_, given) => {
    const { code, written } = await authz(given, "init", "mesh");
    expect([code, written]).toEqual([2, {}]);
  });
});

test("a made-up workload listens where no port has an mTLS mode of its own", async () => {
  const peer = `apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: orders, namespace: shop }
spec:
  selector: { matchLabels: { app: orders } }
  portLevelMtls: { 8080: { mode: DISABLE } }
`;
  const { out, written } = await authz(
    { ...files, "mesh/peer.yaml": peer, "mesh/inventory.yaml": "" },
    ...["init", "mesh"],
  );
  expect(out).toContain("3 tests");
  expect(written["mesh/suite.yaml"]).toContain('ports: { "80": http }');
});

const edge = `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: web, namespace: shop }
spec:
  selector: { istio: ingress }
  servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: ["*.example.com"] }]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: edge, namespace: shop }
spec:
  hosts: [shop.example.com]
  gateways: [web]
  http:
  - match: [{ uri: { prefix: /api } }]
    route: [{ destination: { host: orders } }]
  - redirect: { uri: /api }
---
apiVersion: v1
kind: Service
metadata: { name: orders, namespace: shop }
spec: { selector: { app: orders }, ports: [{ name: http, port: 80, targetPort: 8080 }] }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: no-admin, namespace: edge }
spec:
  selector: { matchLabels: { istio: ingress } }
  action: DENY
  rules: [{ to: [{ operation: { paths: ["/api/admin*"], ports: ["80"] } }] }]
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: orders, namespace: shop }
spec:
  selector: { matchLabels: { app: orders } }
  rules: [{ from: [{ source: { serviceAccounts: [edge/ingress] } }] }]
`;

const api = `apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: web, namespace: shop }
spec:
  gatewayClassName: istio
  listeners: [{ name: http, port: 8080, protocol: HTTP }]
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: edge, namespace: shop }
spec:
  parentRefs: [{ name: web }]
  hostnames: [shop.example.com]
  rules:
  - matches: [{ path: { type: PathPrefix, value: /v1 }, method: POST, headers: [{ name: x-tier, value: gold }] }]
    backendRefs: [{ name: orders, port: 80 }]
---
apiVersion: v1
kind: Service
metadata: { name: orders, namespace: shop }
spec: { selector: { app: orders }, ports: [{ name: http, port: 80, targetPort: 8080 }] }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: edge, namespace: shop }
spec:
  targetRefs: [{ kind: Gateway, group: gateway.networking.k8s.io, name: web }]
  rules:
  - from: [{ source: { remoteIpBlocks: [198.51.100.0/24] } }]
    to: [{ operation: { hosts: [shop.example.com], paths: [/v1/health] } }]
  - when: [{ key: "request.headers[x-tier]", values: [gold] }]
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: never, namespace: shop }
spec:
  targetRefs: [{ kind: Gateway, group: gateway.networking.k8s.io, name: web }]
  action: DENY
  rules: [{ to: [{ operation: { ports: ["80"] } }] }]
`;

describe("of a gateway", () => {
  test("its rules are asked from outside, by its hosts, and so is each of its routes", async () => {
    const { out, written } = await authz({ "edge/edge.yaml": edge }, "init", "edge");
    expect(out).toMatchInlineSnapshot(`
      "wrote edge/suite.yaml: 1 actor, 3 tests
      next: authz test edge/suite.yaml --coverage
      "
    `);
    expect(worldAndTests(written["edge/suite.yaml"])).toMatchInlineSnapshot(`
      "  workloads:
          edge-ingress: { namespace: edge, labels: { istio: ingress }, serviceAccount: ingress, dataPlane: gateway }
          shop-orders: { namespace: shop, labels: { app: orders }, ports: { "8080": http } }
        actors:
          ingress: sa/edge/ingress
        tests:
        - name: "edge/no-admin[0] decides GET http://shop.example.com/api/adminx from external/203.0.113.9"
          request: { from: external/203.0.113.9, to: "http://shop.example.com", http: GET /api/adminx }
          expect: { decision: deny, by: "edge/no-admin[0]" }
        - name: "shop/orders[0] decides GET / from ingress"
          request: { from: ingress, to: "workload/shop/shop-orders:8080", http: GET / }
          expect: { decision: allow, by: "shop/orders[0]" }
        - name: "shop/edge http[0]: GET http://shop.example.com/api/x from external/203.0.113.9"
          request: { from: external/203.0.113.9, to: "http://shop.example.com", http: GET /api/x }
          expect: { decision: allow, reaches: shop/shop-orders }
      "
    `);
  });

  test("a policy that selects what istiod deploys is asked there, not at what somebody else serves", async () => {
    const name = "metadata: { name: web, namespace: shop";
    const labelled = api
      .replace(name, `${name}, labels: { tier: edge }`)
      .replace("parentRefs: [", "parentRefs: [{ name: other }, ")
      .replace(/targetRefs: .*\n/, "selector: { matchLabels: { tier: edge } }\n");
    const other = `---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: other, namespace: shop }
spec: { gatewayClassName: other, listeners: [{ name: http, port: 80, protocol: HTTP }] }
---
apiVersion: gateway.networking.k8s.io/v1
kind: GatewayClass
metadata: { name: other }
spec: { controllerName: example.com/other }
---
apiVersion: v1
kind: Pod
metadata: { name: orders, namespace: shop, labels: { app: orders } }
spec: { containers: [{ name: app, image: app }] }
`;
    const files = { "edge/a.yaml": other, "edge/edge.yaml": labelled };
    const suite = (await authz(files, "init", "edge")).written["edge/suite.yaml"] ?? "";
    expect(suite).toContain("shop/edge[0] decides POST http://shop.example.com:8080/v1/health");
    expect(suite).toContain("shop/edge rules[0]");
    expect(suite).not.toContain("workload/shop/");
  });

  test("of the Gateway API, too, and what a route asks for goes along", async () => {
    const { out, written } = await authz({ "edge/edge.yaml": api }, "init", "edge");
    expect(out).toMatchInlineSnapshot(`
      "wrote edge/suite.yaml: 0 actors, 3 tests
      no request was found that these rules decide:
        shop/never[0]
      next: authz test edge/suite.yaml --coverage
      "
    `);
    expect(worldAndTests(written["edge/suite.yaml"])).toMatchInlineSnapshot(`
      "  workloads:
          shop-orders: { namespace: shop, labels: { app: orders } }
        tests:
        - name: "shop/edge[0] decides POST http://shop.example.com:8080/v1/health from external/198.51.100.0"
          request: { from: external/198.51.100.0, to: "http://shop.example.com:8080", http: { method: POST, path: "/v1/health", host: shop.example.com, headers: { x-tier: gold } } }
          expect: { decision: allow, by: "shop/edge[0]" }
        - name: "shop/edge[1] decides POST http://shop.example.com:8080/v1/x from external/203.0.113.9"
          request: { from: external/203.0.113.9, to: "http://shop.example.com:8080", http: { method: POST, path: "/v1/x", headers: { x-tier: gold } } }
          expect: { decision: allow, by: "shop/edge[1]" }
        - name: "shop/edge rules[0]: POST http://shop.example.com:8080/v1/x from external/203.0.113.9"
          request: { from: external/203.0.113.9, to: "http://shop.example.com:8080", http: { method: POST, path: "/v1/x", headers: { x-tier: gold } } }
          expect: { decision: allow, reaches: shop/shop-orders }
      "
    `);
  });

  test.each([
    ["classic", edge],
    ["of the Gateway API", api],
  ])("the suite of one that is %s holds", async (_, text) => {
    const files = { "edge/edge.yaml": text };
    const { written } = await authz(files, "init", "edge");
    const { code } = await authz({ ...files, ...written }, "test", "edge");
    expect(code).toBe(0);
  });

  test("a server that passes TLS on reads no requests that could be asked", async () => {
    const others = edge.replace("protocol: HTTP }", "protocol: TLS }, tls: { mode: PASSTHROUGH }");
    const { written } = await authz({ "edge/edge.yaml": others }, "init", "edge");
    expect(written["edge/suite.yaml"]).not.toContain("shop.example.com");
  });
});

function worldAndTests(suite = ""): string {
  return suite.slice(suite.indexOf("  workloads:"));
}

test("what a Service without a selector leads to is asked through it, by its EndpointSlices", async () => {
  const mesh = `apiVersion: v1
kind: Service
metadata: { name: db, namespace: shop }
spec: { clusterIP: 10.96.0.7, ports: [{ name: http, port: 80 }] }
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: { name: db-1, namespace: shop, labels: { kubernetes.io/service-name: db } }
addressType: IPv4
ports: [{ name: http, port: 8080 }]
endpoints: [{ addresses: [10.0.0.7], targetRef: { kind: Pod, name: db-0, namespace: shop } }]
---
apiVersion: v1
kind: Pod
metadata: { name: db-0, namespace: shop, labels: { app: db }, annotations: { sidecar.istio.io/status: "{}" } }
spec: { serviceAccountName: db, containers: [{ name: db, ports: [{ containerPort: 8080 }] }] }
status: { podIP: 10.0.0.7 }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: db, namespace: shop }
spec: { rules: [{ to: [{ operation: { paths: [/api] } }] }] }
`;
  const { written } = await authz({ "db/db.yaml": mesh }, "init", "db");
  expect(written["db/suite.yaml"]).toContain('to: "svc/shop/db:80", http: GET /api }');
});
