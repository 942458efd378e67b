import { describe, expect, test } from "vitest";
import { authorizationFilters } from "../src/istiod/authorization/filters.ts";
import type { Filters } from "../src/istiod/authorization/use.ts";
import type { ExtensionProvider, HttpAuthorizer } from "../src/model/mesh-config.ts";
import type { AuthorizationPolicy } from "../src/model/policy.ts";
import type { Filter } from "../src/model/program.ts";
import { ap, meshOf, type World } from "./istiod-world.ts";

const service = "ext-authz.foo.svc.cluster.local";
const http: ExtensionProvider = { name: "http", envoyExtAuthzHttp: { service, port: 8000 } };
const grpc: ExtensionProvider = { name: "grpc", envoyExtAuthzGrpc: { service, port: 9001 } };
const config = { extensionProviders: [http, grpc] };

function custom(name: string, provider: string, dryRun = false): AuthorizationPolicy {
  const annotations: Record<string, string> = dryRun ? { "istio.io/dry-run": "true" } : {};
  return ap(
    `foo/${name}`,
    { action: "CUSTOM", provider: { name: provider }, rules: [{}] },
    { annotations },
  );
}

function made(
  policies: readonly AuthorizationPolicy[],
  world: World = {},
  chain: "http" | "tcp" = "http",
): Filters {
  const mesh = meshOf({ config, ...world, policies });
  return authorizationFilters(policies, { chain, peer: "certificate" }, mesh).custom;
}

/** Filters as "ask PROVIDER RULES" or "deny RULES". */
function told({ filters }: Filters): readonly string[] {
  return filters.map((filter) => `${verb(filter)} ${rulesOf(filter)}`.trim());
}

function verb(filter: Filter): string {
  return filter.kind === "ext-authz" ? `ask ${filter.provider}` : "deny";
}

function rulesOf(filter: Filter): string {
  if (filter.kind === "jwt") return "";
  return (filter.rules ?? [])
    .map(({ name }) => name.replace(/ns\[foo\]-policy\[(\w+)\]-rule\[0\]/, "$1"))
    .join();
}

const bad = "-deny-due-to-bad-CUSTOM-action";

test.each<[string, readonly AuthorizationPolicy[], World, readonly string[]]>([
  ["a provider", [custom("p", "http")], {}, ["ask http istio-ext-authz-http-p"]],
  [
    "before 1.30 the name is not in the rules",
    [custom("p", "http")],
    { istio: "1.29.6" },
    ["ask http istio-ext-authz-p"],
  ],
  ["undeclared", [custom("p", "none")], {}, [`deny istio-ext-authz-none-p${bad}`]],
  ["without a name", [custom("p", "")], {}, [`deny istio-ext-authz-p${bad}`]],
  [
    "no mesh config to declare it",
    [custom("p", "none")],
    { config: {}, configLoaded: false },
    ["ask none istio-ext-authz-none-p"],
  ],
  [
    "several",
    [custom("p", "http"), custom("q", "grpc")],
    {},
    [`deny istio-ext-authz-grpc-q${bad}`, `deny istio-ext-authz-http-p${bad}`],
  ],
  [
    "several before 1.30",
    [custom("p", "http"), custom("q", "grpc")],
    { istio: "1.29.6" },
    [`deny istio-ext-authz-p${bad},istio-ext-authz-q${bad}`],
  ],
  [
    "several, allowed",
    [custom("p", "http"), custom("q", "grpc")],
    { features: { PILOT_ENABLE_MULTIPLE_CUSTOM_AUTHZ_PROVIDERS: "true" } },
    ["ask grpc istio-ext-authz-grpc-q", "ask http istio-ext-authz-http-p"],
  ],
  [
    "several, allowed where nothing knows the flag",
    [custom("p", "http"), custom("q", "grpc")],
    { istio: "1.29.6", features: { PILOT_ENABLE_MULTIPLE_CUSTOM_AUTHZ_PROVIDERS: "true" } },
    [`deny istio-ext-authz-p${bad},istio-ext-authz-q${bad}`],
  ],
  [
    "a dry run counts as a provider",
    [custom("p", "http"), custom("q", "grpc", true)],
    {},
    ["deny", `deny istio-ext-authz-http-p${bad}`],
  ],
  [
    "a dry run denies",
    [custom("p", "http"), custom("q", "http", true)],
    {},
    ["deny istio-ext-authz-http-q", "ask http istio-ext-authz-http-p"],
  ],
  [
    "a dry run before 1.30",
    [custom("p", "http"), custom("q", "http", true)],
    { istio: "1.29.6" },
    ["ask http istio-ext-authz-p"],
  ],
  ["a dry run of an unusable provider", [custom("q", "none", true)], {}, ["deny"]],
])("%s", (_, policies, world, expected) => {
  expect(told(made(policies, world))).toEqual(expected);
});

test("istiod before 1.30 panics over nothing but dry runs of an unusable provider", () => {
  const { refused } = made([custom("q", "none", true)], { istio: "1.29.6" });
  expect(refused).toMatchObject({ effect: "update-refused" });
});

describe("on TCP chains", () => {
  test("a gRPC provider is asked, an HTTP provider is not", () => {
    expect(told(made([custom("p", "grpc")], {}, "tcp"))).toEqual([
      "ask grpc istio-ext-authz-grpc-p",
    ]);
    const http = made([custom("p", "http")], {}, "tcp");
    expect(told(http)).toEqual([]);
    expect(http.notes).toMatchObject([{ because: "http-provider-on-tcp", effect: "wider" }]);
  });

  test("an undeclared provider denies", () => {
    expect(told(made([custom("p", "none")], {}, "tcp"))).toEqual([
      `deny istio-ext-authz-none-p${bad}`,
    ]);
  });
});

describe("a provider", () => {
  function usable(provider: Partial<ExtensionProvider>, world: World = {}): string {
    const name = provider.name ?? "x";
    const { notes } = made([custom("p", name)], {
      ...world,
      config: { extensionProviders: [{ name, ...provider }] },
    });
    return notes.map(({ because }) => because).join() || "usable";
  }
  const ofHttp = (changes: Partial<HttpAuthorizer>) => ({
    envoyExtAuthzHttp: { service, port: 8000, ...changes },
  });

  test.each<[string, Partial<ExtensionProvider>, string]>([
    ["fine", ofHttp({}), "usable"],
    ["of another kind", { prometheus: {} }, "no-provider"],
    ["port 0", ofHttp({ port: 0 }), "unusable-provider"],
    ["no service", ofHttp({ service: "" }), "unusable-provider"],
    ["a status", ofHttp({ statusOnError: "503" }), "usable"],
    ["a status that there is not", ofHttp({ statusOnError: "299" }), "unusable-provider"],
    ["a status in words", ofHttp({ statusOnError: "Forbidden" }), "unusable-provider"],
    ["a path prefix", ofHttp({ pathPrefix: "/check" }), "usable"],
    ["a path prefix without a slash", ofHttp({ pathPrefix: "check" }), "unusable-provider"],
    ["header patterns", ofHttp({ includeRequestHeadersInCheck: ["x-*"] }), "usable"],
    ["a lone star among headers", ofHttp({ headersToUpstreamOnAllow: ["*"] }), "unusable-provider"],
    ["an upper-case name", { ...ofHttp({}), name: "My-Authz" }, "unusable-provider"],
    ["a name of 63 characters", { ...ofHttp({}), name: "x".repeat(63) }, "usable"],
    ["a name of 64 characters", { ...ofHttp({}), name: "x".repeat(64) }, "unusable-provider"],
    ["a hyphen at the end", { ...ofHttp({}), name: "x-" }, "unusable-provider"],
  ])("%s: %j is %s", (_, provider, expected) => {
    expect(usable(provider)).toBe(expected);
  });

  test("could have any name before 1.30", () => {
    expect(usable({ ...ofHttp({}), name: "My_Authz" }, { istio: "1.29.6" })).toBe("usable");
  });

  test("whose service nobody loaded is taken to be there, unless the inventory is complete", () => {
    const lost = ofHttp({ service: "none.foo.svc.cluster.local" });
    expect(usable(lost)).toBe("usable");
    expect(usable(lost, { complete: true })).toBe("unusable-provider");
    expect(usable(ofHttp({ service: `foo/${service}` }), { complete: true })).toBe("usable");
    expect(usable(ofHttp({ service: `bar/${service}` }), { complete: true })).toBe(
      "unusable-provider",
    );
  });

  test("that is declared twice is what the later declaration says", () => {
    const extensionProviders = [http, { ...http, ...ofHttp({ failOpen: true }) }];
    const { filters } = made([custom("p", "http")], { config: { extensionProviders } });
    expect(filters).toMatchObject([{ kind: "ext-authz", failOpen: true }]);
  });

  test("is asked with what its declaration says", () => {
    const authorizer: HttpAuthorizer = {
      service,
      port: 8000,
      statusOnError: "503",
      includeRequestHeadersInCheck: ["X-A", "x-b-*"],
      headersToDownstreamOnDeny: ["set-cookie"],
      includeRequestBodyInCheck: { maxRequestBytes: 100 },
    };
    const extensionProviders = [{ name: "http", envoyExtAuthzHttp: authorizer }];
    const { filters } = made([custom("p", "http")], { config: { extensionProviders } });
    expect(filters).toMatchObject([
      {
        ...{
          provider: "http",
          protocol: "http",
          failOpen: false,
          statusOnError: 503,
          maxBody: 100,
        },
        seesHeaders: [
          { kind: "exact", text: "X-A", fold: true },
          { kind: "prefix", text: "x-b-", fold: true },
        ],
        upstreamHeaders: [],
        clientHeaders: [{ kind: "exact", text: "set-cookie" }],
      },
    ]);
  });

  test("over HTTP has its status ignored by Envoy 1.37", () => {
    const extensionProviders = [{ name: "http", ...ofHttp({ statusOnError: "503" }) }];
    const world = { config: { extensionProviders }, envoy: "1.37.0" };
    expect(made([custom("p", "http")], world).filters).toMatchObject([{ statusOnError: 403 }]);
  });

  test("is refused by Envoy for its settings, on a chain of bytes only for its timeout", () => {
    const refused = (settings: object, chain: "http" | "tcp"): boolean => {
      const authorizer = { service, port: 9001, ...settings };
      const extensionProviders = [{ name: "grpc", envoyExtAuthzGrpc: authorizer }];
      return (
        made([custom("p", "grpc")], { config: { extensionProviders } }, chain).refused !== undefined
      );
    };
    expect(refused({}, "http")).toBe(false);
    expect(refused({ statusOnError: "0" }, "http")).toBe(true);
    expect(refused({ statusOnError: "0" }, "tcp")).toBe(false);
    expect(refused({ timeout: "-1s" }, "http")).toBe(true);
    expect(refused({ timeout: "-1s" }, "tcp")).toBe(true);
  });
});
