import { describe, expect, test } from "vitest";
import { programFor } from "../src/istiod/program.ts";
import type { MeshConfig } from "../src/model/mesh-config.ts";
import type { MutualTlsMode } from "../src/model/policy.ts";
import type { FilterChain, Listener, Proxy } from "../src/model/program.ts";
import { ap, meshOf, pa, ra, reviews, type World } from "./istiod-world.ts";

function listenerOf(world: World = {}, proxy: Proxy = reviews): Listener {
  const [listener] = programFor(meshOf(world), proxy).listeners;
  if (!listener) throw new TypeError("no listener");
  return listener;
}

/** A chain as "transport[alpn] kind", with a "!" where it ends mutual TLS. */
function text({ match, kind, tls }: FilterChain): string {
  const alpn = match.alpn ? `[${match.alpn.join(" ")}]` : "";
  return `${match.transport}${alpn} ${kind}${tls ? "!" : ""}`;
}

function chainsOf(listener: Listener, port: number | undefined): readonly string[] {
  return listener.chains.filter(({ match }) => match.port === port).map(text);
}

const mesh = "istio-http/1.0 istio-http/1.1 istio-h2";
const any = `istio istio-peer-exchange ${mesh}`;

test.each<[MutualTlsMode, number | undefined, readonly string[]]>([
  ["STRICT", 8080, ["tls http!"]],
  ["STRICT", 9000, ["tls tcp!"]],
  ["STRICT", 9090, [`tls[${mesh}] http!`, "tls tcp!"]],
  ["STRICT", undefined, [`tls[${mesh}] http!`, "tls tcp!"]],
  ["PERMISSIVE", 8080, [`tls[${any}] http!`, "raw_buffer http"]],
  ["PERMISSIVE", 9000, [`tls[${any}] tcp!`, "tls tcp", "raw_buffer tcp"]],
  [
    "PERMISSIVE",
    9090,
    [
      `tls[${mesh}] http!`,
      "raw_buffer[http/1.1 h2c] http",
      "tls[istio-peer-exchange istio] tcp!",
      "raw_buffer tcp",
      "tls tcp",
    ],
  ],
  ["DISABLE", 8080, ["raw_buffer http"]],
  ["DISABLE", 9000, ["raw_buffer tcp"]],
  ["DISABLE", undefined, ["raw_buffer[http/1.1 h2c] http", "raw_buffer tcp"]],
])("%s at port %s has the chains %j", (mode, port, expected) => {
  const listener = listenerOf({ policies: [pa("foo/p", { mtls: { mode } })] });
  expect(chainsOf(listener, port)).toEqual(expected);
});

test("chains are named as istiod names them", () => {
  const names = listenerOf().chains.map(({ name }) => name);
  expect([...new Set(names)]).toEqual([
    ...["virtualInbound-blackhole", "virtualInbound-catchall-http", "virtualInbound"],
    ...["0.0.0.0_8080", "0.0.0.0_9000", "0.0.0.0_9090"],
  ]);
});

test("a proxy with IPv6 addresses only has other names", () => {
  const { chains } = listenerOf({}, { ...reviews, addresses: ["2001:db8::1"] });
  expect(chains.at(-1)?.name).toBe("::_9090");
});

test("a port with a mode of its own that no Service leads to has chains of its own", () => {
  const policy = pa("foo/p", {
    selector: { matchLabels: { app: "reviews" } },
    portLevelMtls: { 7070: { mode: "DISABLE" }, 8080: { mode: "STRICT" } },
  });
  const listener = listenerOf({ policies: [policy] });
  expect(chainsOf(listener, 7070)).toEqual(["raw_buffer[http/1.1 h2c] http", "raw_buffer tcp"]);
  expect(chainsOf(listener, 8080)).toEqual(["tls http!"]);
  const names = listener.chains.filter(({ match }) => match.port === 7070).map(({ name }) => name);
  expect(names).toEqual(["virtualInbound-catchall-http", "virtualInbound"]);
});

test("ports of the proxy itself get no chains, and the listener's own a black hole", () => {
  const service = { host: "x", port: 80 };
  const ports = [15006, 15090].map((port) => ({ port, protocol: "http" as const, service }));
  const { chains } = listenerOf({}, { ...reviews, ports });
  expect(chains.filter(({ match }) => match.port !== undefined)).toEqual([
    { name: "virtualInbound-blackhole", match: { port: 15006 }, kind: "blackhole", filters: [] },
  ]);
});

test("HTTP/1.0 is looked for and served where it is switched on", () => {
  const listener = listenerOf({ features: { PILOT_HTTP10: "true" } });
  expect(chainsOf(listener, undefined)).toContain("raw_buffer[http/1.0 http/1.1 h2c] http");
  const http = listener.chains.find(({ kind }) => kind === "http")?.http;
  expect(http).toMatchObject({ http10: true });
});

describe("the peers that are let in", () => {
  const trusted = (world: World): readonly string[] | undefined =>
    listenerOf(world).chains.find(({ tls }) => tls)?.tls?.trustDomains;
  const config: MeshConfig = {
    trustDomain: "td1",
    trustDomainAliases: ["td2", "td1", ""],
    caCertificates: [{ trustDomains: ["td3"] }, {}],
  };

  test("come from the mesh's trust domains", () => {
    expect(trusted({})).toEqual(["cluster.local"]);
    expect(trusted({ config })).toEqual(["td1", "td2", "td3"]);
  });

  test("may come from anywhere where that is switched off", () => {
    const features = { PILOT_SKIP_VALIDATE_TRUST_DOMAIN: "true" };
    expect(trusted({ config, features })).toBeUndefined();
  });
});

describe("HTTP settings", () => {
  const settings = (world: World) =>
    listenerOf(world).chains.find(({ kind }) => kind === "http")?.http;

  test.each([
    ["NONE", { normalizePath: false, mergeSlashes: false, escapedSlashes: "keep" }],
    ["BASE", { normalizePath: true, mergeSlashes: false, escapedSlashes: "keep" }],
    ["DEFAULT", { normalizePath: true, mergeSlashes: false, escapedSlashes: "keep" }],
    ["MERGE_SLASHES", { normalizePath: true, mergeSlashes: true, escapedSlashes: "keep" }],
    [
      "DECODE_AND_MERGE_SLASHES",
      { normalizePath: true, mergeSlashes: true, escapedSlashes: "decode" },
    ],
  ] as const)("of path normalisation %s", (normalization, expected) => {
    const config = { pathNormalization: { normalization } };
    expect(settings({ config })).toMatchObject(expected);
  });

  test("of connection settings, from 1.31", () => {
    const connectionSettings = {
      httpMergeSlashes: true,
      httpPathWithEscapedSlashesAction: "UNESCAPE_AND_REDIRECT",
      httpHeadersWithUnderscoresAction: "HEADERS_WITH_UNDERSCORES_REJECT_REQUEST",
      profile: "EDGE",
    };
    const config = { defaultConfig: { connectionSettings } };
    const stated = { mergeSlashes: true, escapedSlashes: "redirect", underscores: "reject" };
    expect(settings({ config })).toMatchObject(stated);
    const before = { mergeSlashes: false, escapedSlashes: "keep", underscores: "keep" };
    expect(settings({ config, istio: "1.30.3" })).toMatchObject(before);
  });

  test.each([
    ["1.39.3", { headerLines: "each" }],
    ["1.36.4", { headerLines: "joined", dotSegmentParameters: "keep" }],
    ["1.40.0", { headerLines: "each", queryMethod: true }],
  ])("of Envoy %s", (envoy, expected) => {
    expect(settings({ envoy })).toMatchObject(expected);
  });

  test.each([
    ["1.37.0", "known-methods-or-m-search"],
    ["1.38.3", "known-methods"],
    ["1.39.3", undefined],
  ])("Envoy %s detects HTTP by %s", (envoy, expected) => {
    expect(listenerOf({ envoy }).detects).toBe(expected);
  });
});

describe("filters", () => {
  const policies = [
    ap("foo/allow", { rules: [{ to: [{ operation: { methods: ["GET"] } }] }] }),
    ap("foo/deny", { action: "DENY", rules: [{}] }),
    ap("foo/ask", { action: "CUSTOM", provider: { name: "x" }, rules: [{}] }),
    ra("foo/jwt", { jwtRules: [{ issuer: "i", jwks: '{"keys":[{"kty":"oct","k":"YQ"}]}' }] }),
  ];
  const provider = { service: "ext-authz.foo.svc.cluster.local", port: 9001 };
  const config = { extensionProviders: [{ name: "x", envoyExtAuthzGrpc: provider }] };
  const { chains } = listenerOf({ policies, config });
  const kinds = (name: string) =>
    chains
      .find((chain) => chain.name === name)
      ?.filters.map((filter) => (filter.kind === "rbac" ? filter.action : filter.kind));

  test("of an HTTP chain: CUSTOM, JWT, DENY, ALLOW", () => {
    expect(kinds("0.0.0.0_8080")).toEqual(["ext-authz", "jwt", "DENY", "ALLOW"]);
  });

  test("of a TCP chain: the same without JWT", () => {
    expect(kinds("0.0.0.0_9000")).toEqual(["ext-authz", "DENY", "ALLOW"]);
  });

  test("are shared by the chains of one kind", () => {
    const http = chains.filter(({ kind }) => kind === "http").map(({ filters }) => filters);
    expect(new Set(http).size).toBe(1);
  });
});

describe("notes", () => {
  test("about TCP chains name them", () => {
    const policies = [ap("foo/p", { rules: [{ to: [{ operation: { methods: ["GET"] } }] }] })];
    const { notes } = programFor(meshOf({ policies }), reviews);
    expect(notes).toMatchObject([
      { because: "http-on-tcp", chains: ["virtualInbound", "0.0.0.0_9000", "0.0.0.0_9090"] },
    ]);
  });

  test("that hold for every chain are there once", () => {
    const policies = [ap("foo/p", { rules: [{ from: [{ source: { ipBlocks: ["x"] } }] }] })];
    const { notes } = programFor(meshOf({ policies }), reviews);
    expect(notes).toMatchObject([{ because: "invalid-address" }]);
    expect(notes[0]).not.toHaveProperty("chains");
  });
});

test("a listener that Envoy does not take says so, with the place", () => {
  const policies = [ap("foo/p", { rules: [{ to: [{ operation: { paths: ["x/{*}"] } }] }] })];
  expect(listenerOf({ policies }).refused).toMatchObject({
    effect: "process-dies",
    at: { resource: { name: "p" }, path: ["spec", "rules", 0, "to", 0, "operation", "paths", 0] },
  });
});
