import { describe, expect, test } from "vitest";
import { type BehaviourName, behaviours } from "../src/release/behaviours.ts";
import { behaves, knownReleases, resolveRelease } from "../src/release.ts";

function shows(name: BehaviourName, istio: string, envoy?: string): boolean | string {
  const release = resolveRelease(istio, envoy);
  return "unknown" in release ? "unknown" : behaves(release, name);
}

test.each([
  ["1.31", "1.31.0", "1.39.3"],
  ["1.30", "1.30.3", "1.38.3"],
  ["1.30.1", "1.30.1", "1.38.3"],
  ["v1.28.6", "1.28.6", "1.36.5"],
  ["1.28.5-distroless", "1.28.5", "1.36.4"],
  ["1.32-dev", "1.32.0-dev", "1.40.0"],
])("%s is Istio %s with Envoy %s", (text, istio, envoy) => {
  expect(resolveRelease(text)).toEqual({ istio, envoy, stated: true });
});

test("without a release, the newest released one is assumed", () => {
  expect(resolveRelease(undefined)).toEqual({ istio: "1.31.0", envoy: "1.39.3", stated: false });
});

test("an Envoy version can be stated apart", () => {
  expect(resolveRelease("1.29.2", "1.37.0")).toMatchObject({ istio: "1.29.2", envoy: "1.37.0" });
});

test.each(["1.26", "1.30.99", "2.0", "latest", "", "1", "1.x", "1.33"])(
  "%j is unknown, and the known ones are listed",
  (text) => {
    expect(resolveRelease(text)).toEqual({ unknown: text, known: knownReleases });
  },
);

test("an Envoy version that is none is unknown", () => {
  expect(resolveRelease("1.31", "newest")).toMatchObject({ unknown: "Envoy newest" });
});

test.each(knownReleases)("the known release %s resolves", (text) => {
  expect(resolveRelease(text)).not.toHaveProperty("unknown");
});

/** What was seen by running the releases. */
test.each<[BehaviourName, string, string]>([
  [
    "literal-service-accounts",
    "1.27.9 1.28.10 1.29.2 1.30.0 1.31 1.32-dev",
    "1.27.8 1.28.0 1.28.5 1.29.1",
  ],
  ["literal-namespaces", "1.28.10 1.28.7 1.29.3 1.30.0 1.31 1.32-dev", "1.27.9 1.28.0 1.29.2"],
  ["space-delimited-claims", "1.28.0 1.31", "1.27.9"],
  ["private-jwks-fallback", "1.27.9 1.28.10 1.29.2 1.30.0", "1.28.0 1.29.0"],
  ["provider-in-rule-name", "1.30.0 1.31", "1.29.6"],
  ["provider-name-syntax", "1.30.0 1.31", "1.29.6"],
  ["several-custom-providers", "1.30.0 1.31", "1.29.6"],
  ["dry-run-custom-denies", "1.30.0 1.31", "1.29.6"],
  ["trust-domains", "1.30.2 1.30.3 1.31 1.32-dev", "1.30.0 1.30.1 1.29.6"],
  ["trust-domain-key", "1.30.0 1.31", "1.29.6"],
  ["strict-gateway-merging", "1.31", "1.30.3"],
  ["private-key-warning", "1.30.3 1.31", "1.30.2 1.29.6"],
  ["connection-settings", "1.31 1.32-dev", "1.30.3"],
  ["dynamic-dns-outbound-rbac", "1.30.0", "1.29.6"],
  ["ambient-dry-run", "1.29.0", "1.28.10"],
  ["subset-tls-fallback", "1.31", "1.30.3"],
  ["presence-field", "1.32-dev", "1.31"],
])("%s: istiod of %s, and not of %s", (name, those, others) => {
  for (const istio of those.split(" ")) expect([istio, shows(name, istio)]).toEqual([istio, true]);
  for (const istio of others.split(" "))
    expect([istio, shows(name, istio)]).toEqual([istio, false]);
});

test.each<[BehaviourName, string, string]>([
  ["header-lines-each", "1.38.3 1.39.3 1.40.0 1.37.1 1.36.5", "1.36.4 1.37.0"],
  ["dot-segment-parameters", "1.39.1 1.39.3 1.40.0", "1.39.0 1.38.3"],
  ["latin1-expressions", "1.39.1 1.39.3 1.40.0", "1.39.0 1.38.3"],
  ["unknown-methods-are-http", "1.39.0 1.40.0", "1.38.3"],
  ["m-search-unknown", "1.38.2 1.38.3", "1.37.0 1.39.0 1.40.0"],
  ["query-method", "1.40.0", "1.39.3"],
  ["output-headers-removed-first", "1.40.0", "1.39.3"],
  ["pss-salt-length", "1.38.3", "1.37.0"],
  ["http-authorizer-error-403", "1.37.0", "1.36.4 1.38.3"],
])("%s: Envoy %s, and not %s", (name, those, others) => {
  for (const envoy of those.split(" "))
    expect([envoy, shows(name, "1.31", envoy)]).toEqual([envoy, true]);
  for (const envoy of others.split(" "))
    expect([envoy, shows(name, "1.31", envoy)]).toEqual([envoy, false]);
});

describe("every row", () => {
  test.each(Object.entries(behaviours))(
    "%s says what it is about and where that comes from",
    (_, row) => {
      expect(row.what.length).toBeGreaterThan(20);
      expect(row.source).toMatch(/^(istio\/istio|envoy):/);
      expect(row.evidence).not.toBe("");
    },
  );
});
