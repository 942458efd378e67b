import { describe, expect, test } from "vitest";
import { outboundBytes } from "../src/istiod/route/outbound-tcp.ts";
import { waypointRoutes, waypointTcpRoutes } from "../src/istiod/route/waypoint.ts";
import type { Proxy } from "../src/model/program.ts";
import type { HttpRequest } from "../src/model/request.ts";
import {
  apiRoute,
  client,
  parent,
  routeMesh,
  through,
  virtualService,
  waysText,
  wayText,
} from "./route-world.ts";

describe("bytes", () => {
  const db = { port: 5432, service: "db.s.svc.cluster.local" };
  const tls = { port: 443, service: "db.s.svc.cluster.local" };
  const rules = (text: string): string => virtualService("a", `{hosts: [db], ${text}}`);
  const to = (host: string): string => `route: [{destination: {host: ${host}, port: {number: 1}}}]`;
  test.each<[string, string, typeof db, string | undefined, string]>([
    ["without a rule go to the service", "", db, undefined, "db.s:5432"],
    ["by the first rule", rules(`tcp: [{${to("a")}}, {${to("b")}}]`), db, undefined, "a.s:1"],
    [
      "that is for this proxy",
      rules(
        `tcp: [{match: [{sourceLabels: {team: b}}], ${to("a")}}, {match: [{port: 5432}], ${to("b")}}]`,
      ),
      db,
      undefined,
      "b.s:1",
    ],
    [
      "and if none is, to the service",
      rules(`tcp: [{match: [{port: 1}], ${to("a")}}]`),
      db,
      undefined,
      "db.s:5432",
    ],
    [
      "by weight",
      rules(
        "tcp: [{route: [{destination: {host: a, port: {number: 1}}, weight: 3}, {destination: {host: db}, weight: 7}]}]",
      ),
      db,
      undefined,
      "3 a.s:1, 7 db.s:5432",
    ],
    ["of TLS without a rule go to the service", "", tls, "x", "db.s:443"],
    [
      "of TLS go by the server name",
      rules(
        `tls: [{match: [{sniHosts: ["*.example.com"]}], ${to("a")}}, {match: [{sniHosts: [b.example.com]}], ${to("b")}}]`,
      ),
      tls,
      "b.example.com",
      "b.s:1",
    ],
    [
      "of TLS that no rule names go where unknown traffic goes",
      rules(`tls: [{match: [{sniHosts: [a.example.com]}], ${to("a")}}]`),
      tls,
      "b.example.com",
      "PassthroughCluster",
    ],
    [
      "of a TCPRoute",
      apiRoute(
        "TCPRoute",
        `{parentRefs: [${parent.replace("shop", "db")}], rules: [{backendRefs: [{name: other, port: 80}]}]}`,
      ),
      db,
      undefined,
      "other.s:80",
    ],
    [
      "of a TLSRoute",
      apiRoute(
        "TLSRoute",
        `{parentRefs: [${parent.replace("shop", "db")}], rules: [{backendRefs: [{name: other, port: 80}]}]}`,
      ),
      tls,
      "db.s.svc.cluster.local",
      "other.s:80",
    ],
  ])("%s", (_name, objects, listener, sni, ways) => {
    const mesh = routeMesh(objects);
    expect(waysText(outboundBytes(mesh, client, listener, sni).to)).toBe(ways);
  });

  test.each<[string, string]>([
    ["ALLOW_ANY", "PassthroughCluster"],
    ["REGISTRY_ONLY", "BlackHoleCluster"],
  ])("of a service that is not known, with %s", (mode, ways) => {
    const mesh = routeMesh("", { outboundTrafficPolicy: { mode } });
    const listener = { port: 5432, service: "none.s.svc.cluster.local" };
    expect(waysText(outboundBytes(mesh, client, listener).to)).toBe(ways);
  });

  test.each<[string, Readonly<Record<string, string>>, string, string]>([
    ["1.31", {}, "other.s:80", "other.s:80"],
    ["1.30", {}, "other.s:80", "db.s:5432"],
    ["1.29", {}, "db.s:443", "db.s:5432"],
    ["1.29", { PILOT_ENABLE_ALPHA_GATEWAY_API: "true" }, "other.s:80", "other.s:80"],
  ])("by routes of the Gateway API under %s %j", (istio, features, byTls, byTcp) => {
    const ref = parent.replace("shop", "db");
    const route = (kind: string): string =>
      apiRoute(kind, `{parentRefs: [${ref}], rules: [{backendRefs: [{name: other, port: 80}]}]}`);
    const mesh = routeMesh(route("TLSRoute") + route("TCPRoute"), {}, { istio, features });
    const sni = "db.s.svc.cluster.local";
    expect(waysText(outboundBytes(mesh, client, tls, sni).to)).toBe(byTls);
    expect(waysText(outboundBytes(mesh, client, db).to)).toBe(byTcp);
  });
});

describe("a waypoint", () => {
  const waypoint: Proxy = {
    ...client,
    kind: "waypoint",
    namespace: "s",
    name: "waypoint",
    labels: {},
  };
  const port = { host: "shop.s.svc.cluster.local", namespace: "s", port: 80 };
  const taken = (objects: string, request: Partial<HttpRequest> = {}): string => {
    const mesh = routeMesh(objects);
    const hop = through(
      waypointRoutes(mesh, waypoint, port),
      { host: "anything", ...request },
      { mesh, proxy: waypoint },
    );
    return wayText(hop);
  };
  const to = "route: [{destination: {host: other}}]";
  test.each<[string, string, string]>([
    ["leads to the Service without any route", "", "inbound|http|80[0] default -> shop.s:80"],
    [
      "takes a VirtualService of the Service's namespace",
      virtualService("a", `{hosts: [shop], http: [{name: a, ${to}}]}`),
      "inbound|http|80[0] a -> other.s:80",
    ],
    [
      "not one of the caller's",
      virtualService(
        "a",
        "{hosts: [shop.s.svc.cluster.local], http: [{name: a, route: [{destination: {host: other.s.svc.cluster.local}}]}]}",
      ).replace("namespace: s", "namespace: c"),
      "inbound|http|80[0] default -> shop.s:80",
    ],
    [
      "drops matches by the caller's labels",
      virtualService(
        "a",
        `{hosts: [shop], http: [{match: [{sourceLabels: {team: a}}], ${to}}, {name: b, ${to}}]}`,
      ),
      "inbound|http|80[0] b -> other.s:80",
    ],
    [
      "tries several objects one after the other",
      [
        virtualService(
          "a",
          `{hosts: [shop], http: [{name: a, match: [{uri: {prefix: /a}}], ${to}}]}`,
        ),
        virtualService("b", `{hosts: [shop], http: [{name: b, ${to}}]}`),
      ].join("---"),
      "inbound|http|80[1] b -> other.s:80",
    ],
    [
      "takes an HTTPRoute",
      apiRoute(
        "HTTPRoute",
        `{parentRefs: [${parent}], rules: [{backendRefs: [{name: other, port: 80}]}]}`,
      ),
      "inbound|http|80[0] s.r.0 -> other.s:80",
    ],
  ])("%s", (_name, objects, way) => {
    expect(taken(objects)).toBe(way);
  });

  test.each<[string, string, string]>([
    ["bytes without a rule", "", "shop.s:80"],
    ["bytes by a rule", virtualService("a", `{hosts: [shop], tcp: [{${to}}]}`), "other.s:80"],
    [
      "bytes by a rule for TLS of the Service's name first",
      virtualService(
        "a",
        `{hosts: [shop], tcp: [{route: [{destination: {host: db}}]}], tls: [{match: [{sniHosts: [shop.s.svc.cluster.local]}], ${to}}]}`,
      ),
      "other.s:80",
    ],
  ])("%s", (_name, objects, ways) => {
    expect(waysText(waypointTcpRoutes(routeMesh(objects), waypoint, port))).toBe(ways);
  });
});
