import { describe, expect, test } from "vitest";
import { runVectors } from "../src/conformance/conformance.ts";
import { providerAnswers } from "../src/conformance/providers.ts";
import { connectionOf, httpRequestOf } from "../src/conformance/scenario-request.ts";

const host = "reviews.foo.svc.cluster.local";
const world = {
  "sidecar.json": {
    addresses: ["10.9.9.9"],
    ports: [{ port: 8080, protocol: "http", service: { host, port: 80 } }],
    objects: [],
  },
};

function policy(name: string, spec: object, metadata: object = {}): object {
  return {
    apiVersion: "security.istio.io/v1",
    kind: "AuthorizationPolicy",
    metadata: { name, namespace: "foo", ...metadata },
    spec,
  };
}

function peers(name: string, mode: string, metadata: object = {}): object {
  return {
    apiVersion: "security.istio.io/v1",
    kind: "PeerAuthentication",
    metadata: { name, namespace: "foo", ...metadata },
    spec: { mtls: { mode } },
  };
}

const readers = policy("readers", { rules: [{ to: [{ operation: { methods: ["GET"] } }] }] });

async function run(...lines: readonly object[]) {
  const text = lines.map((line) => JSON.stringify(line)).join("\n");
  return runVectors([{ path: "lines.jsonl", text }], world);
}

describe("scenarios that people write", () => {
  test.each<readonly [string, object[], object]>([
    ["allow", [readers], { expect: "allow" }],
    ["deny", [readers], { method: "POST", expect: "deny" }],
    ["a status", [readers], { method: "POST", expect: 403 }],
    ["words of the details", [readers], { host: null, expect: "missing_host_header" }],
    ["an outcome", [peers("p", "STRICT")], { from: null, expect: "no-filter-chain" }],
    ["a status with its outcome", [], { path: "/a", expect: "http 200" }],
  ])("may expect %s", async (_what, objects, request) => {
    const { requests, divergences, text } = await run({ objects, requests: [request] });
    expect({ requests, divergences }, text).toEqual({ requests: 1, divergences: 0 });
  });

  test("may expect what does not happen", async () => {
    const { divergences, text } = await run({
      id: "wrong",
      objects: [readers],
      requests: [{ expect: "deny" }],
    });
    expect(divergences).toBe(1);
    expect(text).toContain("1 x expect: deny -> http 200 via_upstream");
    expect(text).toContain("  wrong/r0\n");
  });

  test("may be YAML, with tokens of the test key", async () => {
    const text = `
kind: RequestAuthentication
apiVersion: security.istio.io/v1
metadata: {name: tokens, namespace: foo}
spec: {jwtRules: [{issuer: a, jwks: test}]}
---
requests:
- {token: {iss: a, sub: alice}, expect: allow}
- {token: {iss: a, sub: alice}, tokenHeader: {alg: RS384}, expect: 401}
- {path: '/?access_token=\${token {"iss":"a"}}', expect: allow}
- {headers: {authorization: 'Bearer \${token {"iss":"b"}}'}, expect: Jwt issuer is not configured}
`;
    const { requests, text: report } = await runVectors([{ path: "jwt.yaml", text }], world);
    expect(requests).toBe(4);
    expect(report).toMatch(/^requests 4, divergences 0$/m);
  });

  test("are refused as a whole where Envoy refuses the listener", async () => {
    const broken = policy("p", { rules: [{ to: [{ operation: { paths: ["foo/{*}"] } }] }] });
    const crashed = await run({ objects: [broken], expect: "crashed" });
    expect(crashed.divergences).toBe(0);
    const rejected = await run({ objects: [broken], expect: "rejected" });
    expect(rejected.text).toContain("effect: update-refused -> process-dies");
  });
});

describe("an object without a timestamp", () => {
  const young = { creationTimestamp: "2026-01-02T00:00:00Z" };
  test.each<readonly [string, object[], string]>([
    ["is as old as its place", [peers("z", "STRICT"), peers("a", "DISABLE")], "no-filter-chain"],
    ["is younger than one with", [peers("a", "STRICT"), peers("z", "DISABLE", young)], "allow"],
  ])("%s", async (_what, objects, expected) => {
    const { text } = await run({ objects, requests: [{ from: null, expect: expected }] });
    expect(text).toMatch(/^requests 1, divergences 0$/m);
  });
});

describe("a recorded result", () => {
  const connection = {
    transport: "plaintext",
    sourceIp: "10.1.2.3",
    destinationIp: "10.9.9.9",
    destinationPort: 8080,
  };
  const scenario = {
    id: "s",
    mesh: {},
    objects: [readers],
    workload: {
      kind: "sidecar",
      namespace: "foo",
      name: "reviews-1",
      labels: {},
      serviceAccount: "reviews",
    },
    requests: [
      { id: "r0", connection, http: { method: "GET", path: "/a", host: "reviews", headers: [] } },
    ],
  };
  const versions = { istio: "v0.0.0-20260827124520-eed52ebb66ad", envoy: "1.39.3" };
  const result = {
    id: "r0",
    outcome: "http",
    status: 200,
    chain: "0.0.0.0_8080",
    details: "via_upstream",
    rules: { enforced: "ns[foo]-policy[readers]-rule[0]", enforcedResult: "allowed" },
    upstream: {
      method: "GET",
      path: "/a",
      headers: [
        ["host", "reviews"],
        ["x-forwarded-proto", "http"],
      ],
    },
  };

  test("that is the engine's own agrees with it", async () => {
    const { text } = await run({ versions, scenario, results: [result] });
    expect(text).toBe("requests 1, divergences 0\n");
  });

  test.each<readonly [string, object]>([
    ["outcome", { outcome: "tcp-ok" }],
    ["status", { status: 403 }],
    ["details", { details: "rbac_access_denied_matched_policy[none]" }],
    ["body", { body: "RBAC: access denied" }],
    ["chain", { chain: "virtualInbound" }],
    ["audit", { audit: false }],
    ["peer", { peer: "spiffe://cluster.local/ns/a/sa/b" }],
    ["remoteIp", { remoteIp: "203.0.113.9" }],
    ["rules.enforced", { rules: { ...result.rules, enforced: "ns[foo]-policy[other]-rule[0]" } }],
    ["rules.dryRunDeny", { rules: { ...result.rules, dryRunDeny: "ns[foo]-policy[p]-rule[0]" } }],
    [
      "rules.custom",
      { rules: { ...result.rules, custom: "istio-ext-authz-ns[a]-policy[p]-rule[0]" } },
    ],
    ["responseHeaders", { responseHeaders: [["grpc-status", "7"]] }],
    ["upstream", { upstream: null }],
    ["upstream.path", { upstream: { ...result.upstream, path: "/b" } }],
    [
      "upstream.headers.x-a",
      { upstream: { ...result.upstream, headers: [...result.upstream.headers, ["x-a", "b"]] } },
    ],
  ])("diverges in its %s", async (field, change) => {
    const changed = await run({ versions, scenario, results: [{ ...result, ...change }] });
    expect(changed.divergences).toBe(1);
    expect(changed.text).toContain(`1 x ${field}: `);
  });

  test("that the oracle could not obtain is counted apart", async () => {
    const unsent = {
      id: "r0",
      outcome: "not-sent",
      reason: "ERR_HTTP2_INVALID_CONNECTION_HEADERS",
    };
    const { requests, text } = await run({ versions, scenario, results: [unsent] });
    expect(requests).toBe(0);
    expect(text).toContain("1 the oracle says not-sent");
  });

  test("names what is left out of the comparison", async () => {
    const more = { ...result, flags: "DPE" };
    const { text } = await run({ versions, scenario, results: [more] });
    expect(text).toContain("  1 response flags\n");
  });
});

describe("a request of the vectors", () => {
  test("is bytes: UTF-8 over HTTP/1, one byte a character over HTTP/2", () => {
    const http = { method: "GET", path: "/é", headers: [["X-A", "1"]] as const };
    expect(httpRequestOf(http)).toEqual({
      version: "1.1",
      method: "GET",
      target: "/\xc3\xa9",
      host: null,
      headers: [["X-A", "1"]],
    });
    expect(httpRequestOf({ ...http, version: "2" })).toMatchObject({
      target: "/\xe9",
      host: "proxy:80",
      headers: [["x-a", "1"]],
    });
    expect(httpRequestOf({ ...http, version: "2.0" })).toBeUndefined();
  });

  test("shows a certificate with a subject as Envoy prints it", () => {
    const connection = connectionOf({
      transport: "mtls",
      sourceIp: "10.1.2.3",
      destinationIp: "10.9.9.9",
      destinationPort: 8080,
      identity: "spiffe://cluster.local/ns/a/sa/b",
      certificate: { subject: "/CN=foo/O=bar" },
    });
    expect(connection.certificate).toEqual({
      uris: ["spiffe://cluster.local/ns/a/sa/b"],
      dns: [],
      subject: "O=bar,CN=foo",
    });
  });
});

describe("the external authorizer", () => {
  const service = "ext-authz.foo.svc.cluster.local";
  const shown = { service, port: 8000, includeRequestHeadersInCheck: ["x-ext-*"] };
  const extensionProviders = [
    { name: "shown", envoyExtAuthzHttp: shown },
    { name: "hidden", envoyExtAuthzHttp: { service, port: 8000 } },
    { name: "grpc", envoyExtAuthzGrpc: { service, port: 9001 } },
    { name: "broken", envoyExtAuthzGrpc: { service, port: 8000 } },
  ];
  const denial = {
    deny: {
      status: 403,
      body: "denied by ext-authz",
      headers: { "x-ext-authz-check-result": "denied" },
    },
  };
  const allowed = { allow: { set: { "x-ext-authz-check-result": "allowed" } } };

  test.each([
    ["nothing", [], { shown: denial, hidden: denial, grpc: "deny", broken: "error" }],
    ["allow", ["allow"], { shown: allowed, hidden: denial, grpc: "allow", broken: "error" }],
    [
      "allow twice",
      ["allow", "allow"],
      { shown: denial, hidden: denial, grpc: "allow", broken: "error" },
    ],
    ["hang-up", ["hang-up"], { shown: "error", hidden: "error", grpc: "error", broken: "error" }],
  ])("answers to %s", (_what, values, answers) => {
    const headers = values.map((value) => ["X-Ext-Authz", value] as const);
    const http = { method: "GET", path: "/", headers };
    expect(providerAnswers({ extensionProviders }, http)).toEqual(answers);
  });
});
