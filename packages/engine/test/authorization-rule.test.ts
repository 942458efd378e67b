import { describe, expect, test } from "vitest";
import type { Action, PolicyRule } from "../src/model/policy.ts";
import { type Chain, from, holds, make, to, when } from "./authorization-made.ts";
import { ap } from "./istiod-world.ts";

test.each<[string, PolicyRule | null, boolean]>([
  ["nothing", {}, true],
  ["null", null, true],
  ["an empty source", { from: [{}] }, true],
  ["a missing source", { from: [null] }, true],
  ["a method", to({ methods: ["GET"] }), true],
  ["another method", to({ methods: ["POST"] }), false],
  ["not a method", to({ notMethods: ["GET"] }), false],
  ["a value and not another", to({ paths: ["/a*"], notPaths: ["/a"] }), false],
  ["a host in another case", to({ hosts: ["REVIEWS"] }), true],
  ["a port with zeros", to({ ports: ["08080"] }), true],
  ["a template", to({ paths: ["/{*}"] }), true],
  ["all of an operation", to({ methods: ["GET"], paths: ["/b"] }), false],
  [
    "any operation",
    { to: [{ operation: { paths: ["/b"] } }, { operation: { paths: ["/a"] } }] },
    true,
  ],
  ["any from and any to", { ...from({ namespaces: ["bar"] }), ...to({ paths: ["/a"] }) }, false],
  ["a principal", from({ principals: ["cluster.local/ns/foo/sa/web"] }), true],
  ["a namespace", from({ namespaces: ["foo"] }), true],
  ["not a namespace", from({ notNamespaces: ["foo"] }), false],
  ["a service account of the policy's namespace", from({ serviceAccounts: ["web"] }), true],
  ["a trust domain", from({ trustDomains: ["cluster.local"] }), true],
  ["an address", from({ ipBlocks: ["10.1.0.0/16"] }), true],
  ["the other address", from({ remoteIpBlocks: ["10.1.0.0/16"] }), false],
  ["a request principal without a token", from({ requestPrincipals: ["*"] }), false],
  ["not a request principal without a token", from({ notRequestPrincipals: ["*"] }), true],
  ["a header", when({ key: "request.headers[X-User]", values: ["a*"] }), true],
  [
    "not a header that is missing",
    when({ key: "request.headers[x-other]", notValues: ["*"] }),
    true,
  ],
  ["one of the audiences", when({ key: "request.auth.audiences", values: ["mail"] }), true],
  [
    "an SNI suffix",
    when({ key: "connection.sni", values: ["*.reviews.foo.svc.cluster.local"] }),
    true,
  ],
  ["a destination", when({ key: "destination.ip", values: ["10.9.9.0/24"] }), true],
  [
    "all conditions",
    when(
      { key: "source.ip", values: ["10.0.0.0/8"] },
      { key: "remote.ip", values: ["10.0.0.0/8"] },
    ),
    false,
  ],
  ["a condition without values", when({ key: "source.ip" }), true],
  [
    "metadata that nobody sets",
    when({ key: "experimental.envoy.filters.x[y]", values: ["*"] }),
    false,
  ],
])("%s: whether %j holds is %s, for ALLOW as for DENY", (_, rule, expected) => {
  expect(holds(rule, "ALLOW", "http")).toBe(expected);
  expect(holds(rule, "DENY", "http")).toBe(expected);
});

describe("what cannot be generated", () => {
  test.each<[string, PolicyRule, Chain, boolean | "none", boolean | "none"]>([
    ["an unknown key", when({ key: "source.cluster", values: ["a"] }), "http", "none", "none"],
    ["an unknown key without values", when({ key: "source.cluster" }), "http", "none", "none"],
    ["a missing key", { when: [null] }, "http", "none", "none"],
    ["an HTTP field on TCP", to({ paths: ["/b"] }), "tcp", "none", true],
    ["an HTTP field and a port on TCP", to({ paths: ["/b"], ports: ["9"] }), "tcp", "none", false],
    [
      "one of two operations on TCP",
      { to: [{ operation: { paths: ["/b"] } }, { operation: { ports: ["9"] } }] },
      "tcp",
      "none",
      true,
    ],
    ["an HTTP key on TCP", when({ key: "request.headers[x]", values: ["a"] }), "tcp", "none", true],
    ["an HTTP key without values on TCP", when({ key: "request.headers[x]" }), "tcp", true, true],
    ["a request principal on TCP", from({ requestPrincipals: ["*"] }), "tcp", "none", true],
    [
      "a bad address among good ones",
      from({ ipBlocks: ["10.1.2.3", "10.1.2.3/33"] }),
      "http",
      "none",
      true,
    ],
    ["nothing but bad addresses", from({ ipBlocks: ["*"] }), "http", "none", true],
    ["a bad port beside a good one", to({ ports: ["http", "9"] }), "http", "none", false],
    ["a bad negated port", to({ notPorts: ["http"] }), "http", "none", true],
    [
      "a header key without brackets",
      when({ key: "request.headers.x", values: ["a"] }),
      "http",
      "none",
      true,
    ],
    [
      "a claim key without brackets",
      when({ key: "request.auth.claimsX[a]", values: ["a"] }),
      "http",
      "none",
      true,
    ],
    [
      "metadata without brackets",
      when({ key: "experimental.envoy.filters.x", values: ["a"] }),
      "http",
      "none",
      true,
    ],
  ])("%s: %j on %s: ALLOW %s, DENY %s", (_, rule, chain, allow, deny) => {
    expect(holds(rule, "ALLOW", chain)).toBe(allow);
    expect(holds(rule, "DENY", chain)).toBe(deny);
  });

  test("an ALLOW policy of which nothing is left still denies", () => {
    const made = make([ap("foo/p", { rules: [to({ paths: ["/a"] })] })], "tcp");
    expect(made.filters).toMatchObject([{ action: "ALLOW", rules: [] }]);
    expect(made.notes).toMatchObject([
      {
        kind: "rule-skipped",
        because: "http-on-tcp",
        effect: "narrower",
        at: { path: ["spec", "rules", 0, "to", 0, "operation", "paths"] },
      },
    ]);
  });

  test.each<[string, Action, PolicyRule, string]>([
    ["DENY widened", "DENY", to({ paths: ["/a"] }), "condition-dropped http-on-tcp narrower"],
    ["AUDIT widened", "AUDIT", to({ paths: ["/a"] }), "condition-dropped http-on-tcp none"],
    ["DENY rule left out", "DENY", when({ key: "x" }), "rule-skipped unknown-key wider"],
    [
      "DENY with one address less",
      "DENY",
      from({ ipBlocks: ["::1", "x"] }),
      "value-dropped invalid-address wider",
    ],
    [
      "DENY with one exception less",
      "DENY",
      from({ notIpBlocks: ["::1", "x"] }),
      "value-dropped invalid-address narrower",
    ],
    [
      "a trust domain",
      "ALLOW",
      from({ principals: ["td1/ns/a/sa/b"] }),
      "value-rewritten trust-domain none",
    ],
  ])("%s is noted", (_, action, rule, expected) => {
    const config = { trustDomain: "td1", trustDomainAliases: ["td2"] };
    const { notes } = make([ap("foo/p", { action, rules: [rule] })], "tcp", { config });
    expect(notes.map(({ kind, because, effect }) => `${kind} ${because} ${effect}`)).toEqual([
      expected,
    ]);
  });
});

describe("claims", () => {
  test.each<[string, readonly string[]]>([
    ["request.auth.claims[groups]", ["groups"]],
    ["request.auth.claims[realm][roles]", ["realm", "roles"]],
    ["request.auth.claims[a.b/c]", ["a.b/c"]],
    ["request.auth.claims[a[b]]", ["a[b]"]],
    ["request.auth.claims[a]x[b]", ["a]x[b"]],
    ["request.auth.presenter", ["azp"]],
  ])("%s looks at %j", (key, path) => {
    const { filters } = make([ap("foo/p", { rules: [when({ key, values: ["x"] })] })], "http");
    const clause = filters[0]?.rules?.[0]?.groups[0]?.any[0]?.all[0];
    expect(clause?.attribute).toEqual({ kind: "claim", path });
  });
});

test("values are bytes, but those of claims are characters", () => {
  const rule = {
    ...to({ paths: ["/é"] }),
    ...when({ key: "request.auth.claims[é]", values: ["é"] }),
  };
  const { filters } = make([ap("foo/p", { rules: [rule] })], "http");
  const clauses = filters[0]?.rules?.[0]?.groups.map(({ any }) => any[0]?.all[0]);
  expect(clauses).toMatchObject([
    { any: [{ kind: "exact", text: "/\u00c3\u00a9", of: 0 }] },
    { attribute: { path: ["é"] }, any: [{ kind: "exact", text: "é" }] },
  ]);
});

describe("trust domains", () => {
  test.each<[string, readonly string[]]>([
    ["td1/ns/a/sa/b", ["td1/ns/a/sa/b", "old-td/ns/a/sa/b"]],
    ["cluster.local/ns/a/sa/b", ["td1/ns/a/sa/b", "old-td/ns/a/sa/b"]],
    ["*-td/ns/a/sa/b", ["td1/ns/a/sa/b", "*-td/ns/a/sa/b"]],
    ["td*/ns/a/sa/b", ["td1/ns/a/sa/b", "old-td/ns/a/sa/b"]],
    ["*/ns/a/sa/b", ["*/ns/a/sa/b"]],
    ["other/ns/a/sa/b", ["other/ns/a/sa/b"]],
    ["td1/ns/a/*", ["td1/ns/a/*"]],
    ["/ns/a/sa/b", ["/ns/a/sa/b"]],
  ])("%s means %j", async (principal, expected) => {
    const { expandPrincipal } = await import("../src/istiod/authorization/trust-domain.ts");
    expect(expandPrincipal(principal, ["td1", "old-td"])).toEqual(expected);
  });

  test("`cluster.local` alone no longer matches where the mesh has another trust domain", () => {
    const rule = from({ principals: ["cluster.local/ns/foo/sa/web"] });
    expect(holds(rule, "ALLOW", "http", { config: { trustDomain: "td1" } })).toBe(false);
  });
});
