import { describe, expect, test } from "vitest";
import { serve } from "../src/journey/serve.ts";
import type { Proxy } from "../src/model/program.ts";
import { listenersOf, meshFrom } from "./gateway-world.ts";

/** What istiod deploys for Gateway `edge` of namespace shop; its Service is among no files. */
const edge: Proxy = {
  kind: "gateway",
  namespace: "shop",
  name: "edge-1",
  labels: { "gateway.networking.k8s.io/gateway-name": "edge" },
  serviceAccount: "edge-istio",
  addresses: ["10.9.9.10"],
  ports: [],
};

function gatewayOf(listeners: string, more = ""): string {
  return `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: edge, namespace: shop}
spec: {gatewayClassName: istio, ${more}listeners: [${listeners}]}
---`;
}

const http = "{name: http, port: 80, protocol: HTTP, allowedRoutes: {namespaces: {from: All}}}";
const tls = "{name: t, port: 443, protocol: HTTPS, hostname: a.test, tls: {";
const certificate = "certificateRefs: [{name: c}]";

test.each<[string, string, string, readonly string[]]>([
  ["HTTP", http, "", ["80: http"]],
  ["Terminate", `${tls}${certificate}}}`, "", ["443: http!none[a.test]"]],
  [
    "a mode among the options",
    `${tls}${certificate}, options: {gateway.istio.io/tls-terminate-mode: MUTUAL}}}`,
    "",
    ["443: http!required[a.test]"],
  ],
  [
    "clients that are validated",
    `${tls}${certificate}}}`,
    "tls: {frontend: {default: {validation: {caCertificateRefs: [{kind: ConfigMap, name: ca}]}}}}, ",
    ["443: http!required[a.test]"],
  ],
  ["HTTPS without TLS", "{name: t, port: 443, protocol: HTTPS}", "", []],
  ["UDP", "{name: t, port: 53, protocol: UDP}", "", []],
])("%s", (_, listeners, more, expected) => {
  expect(listenersOf(meshFrom(gatewayOf(listeners, more)), edge)).toEqual(expected);
});

test("a Gateway of another class, or of another name, is not this proxy's", () => {
  const mesh = meshFrom(gatewayOf(http).replace("gatewayClassName: istio", "gatewayClassName: istio-waypoint")); // biome-ignore format: one line
  expect(listenersOf(mesh, edge)).toEqual([]);
  const other = { ...edge, labels: { "gateway.networking.k8s.io/gateway-name": "other" } };
  expect(listenersOf(meshFrom(gatewayOf(http)), other)).toEqual([]);
});

test("a Gateway whose address is a Service belongs to the pods behind it, at the port it leads to", () => {
  const addressed = gatewayOf(http, "addresses: [{type: Hostname, value: ingress}], ");
  const host = "ingress.shop.svc.cluster.local";
  const ports = [{ port: 8080, protocol: "http", service: { host, port: 80 } }] as const;
  expect(listenersOf(meshFrom(addressed), { ...edge, labels: {}, ports })).toEqual(["8080: http"]);
  expect(listenersOf(meshFrom(addressed), edge)).toEqual([]);
});

test("a gateway that istiod deployed takes no classic Gateway of another namespace", () => {
  const classic = `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: g, namespace: NAMESPACE}
spec: {servers: [{port: {number: 90, name: h, protocol: HTTP}, hosts: ["*"]}]}`;
  const with_ = (namespace: string): string => gatewayOf(http) + classic.replace("NAMESPACE", namespace); // biome-ignore format: one line
  expect(listenersOf(meshFrom(with_("elsewhere")), edge)).toEqual(["80: http"]);
  expect(listenersOf(meshFrom(with_("shop")), edge)).toEqual(["90: http", "80: http"]);
  const before = meshFrom(with_("elsewhere"), { istio: "1.30" });
  expect(listenersOf(before, edge)).toEqual(["90: http", "80: http"]);
});

const route = (name: string, spec: string, namespace = "shop"): string => `
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: ${name}, namespace: ${namespace}}
spec: {parentRefs: [{name: edge, namespace: shop}], ${spec}}
---`;
const to = "backendRefs: [{name: orders, port: 80}]";

describe("HTTPRoutes", () => {
  const text = [
    gatewayOf(
      [
        "{name: a, port: 80, protocol: HTTP, hostname: '*.a.test'}",
        "{name: b, port: 80, protocol: HTTP, hostname: b.test, allowedRoutes: {namespaces: {from: All}}}",
      ].join(", "),
    ),
    route("any", `rules: [{matches: [{path: {value: /api/}}], ${to}}]`),
    route(
      "exact",
      `hostnames: [x.a.test], rules: [{matches: [{path: {type: Exact, value: /api/exact}, method: PUT}], ${to}}, {matches: [{path: {value: /empty}}]}, {matches: [{headers: [{name: x, value: "1"}]}], filters: [{type: RequestRedirect, requestRedirect: {scheme: https, statusCode: 302}}]}]`,
    ),
    route("far", `hostnames: [b.test, y.a.test], rules: [{${to}}]`, "far"),
    route(
      "foreign",
      "hostnames: [x.a.test], rules: [{matches: [{path: {value: /foreign}}], backendRefs: [{name: o, namespace: far, port: 80}]}]",
    ),
  ].join("\n");

  test.each<[string, string, string, string | number]>([
    ["y.a.test", "GET", "/api", "forwarded"],
    ["y.a.test", "GET", "/api/more", "forwarded"],
    ["y.a.test", "GET", "/apis", 404],
    ["x.a.test", "GET", "/api", 404], // routes of the exact host alone count for it
    ["x.a.test", "PUT", "/api/exact", "forwarded"],
    ["x.a.test", "PUT", "/empty", 500],
    ["x.a.test", "GET", "/foreign", 500],
    ["y.a.test", "GET", "/", 404], // another namespace may not attach there
    ["b.test", "GET", "/", "forwarded"],
    ["c.test", "GET", "/api", 404],
  ])("%s %s %s: %s", (host, method, target, expected) => {
    const { outcome } = serve(
      meshFrom(text),
      edge,
      { transport: "plaintext", sourceIp: "10.1.2.3", destinationPort: 80 },
      { version: "1.1", method, target, host, headers: [] },
      { now: 0, ask: ({ candidates: [first = ""] }) => first },
    );
    expect(outcome.kind === "reply" ? outcome.status : outcome.kind).toBe(expected);
  });
});
