import { expect, test } from "vitest";
import { evaluate } from "../src/evaluate.ts";
import { apiListeners } from "../src/istiod/listener/gateway-api.ts";
import { sidecarScope } from "../src/istiod/route/scope.ts";
import { waypointRoutes } from "../src/istiod/route/waypoint.ts";
import { loadMesh } from "../src/load.ts";
import type { Mesh } from "../src/model/mesh.ts";
import type { Proxy } from "../src/model/program.ts";

const meshOf = (text: string, istio: string): Mesh =>
  loadMesh({ files: [{ path: "a.yaml", text }], istio }).mesh;

const gateway = (tls: string): string => `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: gw, namespace: s }
spec:
  gatewayClassName: istio
  tls: { frontend: { default: { validation: { caCertificateRefs: [{ kind: ConfigMap, group: "", name: ca }], mode: AllowInsecureFallback } } } }
  listeners: [{ name: https, port: 443, protocol: HTTPS, tls: { certificateRefs: [{ name: own }] ${tls} } }]
`;
const proxy: Proxy = {
  kind: "gateway",
  namespace: "s",
  name: "gw-istio",
  labels: { "gateway.networking.k8s.io/gateway-name": "gw" },
  serviceAccount: "gw-istio",
  addresses: [],
  ports: [],
};
const option = ', options: { "gateway.istio.io/tls-terminate-mode": OPTIONAL_MUTUAL }';

test.each([
  ["1.27", "", "SIMPLE"],
  ["1.27", option, "OPTIONAL_MUTUAL"],
  ["1.29", "", "MUTUAL"],
  ["1.29", option, "MUTUAL"],
  ["1.30", "", "MUTUAL"],
  ["1.30", option, "OPTIONAL_MUTUAL"],
  ["1.31", "", "OPTIONAL_MUTUAL"],
])("a Gateway that validates clients, in %s, with%s: %s", (istio, tls, mode) => {
  const [listener] = apiListeners(meshOf(gateway(tls), istio), proxy);
  expect(listener?.server.tls?.mode).toBe(mode);
});

const onePort = (protocol: string): string => `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: gw, namespace: s }
spec:
  gatewayClassName: istio
  listeners:
  - { name: bytes, port: 443, protocol: ${protocol}, tls: { mode: Passthrough } }
  - { name: https, port: 443, protocol: HTTPS, hostname: a.test, tls: { certificateRefs: [{ name: own }] } }
`;

/** As real ones of 1.28.10 and 1.29.6 have them, and by what 1.30 and 1.31 say. */
test.each([
  ["1.28.10", "TCP", {}, ["https"]],
  ["1.29.6", "TLS", {}, ["https"]],
  ["1.29.6", "TLS", { PILOT_ENABLE_ALPHA_GATEWAY_API: "true" }, ["bytes", "https"]],
  ["1.29.6", "TCP", { PILOT_ENABLE_ALPHA_GATEWAY_API: "true" }, ["bytes", "https"]],
  ["1.30.3", "TLS", {}, ["bytes", "https"]],
  ["1.30.3", "TCP", {}, ["https"]],
  ["1.31.0", "TLS", {}, ["bytes", "https"]],
])("in %s a listener for %s with %o", (istio, protocol, features, expected) => {
  const { mesh } = loadMesh({
    files: [{ path: "a.yaml", text: onePort(protocol) }],
    istio,
    features,
  });
  expect(apiListeners(mesh, proxy).map(({ section }) => section)).toEqual(expected);
});

const routed = (rule: string, more = ""): string => `
apiVersion: v1
kind: Service
metadata: { name: shop, namespace: other }
spec: { selector: { app: shop }, clusterIP: 10.0.0.1, ports: [{ name: http, port: 80 }] }
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: gw, namespace: s }
spec: { gatewayClassName: istio, listeners: [{ name: http, port: 80, protocol: HTTP }] }
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: r, namespace: s }
spec: { parentRefs: [{ name: gw }], rules: [${rule}] }
${more}`;

const answer = (text: string, istio: string): number | undefined =>
  evaluate(meshOf(text, istio), {
    from: "external/192.0.2.1",
    to: "gateway/s/gw:80",
    http: "GET /",
  }).branches[0].outcome.status;

test.each([
  ["1.29", 500],
  ["1.30", 404],
  ["1.31", 500],
])("a rule of an HTTPRoute that leads nowhere, in %s: %s", (istio, status) => {
  expect(answer(routed("{}"), istio)).toBe(status);
  expect(answer(routed("{ backendRefs: [{ name: shop, port: 80, weight: 0 }] }"), istio)).toBe(500);
});

const grant = `---
apiVersion: gateway.networking.k8s.io/v1beta1
kind: ReferenceGrant
metadata: { name: g, namespace: other }
spec:
  from: [{ group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: s }]
  to: [{ group: "", kind: Service, name: shop }, { group: "", kind: Service, name: cart }]
`;

test.each([
  ["1.29", 500],
  ["1.30", undefined],
])("what the first `to` of a ReferenceGrant allows, in %s: %s", (istio, status) => {
  const rule = "{ backendRefs: [{ name: shop, namespace: other, port: 80 }] }";
  expect(answer(routed(rule, grant), istio)).toBe(status);
});

const virtualService = (name: string, path: string): string => `---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: ${name}, namespace: other }
spec: { hosts: [shop], http: [{ match: [{ uri: { prefix: ${path} } }], route: [{ destination: { host: shop } }] }] }
`;

test.each([
  ["1.28.5", 1],
  ["1.28.6", 2],
  ["1.29.1", 1],
  ["1.30", 2],
])("a waypoint of %s takes the routes of %s VirtualServices for one host", (istio, count) => {
  const mesh = meshOf(routed("{}") + virtualService("a", "/a") + virtualService("b", "/b"), istio);
  const waypoint: Proxy = { ...proxy, kind: "waypoint", namespace: "other" };
  const port = { host: "shop.other.svc.cluster.local", namespace: "other", port: 80 };
  expect(waypointRoutes(mesh, waypoint, port)[0]?.routes).toHaveLength(count);
});

const entry = (namespace: string, created: string): string => `
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: db, namespace: ${namespace}, creationTimestamp: ${created} }
spec: { hosts: [db.example.com], resolution: DNS, ports: [{ number: 80, name: http, protocol: HTTP }] }
---`;

test.each([
  ["1.29", {}, "a"],
  ["1.30", {}, "b"],
  ["1.30", { PILOT_SIDECAR_PICK_BEST_SERVICE_NAMESPACE: "false" }, "a"],
])(
  "a host that only a VirtualService names, in %s with %o, is that of namespace %s",
  (istio, features, namespace) => {
    const text = `${entry("a", "2022-01-01T00:00:00Z")}${entry("b", "2021-01-01T00:00:00Z")}
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: v, namespace: s }
spec: { hosts: [shop.example.com], http: [{ route: [{ destination: { host: db.example.com } }] }] }
---
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: { name: default, namespace: s }
spec: { egress: [{ hosts: ["./*"] }] }
`;
    const { mesh } = loadMesh({ files: [{ path: "a.yaml", text }], istio, features });
    const { services } = sidecarScope(mesh, { namespace: "s", labels: {} });
    expect(services.map((service) => service.namespace)).toEqual([namespace]);
  },
);
