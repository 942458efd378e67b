import { describe, expect, test } from "vitest";
import type { Proxy } from "../src/model/program.ts";
import { client, outward, routeMesh, virtualService, wayText } from "./route-world.ts";

const shop = "shop.s.svc.cluster.local:80[0] default -> shop.s:80";
const other = "other.s.svc.cluster.local:80[0] default -> other.s:80";
const anywhere = "allow_any[0] allow_any -> PassthroughCluster";

describe("the Host header picks the service, whatever the address", () => {
  const mesh = routeMesh("");
  const neighbour: Proxy = { ...client, namespace: "s" };
  test.each<[string, string, Proxy?]>([
    ["shop.s.svc.cluster.local", shop],
    ["shop.s.svc", shop],
    ["shop.s", shop],
    ["SHOP.S", shop],
    ["shop.s:8080", shop],
    ["shop.s.svc.cluster.local.", shop],
    ["10.1.0.1", shop],
    ["other.s", other],
    ["shop", anywhere],
    ["shop", shop, neighbour],
    ["shop.s.", anywhere],
    ["example.com", anywhere],
    ["pod-1.pods.s", "pods.s.svc.cluster.local:80[0] default -> pods.s:80"],
    ["pod-1.shop.s", anywhere],
  ])("%s: %s", (host, way, proxy) => {
    expect(wayText(outward(mesh, { host }, { port: 80 }, proxy))).toBe(way);
  });
});

test("a port whose protocol is detected leads to its own service, whatever the Host header says", () => {
  const listener = { port: 80, host: "sniffed.s.svc.cluster.local" };
  const hop = outward(routeMesh(""), { host: "other.s" }, listener);
  expect(wayText(hop)).toBe("sniffed.s.svc.cluster.local:80[0] default -> sniffed.s:80");
});

test("REGISTRY_ONLY answers 502 for what is not known", () => {
  const mesh = routeMesh("", { outboundTrafficPolicy: { mode: "REGISTRY_ONLY" } });
  expect(wayText(outward(mesh, { host: "example.com" }))).toBe("502");
  expect(wayText(outward(mesh, { host: "shop.s" }))).toBe(shop);
});

describe("of several VirtualServices for a host one serves it", () => {
  const to = (name: string): string =>
    `http: [{name: ${name}, route: [{destination: {host: other}}]}]`;
  const routed = (name: string): string => `shop.s.svc.cluster.local:80[0] ${name} -> other.s:80`;
  const old = ', creationTimestamp: "2020-01-01T00:00:00Z"';
  const young = ', creationTimestamp: "2024-01-01T00:00:00Z"';
  test.each<[string, readonly string[], string]>([
    [
      "the older",
      [
        virtualService("a", `{hosts: [shop], ${to("a")}}`, young),
        virtualService("b", `{hosts: [shop], ${to("b")}}`, old),
      ],
      routed("b"),
    ],
    [
      "of the same age the first by name",
      [
        virtualService("b", `{hosts: [shop], ${to("b")}}`, old),
        virtualService("a", `{hosts: [shop], ${to("a")}}`, old),
      ],
      routed("a"),
    ],
    [
      "one that is exported to the client's namespace before a public one",
      [
        virtualService("a", `{hosts: [shop], ${to("a")}}`, old),
        virtualService("b", `{hosts: [shop], exportTo: [c], ${to("b")}}`, young),
      ],
      routed("b"),
    ],
    [
      "not one that the client's namespace does not see",
      [virtualService("a", `{hosts: [shop], exportTo: ["."], ${to("a")}}`)],
      shop,
    ],
    [
      "the exact name before a wildcard",
      [
        virtualService("a", `{hosts: ["*.s.svc.cluster.local"], ${to("a")}}`, old),
        virtualService("b", `{hosts: [shop], ${to("b")}}`, young),
      ],
      routed("b"),
    ],
    [
      "the longer wildcard before the shorter",
      [
        virtualService("a", `{hosts: ["*.svc.cluster.local"], ${to("a")}}`, old),
        virtualService("b", `{hosts: ["*.s.svc.cluster.local"], ${to("b")}}`, young),
      ],
      routed("b"),
    ],
    [
      "one whose rules are all for others counts as absent",
      [
        virtualService(
          "a",
          "{hosts: [shop], http: [{match: [{sourceLabels: {team: b}}], route: [{destination: {host: other}}]}]}",
          old,
        ),
      ],
      shop,
    ],
    [
      "one for a gateway is none for the mesh",
      [virtualService("a", `{hosts: [shop], gateways: [istio-system/g], ${to("a")}}`)],
      shop,
    ],
    [
      "one for the mesh and a gateway",
      [virtualService("a", `{hosts: [shop], gateways: [mesh, istio-system/g], ${to("a")}}`)],
      routed("a"),
    ],
  ])("%s", (_name, objects, way) => {
    expect(wayText(outward(routeMesh(objects.join("---")), { host: "shop.s" }))).toBe(way);
  });
});

describe("rules of a VirtualService are tried in their order", () => {
  const rules = `{hosts: [shop, www.example.com], http: [
    {name: exact, match: [{uri: {exact: /a}, name: m}], route: [{destination: {host: other}}]},
    {name: port, match: [{port: 8080}], route: [{destination: {host: other}}]},
    {name: gateway, match: [{gateways: [istio-system/g]}], route: [{destination: {host: other}}]},
    {name: team, match: [{sourceLabels: {team: a}, headers: {x-team: {}}}], route: [{destination: {host: other}}]},
    {name: space, match: [{sourceNamespace: d}], route: [{destination: {host: other}}]},
    {name: moved, match: [{uri: {prefix: /old}}], redirect: {uri: /new}},
    {name: gone, match: [{uri: {prefix: /gone}}], directResponse: {status: 410}},
    {name: weights, match: [{uri: {prefix: /w}}], route: [
      {destination: {host: other}, weight: 60}, {destination: {host: shop, subset: v2, port: {number: 80}}, weight: 40},
      {destination: {host: shop}, weight: 0}]}]}`;
  const mesh = routeMesh(virtualService("rules", rules));
  const at = (index: number, name: string, ways: string): string =>
    `shop.s.svc.cluster.local:80[${index}] ${name} -> ${ways}`;
  test.each<[string, readonly (readonly [string, string])[], string]>([
    ["/a", [], at(0, "exact.m", "other.s:80")],
    ["/x", [["x-team", ""]], at(1, "team", "other.s:80")],
    ["/old/x", [], "301"],
    ["/gone", [], "410"],
    ["/w", [], at(4, "weights", "60 other.s:80, 40 shop.s:80/v2")],
    ["/x", [], "404"],
  ])("%s %s: %s", (target, headers, way) => {
    expect(wayText(outward(mesh, { host: "shop.s", target, headers }))).toBe(way);
  });

  test("a host that is no Service is routed on port 80 alone", () => {
    expect(wayText(outward(mesh, { host: "www.example.com", target: "/a" }))).toBe(
      "www.example.com:80[0] exact.m -> other.s:80",
    );
    expect(wayText(outward(mesh, { host: "www.example.com", target: "/a" }, { port: 81 }))).toBe(
      anywhere,
    );
  });

  test("without a port a destination of one port is meant by it, another by the listener's", () => {
    const spec =
      "{hosts: [shop], http: [{route: [{destination: {host: shop}, weight: 1}, {destination: {host: other}, weight: 1}]}]}";
    const hop = outward(routeMesh(virtualService("a", spec)), { host: "shop.s" }, { port: 8080 });
    expect(wayText(hop)).toBe(
      "shop.s.svc.cluster.local:8080[0] - -> 1 shop.s:8080, 1 other.s:8080",
    );
  });
});

describe("a Sidecar says what its workloads know", () => {
  const sidecar = (hosts: string, more = ""): string => `
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: {name: default, namespace: c}
spec: {egress: [{hosts: [${hosts}]}]${more}}
`;
  test.each<[string, string, string, string?]>([
    ["everything", '"*/*"', shop],
    ["its namespace", "s/*", shop],
    ["its host", "s/shop.s.svc.cluster.local", shop],
    ["another host", "s/other.s.svc.cluster.local", anywhere],
    ["only the own namespace", "./*", anywhere],
    ["all but one", '"*/*", "~s/shop.s.svc.cluster.local"', anywhere],
    ["nothing", '"~/*"', anywhere],
    ["nothing, and no way out", "./*", "502", ", outboundTrafficPolicy: {mode: REGISTRY_ONLY}"],
  ])("%s", (_name, hosts, way, more) => {
    expect(wayText(outward(routeMesh(sidecar(hosts, more)), { host: "shop.s" }))).toBe(way);
  });

  test("a VirtualService that is not let in does not route", () => {
    const spec = "{hosts: [www.example.com], http: [{route: [{destination: {host: shop}}]}]}";
    const objects = `${virtualService("a", spec)}---\n${sidecar("s/shop.s.svc.cluster.local")}`;
    expect(wayText(outward(routeMesh(objects), { host: "www.example.com" }))).toBe(anywhere);
  });

  test("one with a selector counts for the workloads it selects", () => {
    const objects = sidecar("./*").replace(
      "spec: {",
      "spec: {workloadSelector: {labels: {team: b}}, ",
    );
    expect(wayText(outward(routeMesh(objects), { host: "shop.s" }))).toBe(shop);
  });
});

describe("services that are not of Kubernetes", () => {
  const entry = (more: string): string => `
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: entry, namespace: s}
spec: {hosts: [api.example.com, "*.wild.example"], ports: [{number: 80, name: http, protocol: HTTP}], resolution: DNS${more}}
`;
  test.each<[string, string, string]>([
    ["api.example.com", "", "api.example.com:80[0] default -> api.example.com:80"],
    ["x.wild.example", "", "*.wild.example:80[0] default -> *.wild.example:80"],
    ["api.example.com", ', exportTo: ["."]', anywhere],
    ["api.example.com", ", exportTo: [c]", "api.example.com:80[0] default -> api.example.com:80"],
  ])("a ServiceEntry: %s %s", (host, more, way) => {
    expect(wayText(outward(routeMesh(entry(more)), { host }))).toBe(way);
  });

  test("a Service with an external name stands for the service of that host", () => {
    const alias = `
apiVersion: v1
kind: Service
metadata: {name: alias, namespace: s}
spec: {type: ExternalName, externalName: shop.s.svc.cluster.local, ports: [{name: http, port: 80}]}
`;
    expect(wayText(outward(routeMesh(alias), { host: "alias.s" }))).toBe(shop);
  });

  test("a Service that is not exported is not known", () => {
    const hidden = `
apiVersion: v1
kind: Service
metadata: {name: hidden, namespace: s, annotations: {networking.istio.io/exportTo: "."}}
spec: {clusterIP: 10.1.0.9, ports: [{name: http, port: 80}]}
`;
    expect(wayText(outward(routeMesh(hidden), { host: "hidden.s" }))).toBe(anywhere);
  });
});
