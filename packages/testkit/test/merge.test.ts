import { expect, test } from "vitest";
import { mergeRequests } from "../src/merge.ts";
import { withPart } from "../src/part.ts";
import type { RequestPart } from "../src/suite.ts";

const cases: readonly (readonly [string, RequestPart, RequestPart, RequestPart])[] = [
  [
    "a short http is split before",
    { to: "a:80", http: "GET /x" },
    { http: { method: "POST" } },
    { to: "a:80", http: { method: "POST", path: "/x" } },
  ],
  [
    "a path alone keeps the method",
    { http: "GET /x" },
    { http: "/y" },
    { http: { method: "GET", path: "/y" } },
  ],
  [
    "header names are equal whatever their case",
    { http: { headers: { "X-User": "a", accept: "b" } } },
    { http: { headers: { "x-user": "c" } } },
    { http: { headers: { accept: "b", "x-user": "c" } } },
  ],
  [
    "a gRPC method replaces method and path",
    { http: "GET h.example/x" },
    { grpc: "a.B/C" },
    { grpc: "a.B/C", http: { host: "h.example" } },
  ],
  [
    "a path replaces a gRPC method",
    { grpc: "a.B/C" },
    { http: "GET /x" },
    { http: { method: "GET", path: "/x" } },
  ],
  [
    "exact bytes stand for the words below them, but a token stays",
    { to: "a:80", http: "GET /x", grpc: "a.B/C", token: "alice" },
    { raw: { version: "1.1", headers: [] } },
    { to: "a:80", token: "alice", raw: { version: "1.1", headers: [] } },
  ],
  [
    "words stand for the exact bytes below them",
    { raw: { version: "1.1", headers: [] } },
    { http: "GET /x" },
    { http: { method: "GET", path: "/x" } },
  ],
  [
    "a connection stands for what is said of it below",
    { from: "sa/a/b", source: { ip: "10.0.0.1" }, sni: "a", transport: "mtls" },
    { connection: { transport: "plaintext", destinationPort: 80 } },
    { from: "sa/a/b", connection: { transport: "plaintext", destinationPort: 80 } },
  ],
  [
    "providers are merged by name",
    { providers: { a: "allow", b: "deny" } },
    { providers: { b: "error" } },
    { providers: { a: "allow", b: "error" } },
  ],
  [
    "source is merged by field",
    { source: { ip: "10.0.0.1" } },
    { source: { proxyProtocol: "10.0.0.2" } },
    { source: { ip: "10.0.0.1", proxyProtocol: "10.0.0.2" } },
  ],
  ["tokens are replaced", { token: ["a", "b"] }, { token: "none" }, { token: "none" }],
  [
    "what is no request line stays for the engine to refuse",
    { http: "GET /x" },
    { http: "a b c" },
    { http: "a b c" },
  ],
];

test.each(cases)("%s", (_, base, over, merged) => {
  expect(mergeRequests(base, over)).toEqual(merged);
});

const parts: readonly (readonly [string, unknown, RequestPart])[] = [
  ["from", "sa/shop/web", { from: "sa/shop/web" }],
  ["http", "GET /x", { http: { method: "GET", path: "/x" } }],
  ["http.path", "/y", { http: { method: "GET", path: "/y" } }],
  ["http.headers.x.y", "1", { http: { method: "GET", path: "/x", headers: { "x.y": "1" } } }],
  ["providers.oauth2.proxy", "deny", { providers: { "oauth2.proxy": "deny" } }],
  ["source.ip", "10.0.0.1", { source: { ip: "10.0.0.1" } }],
];

test.each(parts)("the part %s set to %j", (name, value, set) => {
  expect(withPart({ http: "GET /x" }, name, value)).toEqual({
    http: { method: "GET", path: "/x" },
    ...set,
  });
});
