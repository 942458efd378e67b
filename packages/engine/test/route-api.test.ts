import { describe, expect, test } from "vitest";
import type { Proxy } from "../src/model/program.ts";
import type { HttpRequest } from "../src/model/request.ts";
import {
  apiRoute,
  arrivalText,
  client,
  outward,
  parent,
  routeMesh,
  wayText,
} from "./route-world.ts";

describe("a route of the Gateway API that is bound to a Service", () => {
  const backend = "backendRefs: [{name: other, port: 80}]";
  const http = (rule: string, ref = parent): string =>
    apiRoute("HTTPRoute", `{parentRefs: [${ref}], rules: [${rule}]}`);
  test.each<[string, string, string, string]>([
    [
      "takes over",
      http(`{${backend}}`),
      "/a",
      "shop.s.svc.cluster.local:80[0] s.r.0 -> other.s:80",
    ],
    [
      "answers 404 to what no rule matches",
      http(`{matches: [{path: {value: /b}}], ${backend}}`),
      "/a",
      "404",
    ],
    [
      "a prefix ends where a segment ends",
      http(`{matches: [{path: {value: /a}}], ${backend}}`),
      "/ab",
      "404",
    ],
    ["nowhere to go", http("{}"), "/a", "500"],
    [
      "on one port alone",
      http(`{${backend}}`, parent.replace("}", ", port: 8080}")),
      "/a",
      "shop.s.svc.cluster.local:80[0] default -> shop.s:80",
    ],
    [
      "the more specific path first",
      http(
        `{name: short, ${backend}}, {name: exact, matches: [{path: {type: Exact, value: /a}}], ${backend}}`,
      ),
      "/a",
      "shop.s.svc.cluster.local:80[0] exact -> other.s:80",
    ],
    [
      "weights",
      http(
        "{backendRefs: [{name: other, port: 80, weight: 9}, {name: shop, port: 80}, {name: db, port: 5432, weight: 0}]}",
      ),
      "/a",
      "shop.s.svc.cluster.local:80[0] s.r.0 -> 9 other.s:80, 1 shop.s:80",
    ],
    [
      "to a backend that is not there",
      http("{backendRefs: [{name: none, port: 80}]}"),
      "/a",
      "500",
    ],
  ])("%s", (_name, object, target, way) => {
    expect(wayText(outward(routeMesh(object), { host: "shop.s", target }))).toBe(way);
  });

  test("one in the client's namespace comes first there, and is for nobody else", () => {
    const own = apiRoute(
      "HTTPRoute",
      `{parentRefs: [${parent}], rules: [{name: own, backendRefs: [{name: other, namespace: s, port: 80}]}]}`,
      "c",
    );
    const made = (route: string, year: number): string =>
      route.replace("name: r,", `name: r, creationTimestamp: "${year}-01-01T00:00:00Z",`);
    const mesh = routeMesh(made(http(`{name: producer, ${backend}}`), 2020) + made(own, 2024));
    const way = (name: string): string => `shop.s.svc.cluster.local:80[0] ${name} -> other.s:80`;
    expect(wayText(outward(mesh, { host: "shop.s" }))).toBe(way("own"));
    const stranger: Proxy = { ...client, namespace: "d" };
    expect(wayText(outward(mesh, { host: "shop.s" }, { port: 80 }, stranger))).toBe(
      way("producer"),
    );
  });

  test.each<[string, string, Partial<HttpRequest>, string]>([
    [
      "a prefix",
      "matches: [{path: {value: /api}}], filters: [{type: URLRewrite, urlRewrite: {path: {type: ReplacePrefixMatch, replacePrefixMatch: /v2/}}}]",
      { target: "/api/x" },
      "/v2/x of shop.s {x-envoy-original-path: /api/x}",
    ],
    [
      "a prefix by nothing, with a slash left",
      "matches: [{path: {value: /api}}], filters: [{type: URLRewrite, urlRewrite: {path: {type: ReplacePrefixMatch, replacePrefixMatch: /}}}]",
      { target: "/api?q" },
      "/?q of shop.s {x-envoy-original-path: /api?q}",
    ],
    [
      "everything, and the host",
      "filters: [{type: URLRewrite, urlRewrite: {hostname: in.test, path: {type: ReplaceFullPath, replaceFullPath: /new}}}]",
      { target: "/a/b?q" },
      "/new?q of in.test {x-envoy-original-host: shop.s, x-envoy-original-path: /a/b?q}",
    ],
    [
      "headers",
      "filters: [{type: RequestHeaderModifier, requestHeaderModifier: {set: [{name: X-A, value: b}, {name: x-a, value: c}], remove: [x-b]}}]",
      { target: "/", headers: [["x-b", "1"]] },
      "/ of shop.s {x-a: b}",
    ],
  ])("rewrites %s", (_name, filters, request, arrival) => {
    const mesh = routeMesh(http(`{${filters}, ${backend}}`));
    expect(arrivalText(outward(mesh, { host: "shop.s", ...request }))).toBe(arrival);
  });

  test("a filter that Istio does not know spoils the route", () => {
    const object = http(`{filters: [{type: ExtensionRef}], ${backend}}`);
    expect(wayText(outward(routeMesh(object), { host: "shop.s" }))).toBe(
      "shop.s.svc.cluster.local:80[0] default -> shop.s:80",
    );
  });

  test("a GRPCRoute matches by service and method", () => {
    const object = apiRoute(
      "GRPCRoute",
      `{parentRefs: [${parent}], rules: [{matches: [{method: {service: a.B, method: C}}], ${backend}}]}`,
    );
    const target = "/a.B/C";
    expect(wayText(outward(routeMesh(object), { host: "shop.s", target }))).toContain("other.s:80");
    expect(wayText(outward(routeMesh(object), { host: "shop.s", target: "/a.B/D" }))).toBe("404");
  });
});
