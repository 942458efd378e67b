import { describe, expect, test } from "vitest";
import { serveEnvoy } from "../src/envoy/serve.ts";
import type { Filter } from "../src/model/program.ts";
import type { Connection, HttpRequest } from "../src/model/request.ts";
import type { Hop } from "../src/model/verdict.ts";
import {
  allow,
  deny,
  end,
  exact,
  get,
  mesh,
  path,
  plaintext,
  rule,
  sidecar,
  silent,
} from "./serve-program.ts";

describe("a sidecar", () => {
  test.each<
    readonly [
      string,
      readonly Filter[],
      Partial<Connection>,
      Partial<HttpRequest> | undefined,
      string,
    ]
  >([
    ["lets a request through where nothing is said", [], {}, {}, "forwarded via_upstream"],
    [
      "denies what a rule denies",
      [deny(path("/a"))],
      {},
      {},
      "reply 403 rbac_access_denied_matched_policy[ns[shop]-policy[paths]-rule[0]]",
    ],
    [
      "denies what no rule allows",
      [allow(path("/b"))],
      {},
      {},
      "reply 403 rbac_access_denied_matched_policy[none]",
    ],
    [
      "looks at the path as it is normalised",
      [deny(path("/a"))],
      {},
      { target: "/x/../%61?q" },
      "reply 403 rbac_access_denied_matched_policy[ns[shop]-policy[paths]-rule[0]]",
    ],
    [
      "knows peers by their certificate",
      [allow(rule("web", { kind: "peer" }, exact("spiffe://cluster.local/ns/shop/sa/web")))],
      mesh,
      {},
      "forwarded via_upstream",
    ],
    [
      "knows no peer in plaintext",
      [allow(rule("web", { kind: "peer" }, exact("spiffe://cluster.local/ns/shop/sa/web")))],
      {},
      {},
      "reply 403 rbac_access_denied_matched_policy[none]",
    ],
    [
      "refuses a foreign trust domain",
      [],
      { ...mesh, certificate: { uris: ["spiffe://other/ns/a/sa/b"] } },
      {},
      "tls-failed",
    ],
    [
      "has no chain for foreign TLS",
      [],
      { transport: "tls", alpn: ["h2"] },
      {},
      "no-chain filter_chain_not_found",
    ],
    [
      "takes TLS for broken HTTP where none is expected",
      [],
      { transport: "tls", destinationPort: 8090 },
      {},
      "protocol-error 400 http1.codec_error",
    ],
    ["answers what is no HTTP", [], {}, undefined, "protocol-error 400 http1.codec_error"],
    ["refuses HTTP/1.0", [deny(path("/a"))], {}, { version: "1.0" }, "reply 426 low_version"],
    [
      "has no route for CONNECT",
      [allow(rule("m", { kind: "method" }, exact("CONNECT")))],
      {},
      { method: "CONNECT", target: "a:80" },
      "reply 404 route_not_found",
    ],
    ["hangs up on its own port", [], { destinationPort: 15006 }, {}, "closed"],
    ["forwards bytes", [], { destinationPort: 9000 }, undefined, "forwarded"],
    [
      "closes bytes that it denies",
      [allow()],
      { destinationPort: 9000 },
      undefined,
      "closed rbac_access_denied_matched_policy[none]",
    ],
    [
      "connects a silent client before it looks",
      [allow()],
      { destinationPort: 9000, silent: true },
      undefined,
      "forwarded rbac_access_denied_matched_policy[none]",
    ],
    [
      "waits for a silent client where it must look first",
      [],
      { silent: true },
      undefined,
      "silent",
    ],
    [
      "passes TLS on that it does not end",
      [],
      { transport: "tls", destinationPort: 9000 },
      undefined,
      "forwarded",
    ],
  ])("%s", (_, filters, connection, request, expected) => {
    const sent = request && { ...get, ...request };
    expect(
      end(serveEnvoy(sidecar(...filters), { ...plaintext, ...connection }, sent, silent)),
    ).toBe(expected);
  });

  test("says in its steps what each layer did", () => {
    const hop = serveEnvoy(sidecar(deny(path("/b")), allow(path("/a"))), mesh, get, silent);
    expect(hop.steps.map(({ layer, result, by }) => [layer, result, by.length])).toEqual([
      ["mtls", "pass", 0],
      ["http", "pass", 0],
      ["deny", "pass", 0],
      ["allow", "pass", 1],
      ["route", "pass", 0],
    ]);
    expect(hop).toMatchObject({
      chain: "mtls",
      saw: { identities: ["spiffe://cluster.local/ns/shop/sa/web"], method: "GET", path: "/a" },
    });
  });

  test("traces clauses when asked to", () => {
    const hop = serveEnvoy(sidecar(deny(path("/b"))), plaintext, get, silent, { trace: true });
    expect(hop.steps[2]?.trace).toMatchObject([{ actual: ["/a"], holds: false }]);
  });

  test("has a form of its own for gRPC and for HEAD", () => {
    const filters = [deny(path("/a"))];
    const grpc: HttpRequest = {
      ...get,
      method: "POST",
      headers: [["Content-Type", "application/grpc+proto"]],
    };
    const answer = (request: HttpRequest): Hop["outcome"] =>
      serveEnvoy(sidecar(...filters), plaintext, request, silent).outcome;
    expect(answer(grpc)).toMatchObject({
      status: 200,
      grpcStatus: 7,
      responseHeaders: [
        ["grpc-status", "7"],
        ["grpc-message", "RBAC: access denied"],
      ],
    });
    expect(answer(grpc).body).toBeUndefined();
    expect(answer({ ...get, method: "HEAD" }).body).toBeUndefined();
    expect(answer(get).body).toBe("RBAC: access denied");
  });

  test("hands on what the workload receives", () => {
    const sent: HttpRequest = {
      ...get,
      method: "POST",
      target: "/x/../a#f",
      headers: [["X-User", "a"]],
    };
    expect(serveEnvoy(sidecar(), plaintext, sent, silent).outcome.received).toEqual({
      method: "POST",
      path: "/a",
      headers: [
        ["host", "orders"],
        ["x-user", "a"],
        ["x-forwarded-proto", "http"],
        ["content-length", "0"],
      ],
    });
  });

  test("that nobody worked out is not evaluated", () => {
    const unknown = { ...sidecar(), listeners: [], unsupported: true } as const;
    expect(serveEnvoy(unknown, plaintext, get, silent)).toMatchObject({
      enforced: false,
      outcome: { kind: "unknown" },
    });
  });

  test("whose listener Envoy does not take serves nothing", () => {
    const program = sidecar();
    const refused = {
      effect: "update-refused",
      cause: "a broken template",
      at: { resource: { kind: "AuthorizationPolicy", namespace: "shop", name: "x" }, path: [] },
    } as const;
    const listeners = program.listeners.map((listener) => ({ ...listener, refused }));
    const hop = serveEnvoy({ ...program, listeners }, plaintext, get, silent);
    expect(end(hop)).toBe("not-served a broken template");
    expect(hop.steps).toMatchObject([{ layer: "config", result: "refuse" }]);
  });
});
