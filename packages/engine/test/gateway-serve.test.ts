import { describe, expect, test } from "vitest";
import { serve } from "../src/journey/serve.ts";
import type { Mesh } from "../src/model/mesh.ts";
import type { Connection, HttpRequest } from "../src/model/request.ts";
import type { Hop } from "../src/model/verdict.ts";
import { classic, gateway, meshFrom } from "./gateway-world.ts";

function visit(
  mesh: Mesh,
  connection: Partial<Connection>,
  http?: Partial<HttpRequest> | "bytes",
): Hop {
  const request = { version: "1.1", method: "GET", target: "/", host: "a", headers: [] } as const;
  return serve(
    mesh,
    gateway,
    { transport: "plaintext", sourceIp: "10.1.2.3", destinationPort: 8080, ...connection },
    http === "bytes" ? undefined : { ...request, ...http },
    {
      now: 0,
      ask: ({ id }) => {
        throw new TypeError(`asked: ${id}`);
      },
    },
  );
}

/** An outcome in a word: a status, or what became of the connection. */
function word({ outcome: { kind, status, opaque } }: Hop): string | number {
  return kind === "reply" ? (status ?? 0) : opaque ? "opaque" : kind;
}

const servers = [
  '{port: {number: 80, name: http, protocol: HTTP}, hosts: ["*"]}',
  "{port: {number: 443, name: s, protocol: HTTPS}, hosts: [s.example.com], tls: {mode: SIMPLE, credentialName: c}}",
  "{port: {number: 443, name: m, protocol: HTTPS}, hosts: [m.example.com], tls: {mode: MUTUAL, credentialName: c}}",
  "{port: {number: 443, name: o, protocol: HTTPS}, hosts: ['*'], tls: {mode: OPTIONAL_MUTUAL, credentialName: c}}",
  "{port: {number: 443, name: p, protocol: TLS}, hosts: [pass.example.com], tls: {mode: PASSTHROUGH}}",
];

const anyone = `
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: anyone, namespace: istio-system}
spec: {rules: [{from: [{source: {principals: ["*"]}}]}]}`;

const foo = { uris: [], subject: "CN=foo" };
const spiffe = { uris: ["spiffe://other/ns/a/sa/b"] };

describe("the certificate that a client shows decides who it is", () => {
  const mesh = classic(servers, anyone);
  const tls = { destinationPort: 8443, alpn: ["http/1.1"] };

  test.each<[string, Partial<Connection>, string | number]>([
    ["HTTP", {}, 403],
    ["SIMPLE", { ...tls, transport: "tls", sni: "s.example.com" }, 403],
    [
      "SIMPLE ignores a certificate",
      { ...tls, transport: "mtls", sni: "s.example.com", certificate: spiffe },
      403,
    ],
    [
      "MUTUAL with a subject",
      { ...tls, transport: "mtls", sni: "m.example.com", certificate: foo },
      "forwarded",
    ],
    ["MUTUAL without one", { ...tls, transport: "tls", sni: "m.example.com" }, "tls-failed"],
    [
      "MUTUAL with a foreign one",
      { ...tls, transport: "mtls", sni: "m.example.com", certificate: { ...foo, untrusted: true } },
      "tls-failed",
    ],
    [
      "OPTIONAL_MUTUAL with one",
      { ...tls, transport: "mtls", sni: "x", certificate: spiffe },
      "forwarded",
    ],
    ["OPTIONAL_MUTUAL without one", { ...tls, transport: "tls", sni: "x" }, 403],
    ["no server name", { ...tls, transport: "tls" }, 403],
    ["plaintext", tls, "closed"],
  ])("%s: %s", (_, connection, expected) => {
    expect(word(visit(mesh, connection, { host: connection.sni ?? "a" }))).toBe(expected);
  });
});

test("bytes that pass through are TLS, seen by server name and address only", () => {
  const rule = "rules: [{when: [{key: connection.sni, values: [pass.example.com]}]}]";
  const policy = anyone.replace(/spec:.*/, `spec: {action: DENY, ${rule}}`);
  const connection = { destinationPort: 8443, transport: "tls", sni: "pass.example.com" } as const;
  expect(word(visit(classic(servers), connection, "bytes"))).toBe("opaque");
  expect(word(visit(classic(servers, policy), connection, "bytes"))).toBe("closed");
});

test("nobody listens on a port without a server", () => {
  expect(visit(classic(servers), { destinationPort: 80 }).outcome.details).toBe("no_listener");
});

const routes = meshFrom(`
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: g, namespace: istio-system}
spec:
  servers:
  - {port: {number: 80, name: http, protocol: HTTP}, hosts: ["*.example.com"]}
  - {port: {number: 80, name: more, protocol: HTTP}, hosts: [safe.test], tls: {httpsRedirect: true}}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: v, namespace: shop}
spec:
  hosts: ["*"]
  gateways: [istio-system/g]
  http:
  - {match: [{uri: {exact: /teapot}}], directResponse: {status: 418, body: {string: short}}}
  - {match: [{uri: {prefix: /moved}}], redirect: {uri: /new, authority: other.test, redirectCode: 302}}
  - {match: [{uri: {prefix: /fault}}], fault: {abort: {httpStatus: 501, percentage: {value: 100}}}, route: [{destination: {host: a}}]}
  - {match: [{uri: {prefix: /api}, method: {exact: GET}, headers: {x: {regex: "a|b"}}}], route: [{destination: {host: a}}]}
  - {match: [{queryParams: {q: {exact: "1"}}}, {withoutHeaders: {y: {regex: ".*"}}, uri: {prefix: /y}}], route: [{destination: {host: a}}]}
  - {match: [{port: 81, uri: {prefix: /port}}, {gateways: [g], uri: {prefix: /other}}], route: [{destination: {host: a}}]}
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: p, namespace: istio-system}
spec: {action: DENY, rules: [{to: [{operation: {paths: ["/denied*"]}}]}]}`);

describe("routes come after policies", () => {
  test.each<[Partial<HttpRequest>, string | number]>([
    [{ target: "/denied" }, 403],
    [{ target: "/none" }, 404],
    [{ target: "/denied", host: "nowhere" }, 403],
    [{ target: "/api", host: "nowhere", headers: [["x", "a"]] }, 404],
    [{ target: "/api/x", headers: [["x", "a"]] }, "forwarded"],
    [{ target: "/api/x", host: "A.Example.com:8080", headers: [["X", "b"]] }, "forwarded"],
    [{ target: "/api/x", headers: [["x", "ab"]] }, 404],
    [{ target: "/api/x", method: "POST", headers: [["x", "a"]] }, 404],
    [{ target: "/any?p=1&q=1" }, "forwarded"],
    [{ target: "/any?q=2&q=1" }, 404],
    [{ target: "/y" }, 404],
    [{ target: "/port" }, 404],
    [{ target: "/other" }, 404],
    [{ target: "/teapot" }, 418],
    [{ target: "/fault" }, 501],
    [{ target: "/moved?a=b" }, 302],
    [{ target: "/x", host: "safe.test" }, 301],
    [{ target: "/denied", host: "safe.test" }, 403],
    [{ target: "a.example.com:1", method: "CONNECT" }, 404],
    [{ target: "/none", headers: [["upgrade", "foo"], ["connection", "upgrade"]] }, 404], // biome-ignore format: one line
    [{ target: "/teapot", headers: [["upgrade", "foo"], ["connection", "upgrade"]] }, 403], // biome-ignore format: one line
  ])("%j: %s", (http, expected) => {
    expect(word(visit(routes, {}, { host: "a.example.com", ...http }))).toBe(expected);
  });

  test.each([
    ["/moved?a=b", "a.example.com", "http://other.test/new?a=b"],
    ["/x?y", "safe.test:8080", "https://safe.test:8080/x?y"],
  ])("%s of %s is found at %s", (target, host, location) => {
    const { outcome } = visit(routes, {}, { target, host });
    expect(outcome.responseHeaders).toEqual([["location", location]]);
  });
});

test("x-forwarded-client-cert of a client is replaced by what its certificate says", () => {
  const claim = [["x-forwarded-client-cert", "URI=spiffe://forged"]] as const;
  const seen = (connection: Partial<Connection>): readonly string[] =>
    (
      visit(classic(servers), connection, { headers: claim }).outcome.received?.headers ?? []
    ).flatMap(([name, value]) => (name === "x-forwarded-client-cert" ? [value] : []));
  expect(seen({})).toEqual([]);
  const [own] = seen({ destinationPort: 8443, transport: "mtls", sni: "x", certificate: spiffe });
  expect(own).toContain("URI=spiffe://other/ns/a/sa/b");
  expect(own).not.toContain("forged");
});
