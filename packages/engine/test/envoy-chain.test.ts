import { describe, expect, test } from "vitest";
import { chooseChain } from "../src/envoy/filter-chain.ts";
import { handshake } from "../src/envoy/tls.ts";
import type { FilterChain, Listener } from "../src/model/program.ts";
import type { Connection, HttpRequest } from "../src/model/request.ts";

const mutual = {
  clientCertificate: "required",
  authority: "mesh",
  trustDomains: ["cluster.local"],
} as const;
const meshHttp = ["istio-http/1.0", "istio-http/1.1", "istio-h2"];

function chain(
  name: string,
  match: FilterChain["match"],
  kind: FilterChain["kind"] = "http",
  terminates = match.transport === "tls",
): FilterChain {
  return { name, match, kind, filters: [], ...(terminates ? { tls: mutual } : {}) };
}

/** A permissive workload: 8080 speaks HTTP, 9000 bytes, 9090 whatever comes. */
const listener: Listener = {
  name: "virtualInbound",
  chains: [
    chain("http-tls", { port: 8080, transport: "tls", alpn: ["istio", ...meshHttp] }),
    chain("http-plain", { port: 8080, transport: "raw_buffer" }),
    chain("tcp-plain", { port: 9000, transport: "raw_buffer" }, "tcp"),
    chain("auto-http-tls", { port: 9090, transport: "tls", alpn: meshHttp }),
    chain(
      "auto-tcp-tls",
      { port: 9090, transport: "tls", alpn: ["istio-peer-exchange", "istio"] },
      "tcp",
    ),
    chain("auto-http", { port: 9090, transport: "raw_buffer", alpn: ["http/1.1", "h2c"] }),
    chain("auto-tcp", { port: 9090, transport: "raw_buffer" }, "tcp"),
    chain("auto-opaque", { port: 9090, transport: "tls" }, "tcp", false),
    chain("passthrough", {}, "tcp"),
  ],
};

const request: HttpRequest = { version: "1.1", method: "GET", target: "/", host: "a", headers: [] };

function chosen(connection: Partial<Connection>, http?: HttpRequest, from = listener): string {
  const full = { transport: "plaintext", destinationPort: 9090, ...connection } as const;
  const choice = chooseChain(from, full, http);
  return choice.kind === "chain" ? choice.chain.name : choice.kind;
}

describe("the chain of a connection", () => {
  test.each<readonly [string, Partial<Connection>, HttpRequest | undefined, string]>([
    ["plaintext HTTP on a port of HTTP", { destinationPort: 8080 }, request, "http-plain"],
    [
      "a mesh client",
      { destinationPort: 8080, transport: "mtls", alpn: ["istio-http/1.1", "istio"] },
      request,
      "http-tls",
    ],
    [
      "foreign TLS on a port of HTTP",
      { destinationPort: 8080, transport: "tls", alpn: ["h2"] },
      request,
      "none",
    ],
    [
      "TLS where nothing looks for it",
      { destinationPort: 9000, transport: "tls", alpn: ["istio"] },
      request,
      "tcp-plain",
    ],
    ["HTTP that is detected", {}, request, "auto-http"],
    ["HTTP/2 that is detected", {}, { ...request, version: "2" }, "auto-http"],
    ["HTTP/1.0 is bytes", {}, { ...request, version: "1.0" }, "auto-tcp"],
    ["an unknown method is HTTP", {}, { ...request, method: "FOO" }, "auto-http"],
    ["a request line with a blank is bytes", {}, { ...request, target: "/a b" }, "auto-tcp"],
    ["no HTTP at all", {}, undefined, "auto-tcp"],
    [
      "the client's order counts",
      { transport: "mtls", alpn: ["istio", "istio-http/1.1"] },
      request,
      "auto-tcp-tls",
    ],
    [
      "foreign TLS where the protocol is detected",
      { transport: "tls", alpn: ["h2"] },
      request,
      "auto-opaque",
    ],
    ["a port that no chain names", { destinationPort: 7070 }, request, "passthrough"],
    ["a silent client where something waits", { silent: true }, undefined, "waiting"],
    [
      "a silent client where nothing waits",
      { destinationPort: 9000, silent: true },
      undefined,
      "tcp-plain",
    ],
    [
      "a silent client after its handshake",
      { transport: "mtls", alpn: ["istio"], silent: true },
      undefined,
      "auto-tcp-tls",
    ],
  ])("%s", (_, connection, http, expected) => {
    expect(chosen(connection, http)).toBe(expected);
  });

  test("before Envoy 1.39 an unknown method is bytes", () => {
    const older: Listener = { ...listener, detects: "known-methods" };
    expect(chosen({}, { ...request, method: "FOO" }, older)).toBe("auto-tcp");
    expect(
      chosen(
        {},
        { ...request, method: "M-SEARCH" },
        { ...older, detects: "known-methods-or-m-search" },
      ),
    ).toBe("auto-http");
  });

  test.each([
    ["a.example.com", "exact"],
    ["A.Example.com", "exact"],
    ["b.example.com", "wildcard"],
    ["x.y.example.com", "wildcard"],
    ["example.com", "none"],
    ["", "none"],
  ])("the server name %s is served by %s", (sni, expected) => {
    const gateway: Listener = {
      name: "0.0.0.0_8443",
      port: 8443,
      chains: [
        chain("exact", { serverNames: ["a.example.com"], transport: "tls" }),
        chain("wildcard", { serverNames: ["*.example.com"], transport: "tls" }),
      ],
    };
    expect(chosen({ transport: "tls", destinationPort: 8443, sni }, request, gateway)).toBe(
      expected,
    );
  });
});

describe("the handshake", () => {
  const served = chain("http-tls", { transport: "tls" });
  const meshIdentity = "spiffe://cluster.local/ns/a/sa/b";
  test.each<readonly [string, Partial<Connection>, string]>([
    ["a mesh certificate", { certificate: { uris: [meshIdentity] } }, "established"],
    ["no certificate", { transport: "tls" }, "failed"],
    ["another authority", { certificate: { uris: [meshIdentity], untrusted: true } }, "failed"],
    [
      "another trust domain",
      { certificate: { uris: ["spiffe://cluster.localx/ns/a/sa/b"] } },
      "failed",
    ],
    [
      "one name of several is enough",
      { certificate: { uris: ["spiffe://evil/x", meshIdentity] } },
      "established",
    ],
    ["a certificate that nobody stated", {}, "established"],
    ["no TLS at all", { transport: "plaintext" }, "failed"],
  ])("%s: %s", (_, connection, expected) => {
    const full = { transport: "mtls", destinationPort: 8080, ...connection } as const;
    expect(handshake(served, full).kind).toBe(expected);
  });

  test("the server prefers HTTP/2 of what the client offers", () => {
    const connection = {
      transport: "mtls",
      destinationPort: 8080,
      alpn: ["http/1.1", "h2"],
      certificate: { uris: [meshIdentity] },
    } as const;
    expect(handshake(served, connection)).toMatchObject({ protocol: "h2" });
  });
});
