import { describe, expect, test } from "vitest";
import { serve } from "../src/journey/serve.ts";
import type { Mesh } from "../src/model/mesh.ts";
import type { Connection, HttpRequest } from "../src/model/request.ts";
import type { Hop } from "../src/model/verdict.ts";
import { gateway, meshFrom } from "./gateway-world.ts";
import { arrivalText, waysText, wayText } from "./route-world.ts";

function visit(mesh: Mesh, connection: Partial<Connection>, request?: Partial<HttpRequest>): Hop {
  const usual = { version: "1.1", method: "GET", target: "/", host: "a", headers: [] } as const;
  return serve(
    mesh,
    gateway,
    { transport: "plaintext", sourceIp: "10.1.2.3", destinationPort: 8080, ...connection },
    request === undefined ? undefined : { ...usual, ...request },
    {
      now: 0,
      ask: ({ id }) => {
        throw new TypeError(`asked: ${id}`);
      },
    },
  );
}

const servers = `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: g, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - {port: {number: 80, name: http, protocol: HTTP}, hosts: ["*"]}
  - {port: {number: 443, name: tls, protocol: TLS}, hosts: [pass.example.com], tls: {mode: PASSTHROUGH}}
  - {port: {number: 443, name: auto, protocol: TLS}, hosts: ["*.local"], tls: {mode: AUTO_PASSTHROUGH}}
  - {port: {number: 31400, name: tcp, protocol: TCP}, hosts: ["*"]}
---
apiVersion: v1
kind: Service
metadata: {name: shop, namespace: shop}
spec: {clusterIP: 10.1.0.1, ports: [{name: http, port: 8000}]}
---
`;

function bound(name: string, spec: string): string {
  return `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: ${name}, namespace: shop}
spec: ${spec}
---
`;
}

describe("HTTP goes on by the routes of the gateway", () => {
  const mesh = meshFrom(
    servers +
      bound(
        "many",
        `{hosts: [www.example.com, shop.example.com], gateways: [istio-system/g], http: [
          {name: api, match: [{uri: {prefix: /api/}}], rewrite: {uri: /}, route: [{destination: {host: shop}}]},
          {name: split, match: [{uri: {prefix: /split}}], route: [{destination: {host: shop, subset: a}, weight: 1}, {destination: {host: far.example.com}, weight: 2}]},
          {name: moved, match: [{uri: {prefix: /moved}}], redirect: {uri: /new}}]}`,
      ) +
      bound(
        "some",
        `{hosts: [shop.example.com], gateways: [istio-system/g], http: [{name: some, route: [{destination: {host: shop, port: {number: 1}}}]}]}`,
      ),
  );
  test.each<[string, Partial<HttpRequest>, string]>([
    [
      "the only port of the Service",
      { host: "www.example.com", target: "/api/x" },
      "www.example.com:80[0] api -> shop.shop:8000",
    ],
    [
      "by weight, without a Service to the port of the server",
      { host: "www.example.com", target: "/split" },
      "www.example.com:80[1] split -> 1 shop.shop:8000/a, 2 far.example.com:80",
    ],
    [
      "by the routes of several objects",
      { host: "shop.example.com", target: "/" },
      "shop.example.com:80[3] some -> shop.shop:1",
    ],
    ["not at all", { host: "www.example.com", target: "/" }, "404"],
    ["not at all", { host: "www.example.com", target: "/moved" }, "301"],
  ])("%s", (_name, request, way) => {
    expect(wayText(visit(mesh, {}, request))).toBe(way);
  });

  test("what goes on has what the gateway adds, and the route", () => {
    const hop = visit(mesh, {}, { host: "www.example.com", target: "/api/x" });
    expect(arrivalText(hop)).toBe(
      "/x of www.example.com {x-forwarded-for: 10.1.2.3, x-envoy-external-address: 10.1.2.3, x-envoy-original-path: /api/x}",
    );
    expect(hop.onward?.rule).toEqual({ kind: "VirtualService", namespace: "shop", name: "many" });
    expect(hop.outcome.received?.path).toBe("/x");
  });

  test("the route of an answer is known, too", () => {
    const hop = visit(mesh, {}, { host: "www.example.com", target: "/moved" });
    expect(hop.onward).toMatchObject({ name: "moved", ways: [] });
  });
});

test("hosts with the very same routes are one virtual host, named after the longest", () => {
  const spec =
    "{hosts: [a.example.com, longer.example.com], gateways: [istio-system/g], http: [{route: [{destination: {host: shop}}]}]}";
  const mesh = meshFrom(servers + bound("a", spec));
  expect(wayText(visit(mesh, {}, { host: "a.example.com" }))).toBe(
    "longer.example.com:80[0] - -> shop.shop:8000",
  );
});

test("TLS of another network is handed on as it came, to services of the mesh that ServiceEntries name as well", () => {
  const entry = (name: string, location: string): string => `
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: ${name}, namespace: shop}
spec: {hosts: [${name}.local], ${location}ports: [{number: 9000, name: tcp, protocol: TCP}], resolution: STATIC}
---
`;
  const mesh = meshFrom(servers + entry("inside", "location: MESH_INTERNAL, ") + entry("far", ""));
  const to = (host: string): Hop =>
    visit(mesh, {
      destinationPort: 8443,
      transport: "tls",
      sni: `outbound_.9000_._.${host}`,
      alpn: ["istio"],
    });
  expect(to("inside.local").onward?.ways).toEqual([
    { host: "inside.local", port: 9000, weight: 1, passed: true },
  ]);
  expect(to("far.local").outcome.kind).toBe("no-chain");
});

describe("bytes go on by the routes of the gateway", () => {
  const mesh = meshFrom(
    servers +
      bound(
        "bytes",
        `{hosts: [pass.example.com], gateways: [istio-system/g],
          tcp: [{match: [{port: 1}], route: [{destination: {host: other}}]}, {route: [{destination: {host: shop}}]}],
          tls: [{match: [{sniHosts: [pass.example.com]}], route: [{destination: {host: shop, port: {number: 443}}}]}]}`,
      ),
  );
  test.each<[string, Partial<Connection>, string]>([
    ["in the clear", { destinationPort: 31400 }, "shop.shop:8000"],
    [
      "TLS that is passed through",
      { destinationPort: 8443, transport: "tls", sni: "pass.example.com" },
      "shop.shop:443",
    ],
    [
      "TLS between meshes, by the name of a cluster",
      {
        destinationPort: 8443,
        transport: "tls",
        sni: "outbound_.8000_._.shop.shop.svc.cluster.local",
        alpn: ["istio"],
      },
      "shop.shop:8000",
    ],
  ])("%s", (_name, connection, ways) => {
    const hop = visit(mesh, connection);
    expect(hop.outcome.kind).toBe("forwarded");
    expect(waysText(hop.onward?.ways ?? [])).toBe(ways);
  });
});
