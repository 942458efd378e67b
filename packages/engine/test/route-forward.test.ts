import { describe, expect, test } from "vitest";
import type { HttpRequest } from "../src/model/request.ts";
import { arrivalText, outward, routeMesh, virtualService, wayText } from "./route-world.ts";

function arrives(rule: string, request: Partial<HttpRequest> = {}): string {
  const route = rule.includes("route:") ? "" : ", route: [{destination: {host: shop}}]";
  const mesh = routeMesh(virtualService("a", `{hosts: [shop], http: [{${rule}${route}}]}`));
  return arrivalText(outward(mesh, { host: "shop.s", target: "/api/x?q=1", ...request }));
}

describe("a rewrite of the path", () => {
  const from = (path: string): string => `{x-envoy-original-path: ${path}}`;
  test.each<[string, string, string, string?]>([
    ["nothing", "name: a", "/api/x?q=1 of shop.s"],
    [
      "the prefix of the match",
      "match: [{uri: {prefix: /api}}], rewrite: {uri: /v2}",
      `/v2/x?q=1 of shop.s ${from("/api/x?q=1")}`,
    ],
    [
      "slashes are not tidied up",
      "match: [{uri: {prefix: /api}}], rewrite: {uri: /}",
      `//x?q=1 of shop.s ${from("/api/x?q=1")}`,
    ],
    [
      "without a match the first slash is the prefix",
      "rewrite: {uri: /v2}",
      `/v2api/x?q=1 of shop.s ${from("/api/x?q=1")}`,
    ],
    [
      "an empty prefix stands before the path",
      'match: [{uri: {prefix: ""}}], rewrite: {uri: /v2}',
      `/v2/api/x?q=1 of shop.s ${from("/api/x?q=1")}`,
    ],
    [
      "an exact match is the whole path",
      "match: [{uri: {exact: /api/x}}], rewrite: {uri: /new}",
      `/new?q=1 of shop.s ${from("/api/x?q=1")}`,
    ],
    [
      "so is an expression",
      'match: [{uri: {regex: "/a.*"}}], rewrite: {uri: /new}',
      `/new?q=1 of shop.s ${from("/api/x?q=1")}`,
    ],
    [
      "whatever the case",
      "match: [{uri: {prefix: /API}, ignoreUriCase: true}], rewrite: {uri: /v2}",
      `/v2/x?q=1 of shop.s ${from("/api/x?q=1")}`,
    ],
    [
      "each match of an expression",
      'rewrite: {uriRegexRewrite: {match: "/([a-z]+)", rewrite: "/_\\\\1"}}',
      `/_api/_x?q=1 of shop.s ${from("/api/x?q=1")}`,
    ],
    [
      "of which nothing is left changes nothing",
      'rewrite: {uriRegexRewrite: {match: "/api/x(.*)", rewrite: "\\\\1"}}',
      "/api/x?q=1 of shop.s",
    ],
    [
      "the host too",
      "match: [{uri: {prefix: /api/}}], rewrite: {uri: /, authority: internal}",
      "/x?q=1 of internal {x-envoy-original-host: shop.s, x-envoy-original-path: /api/x?q=1}",
    ],
  ])("%s", (_name, rule, arrival) => {
    expect(arrives(rule)).toBe(arrival);
  });
});

describe("changes of headers", () => {
  const change = (text: string): string => `headers: {request: {${text}}}`;
  test.each<[string, string, string, (readonly (readonly [string, string])[])?]>([
    ["set", change("set: {x-a: new}"), "{x-a: new}", [["x-a", "old"]]],
    ["add", change("add: {x-a: new}"), "{x-a: old, x-a: new}", [["x-a", "old"]]],
    [
      "remove comes first",
      change("remove: [x-a], add: {x-a: new}"),
      "{x-a: new}",
      [["x-a", "old"]],
    ],
    [
      "a value of the request as it came",
      `${change('set: {x-path: "%REQ(:PATH)%"}')}, rewrite: {uri: /new}`,
      "{x-path: /api/x?q=1, x-envoy-original-path: /api/x?q=1}",
    ],
    [
      "an alternative, a length, a percent sign",
      change('set: {x-a: "%REQ(X-None?X-B):3%", x-b: "100%%"}'),
      "{x-a: bbb, x-b: 100%}",
      [["x-b", "bbbbb"]],
    ],
    ["an empty value is none", change('set: {x-a: "%REQ(X-NONE)%"}'), "", [["x-b", "1"]]],
    [
      "those of a single destination come after the rule's",
      `${change("set: {x-a: rule}")}, route: [{destination: {host: shop}, ${change("set: {x-a: way}")}}]`,
      "{x-a: way}",
    ],
    [
      "those of one of several before the rule's",
      `${change("set: {x-a: rule}")}, route: [
        {destination: {host: shop}, weight: 1, ${change("set: {x-a: way, x-b: way}")}}, {destination: {host: other}, weight: 1}]`,
      "{x-b: way, x-a: rule}",
    ],
  ])("%s", (_name, rule, headers, sent = []) => {
    const kept = sent.filter(([name]) => name === "x-b" && headers === "");
    const said = kept.length > 0 ? "{x-b: 1}" : headers;
    const arrival = arrives(rule, { headers: sent });
    expect(arrival.replace(/^\S+ of shop\.s ?/, "")).toBe(said);
  });

  test.each<[string, string, string]>([
    [
      "a rewrite",
      `${change("set: {host: set}, add: {host: added}")}, rewrite: {authority: rewritten}`,
      "rewritten",
    ],
    ["what is set", change("set: {Host: set}, add: {host: added}"), "set"],
    ["what is added", change('add: {":authority": added}'), "added"],
    [
      "a single destination's",
      `route: [{destination: {host: shop}, ${change("set: {host: way}")}}]`,
      "way",
    ],
  ])("the host is written by %s", (_name, rule, host) => {
    expect(arrives(rule)).toContain(` of ${host} {x-envoy-original-host: shop.s}`);
  });

  test("one of several destinations writes its host without a trace", () => {
    const rule = `route: [{destination: {host: shop}, weight: 1, ${change("set: {host: way}")}}, {destination: {host: other}, weight: 1}]`;
    expect(arrives(rule)).toBe("/api/x?q=1 of way");
  });

  test("a value that nobody knows here leaves the headers open", () => {
    const rule = change('set: {x-a: "%START_TIME%"}');
    const mesh = routeMesh(
      virtualService(
        "a",
        `{hosts: [shop], http: [{${rule}, route: [{destination: {host: shop}}]}]}`,
      ),
    );
    const [way] = outward(mesh, { host: "shop.s", headers: [["x-a", "old"]] }).onward?.ways ?? [];
    expect(way?.request?.otherHeaders).toEqual(["x-a"]);
    expect(way?.request?.headers.map(([name]) => name)).not.toContain("x-a");
  });
});

describe("faults, mirrors, preflights", () => {
  const mesh = (rule: string): ReturnType<typeof routeMesh> =>
    routeMesh(
      virtualService(
        "a",
        `{hosts: [shop], http: [{${rule}, route: [{destination: {host: shop}}]}]}`,
      ),
    );
  const abort = (value: number, status = "httpStatus: 418"): string =>
    `fault: {abort: {percentage: {value: ${value}}, ${status}}}`;

  test("a fault of every request answers it", () => {
    const hop = outward(mesh(abort(100)), { host: "shop.s" });
    expect(hop.outcome).toMatchObject({ status: 418, details: "fault_filter_abort" });
  });

  test("a fault of some leaves both ways open", () => {
    const hop = outward(mesh(abort(5)), { host: "shop.s" });
    expect(wayText(hop)).toBe("shop.s.svc.cluster.local:80[0] - -> shop.s:80");
    expect(hop.onward?.fault).toEqual({ status: 418, percentage: 5 });
  });

  test("a fault that is a gRPC status", () => {
    const rule = mesh(abort(100, "grpcStatus: UNAVAILABLE"));
    expect(outward(rule, { host: "shop.s" }).outcome).toMatchObject({ status: 200 });
    const headers = [["content-type", "application/grpc"]] as const;
    expect(outward(rule, { host: "shop.s", headers }).outcome).toMatchObject({ grpcStatus: 14 });
  });

  test("a mirror gets a copy of what is sent on", () => {
    const rule =
      "rewrite: {uri: /new}, mirrors: [{destination: {host: other}, percentage: {value: 10}}]";
    const { onward } = outward(mesh(rule), { host: "shop.s", target: "/" });
    expect(onward?.copies).toMatchObject([
      { host: "other.s.svc.cluster.local", port: 80, weight: 10, request: { target: "/new" } },
    ]);
    expect(onward?.copies?.[0]?.request?.headers).toContainEqual(["x-forwarded-for", "10.2.0.1"]);
    expect(onward?.ways[0]?.request?.headers.map(([name]) => name)).not.toContain(
      "x-forwarded-for",
    );
  });

  test("the next one is told how long it has: for an attempt, else altogether", () => {
    const headers = (rule: string): readonly (readonly [string, string])[] =>
      outward(mesh(rule), { host: "shop.s" }).onward?.ways[0]?.request?.headers ?? [];
    const name = "x-envoy-expected-rq-timeout-ms";
    expect(headers("timeout: 1.5s")).toContainEqual([name, "1500"]);
    const attempts = (count: number): string =>
      `timeout: 1h, retries: {attempts: ${count}, perTryTimeout: 2s}`;
    expect(headers(attempts(2))).toContainEqual([name, "2000"]);
    expect(headers(attempts(0))).toContainEqual([name, "3600000"]);
    const grpc = [["content-type", "application/grpc"]] as const;
    const { onward } = outward(mesh("timeout: 1.5s"), { host: "shop.s", headers: grpc });
    expect(onward?.ways[0]?.request?.headers).toContainEqual(["grpc-timeout", "1500m"]);
    expect(headers("timeout: 0s").map(([each]) => each)).not.toContain(name);
  });

  test("the origin * stands for any", () => {
    const headers = [
      ["origin", "https://b.example"],
      ["access-control-request-method", "GET"],
    ] as const;
    const answer = (match: string): string | undefined =>
      outward(mesh(`corsPolicy: {allowOrigins: [{${match}}]}`), {
        host: "shop.s",
        method: "OPTIONS",
        headers,
      }).outcome.details;
    expect(answer('exact: "*"')).toBe("cors_response");
    expect(answer('prefix: "https://a"')).not.toBe("cors_response");
  });

  test("a preflight is answered as the policy says", () => {
    const rule =
      'corsPolicy: {allowOrigins: [{exact: "https://a.example"}], allowMethods: [GET, POST], allowHeaders: ["*"], allowCredentials: true, maxAge: 24h}';
    const headers = [
      ["origin", "https://a.example"],
      ["access-control-request-method", "GET"],
      ["access-control-request-headers", "x-b"],
    ] as const;
    const { outcome } = outward(mesh(rule), { host: "shop.s", method: "OPTIONS", headers });
    expect(outcome.responseHeaders).toEqual([
      ["access-control-allow-origin", "https://a.example"],
      ["access-control-allow-credentials", "true"],
      ["access-control-allow-methods", "GET,POST"],
      ["access-control-allow-headers", "x-b"],
      ["access-control-max-age", "86400"],
    ]);
  });

  test.each<[string, string, string, string, number | "forwarded"]>([
    ["an origin of the policy", "OPTIONS", "https://a.example", "", 200],
    ["another origin", "OPTIONS", "https://b.example", "", "forwarded"],
    ["another, answered", "OPTIONS", "https://b.example", ", unmatchedPreflights: IGNORE", 200],
    ["no preflight", "GET", "https://a.example", "", "forwarded"],
  ])("a preflight of %s", (_name, method, origin, more, answer) => {
    const rule = `corsPolicy: {allowOrigins: [{exact: "https://a.example"}]${more}}`;
    const headers = [
      ["origin", origin],
      ["access-control-request-method", "POST"],
    ] as const;
    const { outcome } = outward(mesh(rule), { host: "shop.s", method, headers });
    expect(outcome.kind === "reply" ? outcome.status : outcome.kind).toBe(answer);
  });
});
