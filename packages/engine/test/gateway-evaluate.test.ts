import { describe, expect, test } from "vitest";
import { evaluate } from "../src/evaluate.ts";
import { checkRequest } from "../src/journey/request.ts";
import type { AccessRequest } from "../src/model/access-request.ts";
import { meshFrom } from "./gateway-world.ts";

const edge = `
apiVersion: v1
kind: Service
metadata: {name: ingress, namespace: edge}
spec: {selector: {istio: ingress}, ports: [{port: 80, targetPort: 8080, name: http}, {port: 443, targetPort: 8443, name: https}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: ingress, namespace: edge}
spec: {template: {metadata: {labels: {istio: ingress}}, spec: {serviceAccountName: ingress}}}
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: g, namespace: edge}
spec:
  selector: {istio: ingress}
  servers:
  - {port: {number: 80, name: h, protocol: HTTP}, hosts: ["*"]}
  - {port: {number: 443, name: s, protocol: HTTPS}, hosts: [simple.test], tls: {mode: SIMPLE, credentialName: c}}
  - {port: {number: 443, name: m, protocol: HTTPS}, hosts: [mutual.test], tls: {mode: MUTUAL, credentialName: c}}
  - {port: {number: 443, name: o, protocol: HTTPS}, hosts: [optional.test], tls: {mode: OPTIONAL_MUTUAL, credentialName: c}}
---
`;
const route = `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: v, namespace: edge}
spec:
  hosts: ["*"]
  gateways: [g]
  http: [{match: [{uri: {prefix: /api}}], route: [{destination: {host: shop.shop.svc.cluster.local}}]}]
---
`;
const policy = (spec: string): string => `
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: p, namespace: edge}
spec: ${spec}
---
`;

const from = "external/203.0.113.9";
const to = "gateway/edge/ingress:80";

function decided(text: string, request: Partial<AccessRequest>): string {
  const verdict = evaluate(meshFrom(edge + text), { from, to, http: "GET a.test/api", ...request });
  return [verdict.decision, verdict.outcome?.status ?? verdict.layer].filter(Boolean).join(" ");
}

const office = policy("{rules: [{from: [{source: {ipBlocks: [203.0.113.0/24]}}]}]}");
const known = policy('{rules: [{from: [{source: {principals: ["*"]}}]}]}');

test.each<[string, string, Partial<AccessRequest>, string]>([
  ["routed", route, {}, "allow"],
  ["a policy that matches", route + office, {}, "allow allow"],
  ["a policy that does not", route + office, { from: "external/192.0.2.1" }, "deny 403"],
  ["no route", route, { http: "GET a.test/other" }, "deny 404"],
  ["no route is loaded", "", {}, "undetermined"],
  ["no route is loaded, and a policy refuses", known, {}, "deny 403"],
  ["the Gateway's name", route, { to: "gateway/edge/g:80" }, "allow"],
  ["the Service", route, { to: "svc/edge/ingress:80" }, "allow"],
  ["the pod's own port", route, { to: "gateway/edge/ingress:8080" }, "allow"],
  ["no server there", route, { to: "gateway/edge/ingress:90" }, "undetermined"],
])("%s", (_, text, request, expected) => {
  expect(decided(text, request)).toBe(expected);
});

describe("the client speaks what the server asks for", () => {
  const secure = "gateway/edge/ingress:443";

  test.each<[string, Partial<AccessRequest>, string]>([
    ["one-way TLS shows nobody", { http: "GET simple.test/api" }, "deny 403"],
    ["any certificate is somebody", { http: "GET mutual.test/api" }, "allow allow"],
    ["without one, no handshake", { http: "GET mutual.test/api", transport: "tls" }, "deny mtls"],
    ["with or without one", { http: "GET optional.test/api" }, "undetermined"],
    [
      "the server name, not the Host, picks the server",
      { http: "GET mutual.test/api", sni: "simple.test" },
      "deny 403",
    ],
    ["plaintext", { http: "GET simple.test/api", transport: "plaintext" }, "deny mtls"],
  ])("%s", (_, request, expected) => {
    expect(decided(route + known, { to: secure, ...request })).toBe(expected);
  });
});

test.each<[string, string, string]>([
  ["a URL leads to the gateway that serves its host", "https://simple.test/api", "allow"],
  ["on its port", "http://any.test/api", "allow"],
  ["one that no gateway serves is none of the mesh's", "https://other.test/api", "undetermined"],
])("%s", (_, url, decision) => {
  const { branches, ...verdict } = evaluate(meshFrom(edge + route), { from, to: url, http: "GET" });
  expect(verdict.decision).toBe(decision);
  expect(branches[0].hops[0]?.point).toBe(decision === "allow" ? "gateway" : "none");
});

test("a gateway leads to the workload, which sees the gateway", () => {
  const shop = `
apiVersion: v1
kind: Service
metadata: {name: shop, namespace: shop}
spec: {selector: {app: shop}, ports: [{port: 80, targetPort: 8080, name: http}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: shop, namespace: shop}
spec: {template: {metadata: {labels: {app: shop}}, spec: {serviceAccountName: shop}}}
---
`;
  const { decision, branches } = evaluate(meshFrom(edge + route + shop), {
    from,
    to,
    http: "GET a.test/api",
  });
  expect(decision).toBe("allow");
  expect(branches[0].hops).toMatchObject([
    { point: "gateway", leaves: { to: "shop/shop", port: 8080, transport: "mtls" } },
    {
      point: "sidecar",
      proxy: "shop/shop",
      saw: { identities: ["spiffe://cluster.local/ns/edge/sa/ingress"] },
    },
  ]);
});

test("a gateway of the Gateway API needs no workload: istiod deploys it", () => {
  const text = `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: api, namespace: edge}
spec: {gatewayClassName: istio, listeners: [{name: http, port: 80, protocol: HTTP}]}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: r, namespace: edge}
spec: {parentRefs: [{name: api}], rules: [{backendRefs: [{name: shop, port: 80}]}]}
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: t, namespace: edge}
spec: {action: DENY, targetRefs: [{group: gateway.networking.k8s.io, kind: Gateway, name: api}], rules: [{to: [{operation: {paths: [/x]}}]}]}
---
`;
  expect(decided(text, { to: "gateway/edge/api:80" })).toBe("allow");
  expect(decided(text, { to: "gateway/edge/api:80", http: "GET /x" })).toBe("deny 403");
});

const behindProxy = `
apiVersion: v1
kind: ConfigMap
metadata: {name: istio, namespace: istio-system}
data: {mesh: "defaultConfig: {gatewayTopology: {proxyProtocol: {}}}"}
---
`;
const client = policy("{rules: [{from: [{source: {remoteIpBlocks: [203.0.113.9]}}]}]}");

test.each<[string, string, Partial<AccessRequest>, string]>([
  ["states the client", client, {}, "allow allow"],
  ["is not the peer", office, { source: { ip: "10.0.0.1" } }, "deny 403"],
  ["leaves the peer open", office, {}, "undetermined"],
  ["states another client", client, { source: { proxyProtocol: "192.0.2.1" } }, "deny 403"],
])("a PROXY header %s", (_, text, request, expected) => {
  expect(decided(behindProxy + route + text, request)).toBe(expected);
});

const onPort = (ports: string): string =>
  policy(`{rules: [{to: [{operation: {ports: ["${ports}"]}}]}]}`);
const at = policy("{rules: [{when: [{key: destination.ip, values: [198.51.100.1]}]}]}");
const called = { source: { proxyProtocol: "192.0.2.1 to 198.51.100.1:443" } };
const called6 = { source: { proxyProtocol: "2001:db8::7 to [2001:db8::1]:8080" } };

/** As a real Envoy has them: what a load balancer was called on stands in the place of the gateway's own address and port (az:IP-8). */
test.each<[string, string, Partial<AccessRequest>, string]>([
  ["another port", onPort("8080"), called, "deny 403"],
  ["the port", onPort("443"), called, "allow allow"],
  ["the port, over IPv6", onPort("8080"), called6, "allow allow"],
  ["the address", at, called, "allow allow"],
  ["another address", at, called6, "deny 403"],
  ["the client still", client, called, "deny 403"],
  ["nothing of ports", onPort("8080"), {}, "undetermined"],
  ["nothing of addresses", at, { source: { proxyProtocol: "192.0.2.1" } }, "undetermined"],
])("a PROXY header says what was called: %s", (_, text, request, expected) => {
  expect(decided(behindProxy + route + text, request)).toBe(expected);
});

test.each([
  "192.0.2.1 to 198.51.100.1",
  "192.0.2.1 to 198.51.100.1:70000",
  "192.0.2.1 to 2001:db8::1:443",
  "192.0.2.1 to there:443",
  "there to 198.51.100.1:443",
  "192.0.2.1 to [2001:db8::1]:443",
  "2001:db8::7 to 198.51.100.1:443",
])("`%s` is no PROXY header", (proxyProtocol) => {
  const problems = checkRequest(meshFrom(edge + behindProxy), { to, source: { proxyProtocol } });
  expect(problems).toMatchObject([{ path: ["source", "proxyProtocol"] }]);
});

test("exact bytes for a gateway that expects a PROXY header state one", () => {
  const bytes = { transport: "plaintext", destinationPort: 8080, sourceIp: "10.0.0.1" } as const;
  const raw = { version: "1.1", method: "GET", target: "/api", host: "a", headers: [] } as const;
  const mesh = meshFrom(edge + behindProxy + route + onPort("443"));
  const ask = (connection: AccessRequest["connection"]): string =>
    evaluate(mesh, { to, raw, ...(connection ? { connection } : {}) }).decision;
  expect(ask(bytes)).toBe("undetermined");
  expect(ask({ ...bytes, proxyProtocol: called.source.proxyProtocol })).toBe("allow");
});

test("a PROXY header that the gateway does not expect is not evaluated", () => {
  expect(decided(route, { source: { proxyProtocol: "192.0.2.1" } })).toBe("undetermined");
});

const sidecar = `
apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {istio-injection: enabled}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: api, namespace: shop}
spec: {template: {metadata: {labels: {app: api}}}}
---
apiVersion: v1
kind: Service
metadata: {name: api, namespace: shop}
spec: {selector: {app: api}, ports: [{port: 80, targetPort: 8080, name: http}]}
`;

test.each<[string, Partial<AccessRequest>]>([
  ["a sidecar", { to: "deploy/shop/api:8080", http: "GET /" }],
  ["a Service", { to: "svc/shop/api:80", http: "GET /" }],
  ["its caller's sidecar", { from: "deploy/shop/api", to: "svc/shop/api:80", http: "GET /" }],
])("no PROXY header is read at %s", (_, request) => {
  const mesh = meshFrom(sidecar);
  const asked = { from: "none", to: "", ...request };
  const source = { ip: "10.0.0.1" };
  expect(evaluate(mesh, { ...asked, source }).decision).toBe("allow");
  const stated = { ...source, proxyProtocol: "192.0.2.1" };
  expect(evaluate(mesh, { ...asked, source: stated }).decision).toBe("undetermined");
});

test("nor in exact bytes", () => {
  const connection = {
    transport: "plaintext",
    destinationPort: 8080,
    sourceIp: "10.0.0.1",
  } as const;
  const raw = { version: "1.1", method: "GET", target: "/", host: "api", headers: [] } as const;
  const asked = { to: "deploy/shop/api:8080", connection, raw };
  const stated = { ...connection, proxyProtocol: "192.0.2.1" };
  expect(evaluate(meshFrom(sidecar), asked).decision).toBe("allow");
  expect(evaluate(meshFrom(sidecar), { ...asked, connection: stated }).decision).toBe(
    "undetermined",
  );
});

test("a Gateway that selects no loaded workload is a problem of the request", () => {
  const lonely = edge.replace("selector: {istio: ingress}\n", "selector: {istio: other}\n");
  const mesh = meshFrom(lonely);
  expect(checkRequest(mesh, { to: "gateway/edge/g:80" })).toMatchObject([{ path: ["to"] }]);
});
