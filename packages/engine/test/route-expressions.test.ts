import { describe, expect, test } from "vitest";
import { routeRequest } from "../src/envoy/route.ts";
import { outboundListener } from "../src/journey/outbound-listener.ts";
import type { Mesh } from "../src/model/mesh.ts";
import type { Proxy } from "../src/model/program.ts";
import { gateway, listenersOf, meshFrom, programOf } from "./gateway-world.ts";

const rule = (fields: string): string =>
  `{${fields}, route: [{destination: {host: shop.shop.svc.cluster.local, port: {number: 80}}}]}`;

const virtualService = (http: string, more = 'hosts: ["*"], gateways: [g]'): string => `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: v, namespace: istio-system}
spec: {${more}, http: [${http}]}
---
`;

const server = `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: g, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: ["*"]}]
---
`;

const shop = `
apiVersion: v1
kind: Service
metadata: {name: shop, namespace: shop}
spec: {clusterIP: 10.0.0.1, ports: [{name: http, port: 80}]}
---
`;

const classic = (http: string, istio: string): Mesh =>
  meshFrom(`${server}${virtualService(rule(http))}`, { istio });

describe("an expression of a route that the proxy does not compile", () => {
  test.each([
    ["a header", String.raw`match: [{headers: {a: {regex: '\x{100}'}}}]`],
    ["the absence of a header", String.raw`match: [{withoutHeaders: {a: {regex: '\x{100}'}}}]`],
    ["a claim", String.raw`match: [{headers: {"@request.auth.claims.a": {regex: '\x{100}'}}}]`],
    ["a method", String.raw`match: [{method: {regex: '\777'}}]`],
    ["a path", String.raw`match: [{uri: {regex: '[a-\x{100}]'}}]`],
    ["a parameter", String.raw`match: [{queryParams: {q: {regex: '\x{100}'}}}]`],
    ["a rewrite", String.raw`rewrite: {uriRegexRewrite: {match: '\400', rewrite: x}}`],
    ["an origin", String.raw`corsPolicy: {allowOrigins: [{regex: '\x{100}'}]}`],
  ])("of %s ends the listener where bytes are read, and before is fine", (_, http) => {
    expect(listenersOf(classic(http, "1.30"))).toEqual(["8080: http"]);
    expect(listenersOf(classic(http, "1.31"))).toEqual(["8080: refused http"]);
  });

  test("is one by a name that istiod's webhook knows and Envoy does not", () => {
    const http = String.raw`match: [{uri: {regex: '/\p{Letter}+'}}]`;
    const [listener] = programOf(classic(http, "1.30")).listeners;
    expect(listener?.refused?.cause).toContain(
      String.raw`invalid character class range: \p{Letter}`,
    );
  });

  test("says which route it is of, and why", () => {
    const [listener] = programOf(
      classic(String.raw`match: [{uri: {regex: '\777'}}]`, "1.31"),
    ).listeners;
    expect(listener?.refused).toEqual({
      effect: "update-refused",
      cause: "Envoy does not take a regular expression of a route: invalid escape sequence: \\777",
      at: {
        resource: { kind: "VirtualService", namespace: "istio-system", name: "v" },
        path: ["spec", "http", 0],
      },
    });
  });

  test("is taken up to the last byte", () => {
    const text = String.raw`match: [{uri: {regex: '\xff\377\x{00ff}'}}]`;
    expect(listenersOf(classic(text, "1.31"))).toEqual(["8080: http"]);
  });

  test("may stand in an HTTPRoute, which no webhook looks at", () => {
    const text = `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: gw, namespace: s}
spec: {gatewayClassName: istio, listeners: [{name: http, port: 80, protocol: HTTP}]}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: r, namespace: s}
spec: {parentRefs: [{name: gw}], rules: [{matches: [{path: {type: RegularExpression, value: '/(a'}}]}]}
---
`;
    const proxy: Proxy = {
      ...gateway,
      ...{ namespace: "s", name: "gw-istio", serviceAccount: "gw-istio" },
      labels: { "gateway.networking.k8s.io/gateway-name": "gw" },
    };
    expect(listenersOf(meshFrom(text), proxy)).toEqual(["80: refused http"]);
  });

  test("ends what a caller's own sidecar sends, too", () => {
    const text = `${shop}${virtualService(rule(String.raw`match: [{uri: {regex: '\777'}}]`), "hosts: [shop.shop.svc.cluster.local]")}`;
    const mesh = meshFrom(text);
    const proxy: Proxy = { ...gateway, kind: "sidecar", namespace: "shop", labels: {} };
    const to = { port: 80, address: "10.0.0.1" };
    expect(outboundListener(mesh, proxy, to).refused).toMatchObject({ effect: "update-refused" });
  });
});

test.each([
  [".", true, false],
  ["..", false, true],
  ["é", true, true],
  ["[é]", true, false],
])("a claim é matches %s: %s, by bytes %s", (regex, before, since) => {
  const http = `match: [{headers: {"@request.auth.claims.a": {regex: '${regex}'}}}]`;
  const takes = (istio: string): boolean => {
    const [chain] = programOf(classic(http, istio)).listeners[0]?.chains ?? [];
    const request = {
      version: "1.1",
      method: "GET",
      path: "/",
      headers: [],
      scheme: "http",
    } as const;
    const routed = routeRequest(
      chain?.routes ?? [],
      request as never,
      ({ kind }) => (kind === "claim" ? ["é"] : kind === "host" ? ["a"] : ["/"]),
      chain?.http?.latin1 ? "latin1" : "bytes",
    );
    return routed.kind === "forward";
  };
  expect([takes("1.30"), takes("1.31")]).toEqual([before, since]);
});
