import { describe, expect, test } from "vitest";
import { classic, gateway, listenersOf, meshFrom, programOf } from "./gateway-world.ts";

const http = '{port: {number: 80, name: http, protocol: HTTP}, hosts: ["*"]}';
const secure = (hosts: string, tls: string, name = "https"): string =>
  `{port: {number: 443, name: ${name}, protocol: HTTPS}, hosts: ${hosts}, tls: {${tls}}}`;

test.each<[string, readonly string[], readonly string[]]>([
  ["HTTP", [http], ["8080: http"]],
  ["SIMPLE", [secure('["*"]', "mode: SIMPLE, credentialName: c")], ["8443: http!none[*]"]],
  [
    "MUTUAL",
    [secure("[a.example.com]", "mode: MUTUAL, credentialName: c")],
    ["8443: http!required[a.example.com]"],
  ],
  [
    "OPTIONAL_MUTUAL",
    [secure('["*.example.com"]', "mode: OPTIONAL_MUTUAL, credentialName: c")],
    ["8443: http!optional[*.example.com]"],
  ],
  [
    "ISTIO_MUTUAL and a namespace before the host",
    [secure("[shop/a.example.com]", "mode: ISTIO_MUTUAL")],
    ["8443: http!required[a.example.com]"],
  ],
  [
    "PASSTHROUGH, by the server names of the routes",
    ['{port: {number: 443, name: t, protocol: TLS}, hosts: ["*"], tls: {mode: PASSTHROUGH}}'],
    ["8443: tcp[pass.example.com]"],
  ],
  [
    "TCP, and TLS that ends before a stream",
    [
      '{port: {number: 31400, name: tcp, protocol: TCP}, hosts: ["*"]}',
      "{port: {number: 443, name: t, protocol: TLS}, hosts: [a], tls: {mode: SIMPLE, credentialName: c}}",
    ],
    ["31400: tcp", "8443: tcp!none[a]"],
  ],
])("%s", (_, servers, expected) => {
  expect(listenersOf(classic(servers))).toEqual(expected);
});

describe("several servers of one port", () => {
  const simple = "mode: SIMPLE, credentialName: c";

  test.each<[string, readonly string[], readonly string[]]>([
    ["HTTP joins HTTP", [http, http.replace("HTTP", "HTTP2")], ["8080: http"]],
    [
      "TLS joins TLS of other hosts",
      [secure("[a]", simple, "a"), secure("[b]", "mode: MUTUAL, credentialName: c", "b")],
      ["8443: http!none[a] http!required[b]"],
    ],
    [
      "the first of a host counts",
      [secure("[a]", simple, "a"), secure("[a, b]", "mode: MUTUAL, credentialName: c", "b")],
      ["8443: http!none[a]"],
    ],
    [
      "TLS after HTTP is left out",
      [http, '{port: {number: 80, name: s, protocol: HTTPS}, hosts: ["*"], tls: {mode: SIMPLE}}'],
      ["8080: http"],
    ],
    [
      "other addresses are other listeners",
      [http, http.replace("hosts", "bind: 10.0.0.1, hosts")],
      ["8080: http", "10.0.0.1:8080: http"],
    ],
  ])("%s", (_, servers, expected) => {
    expect(listenersOf(classic(servers))).toEqual(expected);
  });
});

test("a port that no Service of the gateway has is its own", () => {
  const server = '{port: {number: 7777, name: http, protocol: HTTP}, hosts: ["*"]}';
  expect(listenersOf(classic([server]))).toEqual(["7777: http"]);
});

test("a TCP server without a route has no listener", () => {
  const server = '{port: {number: 31400, name: tcp, protocol: TCP}, hosts: ["*"]}';
  const routes = `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: g, namespace: istio-system}
spec: {selector: {istio: ingressgateway}, servers: [${server}]}`;
  expect(listenersOf(meshFrom(routes))).toEqual([]);
});

test("AUTO_PASSTHROUGH has a chain for each port of a Service, and no policies on it", () => {
  const server =
    '{port: {number: 15443, name: t, protocol: TLS}, hosts: ["*.local"], tls: {mode: AUTO_PASSTHROUGH}}';
  const [listener] = programOf(
    classic(
      [server],
      `
apiVersion: v1
kind: Service
metadata: {name: orders, namespace: shop}
spec: {ports: [{port: 80, name: http}, {port: 53, protocol: UDP, name: dns}]}
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: orders, namespace: shop}
spec: {host: orders, subsets: [{name: v1}]}
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: nothing, namespace: istio-system}
spec: {}`,
    ),
  ).listeners;
  expect(listener?.chains.map(({ match, filters }) => [match.serverNames, filters])).toEqual([
    [["outbound_.80_._.orders.shop.svc.cluster.local"], []],
    [["outbound_.80_.v1_.orders.shop.svc.cluster.local"], []],
  ]);
});

const broken = `
apiVersion: security.istio.io/v1
kind: RequestAuthentication
metadata: {name: r, namespace: istio-system}
spec: {jwtRules: [{issuer: i, jwks: '{"keys":[]}'}]}`;

test("a key set that Envoy refuses takes the HTTP listeners away, and leaves the others", () => {
  const tcp = '{port: {number: 31400, name: tcp, protocol: TCP}, hosts: ["*"]}';
  expect(listenersOf(classic([http, tcp], broken))).toEqual(["8080: refused http", "31400: tcp"]);
});

test("names to compare without an authority make Envoy refuse the listener", () => {
  const server = secure('["*"]', "mode: SIMPLE, credentialName: c, subjectAltNames: [x]");
  const [listener] = programOf(classic([server])).listeners;
  expect(listener?.refused?.at.path).toEqual(["spec", "servers", 0, "tls", "subjectAltNames"]);
});

test("a Gateway selects by labels, in any namespace; without a selector it is everybody's", () => {
  const of = (name: string, selector: string, port: number): string => `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: ${name}, namespace: elsewhere}
spec: {${selector}servers: [{port: {number: ${port}, name: h, protocol: HTTP}, hosts: ["*"]}]}
---`;
  const mesh = meshFrom(
    [
      of("a", "selector: {istio: ingressgateway}, ", 1001),
      of("b", "selector: {istio: other}, ", 1002),
      of("c", "", 1003),
    ].join("\n"),
  );
  expect(listenersOf(mesh)).toEqual(["1001: http", "1003: http"]);
  expect(listenersOf(mesh, { ...gateway, labels: { istio: "other" } })).toEqual([
    "1002: http",
    "1003: http",
  ]);
});
