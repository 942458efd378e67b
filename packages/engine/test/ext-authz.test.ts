import { expect, test } from "vitest";
import { type Answer, externalAuthorize, seenByProvider } from "../src/envoy/ext-authz.ts";
import { replyToBroken } from "../src/envoy/header-changes.ts";
import type { ProxyRequest } from "../src/envoy/proxy-request.ts";
import type { Facts } from "../src/model/fact.ts";
import type { ExtAuthzFilter } from "../src/model/program.ts";
import type { Text } from "../src/model/rule.ts";

const exact = (text: string): Text => ({ kind: "exact", text, fold: true });
const http: ExtAuthzFilter = {
  kind: "ext-authz",
  provider: "oauth2-proxy",
  protocol: "http",
  peer: "certificate",
  rules: [],
  failOpen: false,
  statusOnError: 403,
  seesHeaders: [exact("Cookie"), { kind: "prefix", text: "x-auth", fold: true }],
};
const grpc: ExtAuthzFilter = { ...http, protocol: "grpc", seesHeaders: [] };
const request: ProxyRequest = {
  version: "1.1",
  method: "GET",
  path: "/a",
  authority: "app",
  scheme: "http",
  headers: [
    ["cookie", "s=1"],
    ["x-auth-a", "1"],
    ["x-auth-a", "2"],
    ["authorization", "Basic x"],
    ["x-other", "o"],
  ],
};
const facts = (answer: string): Facts => ({ now: 0, ask: () => answer });
const silent: Facts = {
  now: 0,
  ask: () => {
    throw new Error("asked");
  },
};

test("an HTTP provider sees what it asked for, a gRPC provider everything", () => {
  expect(seenByProvider(http, request)).toEqual({
    method: "GET",
    path: "/a",
    authority: "app",
    headers: [
      ["cookie", "s=1"],
      ["x-auth-a", "1,2"],
      ["authorization", "Basic x"],
    ],
  });
  expect(seenByProvider(grpc, request).headers).toHaveLength(4);
  expect(seenByProvider(grpc, undefined)).toEqual({ headers: [] });
});

test.each<[string, string]>([
  ["allow", "continue"],
  ["deny", "403 ext_authz_denied"],
  ["error", "403 ext_authz_error"],
])("the fact %s comes to %s", (answer, outcome) => {
  expect(outcomeOf(http, facts(answer))).toBe(outcome);
});

test.each<[ExtAuthzFilter, Answer, string]>([
  [http, "allow", "continue"],
  [http, (seen) => (seen.path === "/a" ? "allow" : "deny"), "continue"],
  [http, { deny: { status: 302, headers: { Location: "/login" } } }, "302 ext_authz_denied"],
  [http, { deny: { status: 204 } }, "204 ext_authz_denied"],
  [http, { deny: { status: 200 } }, "continue"],
  [http, { deny: { status: 503 } }, "403 ext_authz_error"],
  [grpc, { deny: { status: 503 } }, "503 ext_authz_denied"],
  [grpc, { deny: {} }, "403 ext_authz_denied"],
  [{ ...http, statusOnError: 401 }, "error", "401 ext_authz_error"],
  [{ ...http, failOpen: true }, "error", "continue"],
  [{ ...http, failOpen: true }, { deny: { status: 500 } }, "continue"],
  [{ ...http, failOpen: true }, "deny", "403 ext_authz_denied"],
])("provider %# (an answer that is stated is not asked for)", (filter, answer, outcome) => {
  expect(outcomeOf(filter, silent, answer)).toBe(outcome);
});

test("a body that must be sent whole and does not fit is refused, even if failures are let through", () => {
  const filter = { ...http, failOpen: true, maxBody: 3 };
  expect(externalAuthorize(filter, { ...request, body: "1234" }, silent)).toMatchObject({
    reply: { status: 413, details: "request_payload_too_large" },
  });
  expect(externalAuthorize(filter, { ...request, body: "123" }, facts("allow")).kind).toBe(
    "continue",
  );
});

test("what a provider allows may change headers: set, append, remove", () => {
  const allow = {
    set: { "X-User": "alice", "x-auth-a": "3" },
    append: { "X-Other": "p", "x-none": "q" },
    remove: ["Cookie", "host", ":path"],
  };
  const result = externalAuthorize(grpc, request, silent, { allow });
  expect(result.kind === "continue" && result.request).toEqual({
    ...request,
    headers: [
      ["authorization", "Basic x"],
      ["x-other", "o,p"],
      ["x-user", "alice"],
      ["x-auth-a", "3"],
    ],
  });
});

test("an HTTP provider sets only what the mesh config lets through to the workload", () => {
  const filter = { ...http, upstreamHeaders: [exact("x-user")] };
  const result = externalAuthorize(filter, request, silent, {
    allow: { set: { "x-user": "a", "x-b": "b" } },
  });
  const headers = result.kind === "continue" ? result.request.headers : [];
  expect(headers.at(-1)).toEqual(["x-user", "a"]);
});

test("of a denial the client sees the headers that the mesh config lets through, and a few always", () => {
  const filter = { ...http, clientHeaders: [exact("x-why")] };
  const headers = { "x-why": "no", "x-b": "b", location: "/login" };
  expect(
    externalAuthorize(filter, request, silent, { deny: { headers, body: "no" } }),
  ).toMatchObject({
    reply: {
      status: 403,
      body: "no",
      headers: [
        ["x-why", "no"],
        ["location", "/login"],
      ],
    },
  });
});

test("bytes are let through or closed", () => {
  expect(externalAuthorize(grpc, undefined, facts("allow")).kind).toBe("continue");
  expect(externalAuthorize(grpc, undefined, facts("deny")).kind).toBe("reply");
});

test.each<[Partial<ProxyRequest>, string | undefined]>([
  [{}, undefined],
  [{ method: "" }, "missing required header: :method"],
  [{ headers: [["x-a", "b\n"]] }, "invalid header value for: x-a"],
  [{ headers: [["x-a", "b\x01"]] }, "invalid header value for: x-a"],
  [{ headers: [["x-a", "b\t\xe9"]] }, undefined],
  [{ headers: [["x a", "b"]] }, "invalid header name: x a"],
  [{ headers: [[":x", "b"]] }, undefined],
  [{ authority: "a\x7f:80" }, "invalid header value for: :authority"],
])("a request that filters have broken is not forwarded: %j", (part, body) => {
  expect(replyToBroken({ ...request, ...part })?.body).toBe(body);
});

function outcomeOf(filter: ExtAuthzFilter, given: Facts, answer?: Answer): string {
  const result = externalAuthorize(filter, request, given, answer);
  return result.kind === "continue" ? "continue" : `${result.reply.status} ${result.reply.details}`;
}
