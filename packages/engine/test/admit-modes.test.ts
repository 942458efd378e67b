import { describe, expect, test } from "vitest";
import type { LoadOptions } from "../src/load/options.ts";
import { type Loaded, loadMesh } from "../src/load.ts";

type Options = Omit<LoadOptions, "files">;

function load(kind: string, spec: string, options: Options = {}, metadata = ""): Loaded {
  const text = `apiVersion: security.istio.io/v1\nkind: ${kind}\nmetadata: { name: p, namespace: shop${metadata} }\n${spec === "" ? "" : `spec: ${spec}\n`}`;
  return loadMesh({ files: [{ path: "p.yaml", text }], allowEmpty: true, ...options });
}

const said = ({ findings }: Loaded): readonly string[] =>
  findings.map(({ code, severity }) => `${severity} ${code}`);

describe("a misspelled field", () => {
  const spec =
    "{ action: DENY, rules: [{ from: [{ source: { principal: [a], namespaces: [b] } }] }] }";

  test("is an error to a strict client, who reads what a lenient one would get", () => {
    const loaded = load("AuthorizationPolicy", spec);
    expect(loaded.mesh.authorizationPolicies).toEqual([]);
    expect(said(loaded)).toEqual(["error schema/unknown-field"]);
    expect(loaded.findings[0]?.related?.map(({ message }) => message)).toEqual([
      'a lenient client stores `source: {"namespaces":["b"]}`, which is accepted',
    ]);
  });

  test("leaves the policy out with a warning where that is asked for", () => {
    const loaded = load("AuthorizationPolicy", spec, { admission: "skip" });
    expect(loaded.mesh.authorizationPolicies).toEqual([]);
    expect(said(loaded)).toEqual(["warning schema/unknown-field"]);
  });

  test("is pruned for a lenient client, and the rest is what counts", () => {
    const loaded = load("AuthorizationPolicy", spec, { admission: "prune" });
    const [policy] = loaded.mesh.authorizationPolicies;
    expect(policy?.spec.rules).toEqual([{ from: [{ source: { namespaces: ["b"] } }] }]);
    expect(said(loaded)).toEqual(["warning schema/unknown-field"]);
  });

  test("says nothing where admission is passed by", () => {
    const loaded = load("AuthorizationPolicy", spec, { admission: "bypass" });
    expect([loaded.mesh.authorizationPolicies.length, said(loaded)]).toEqual([1, []]);
  });
});

test("what is left of a policy may be refused by the webhook, and the reader is told", () => {
  const spec = "{ rules: [{ from: [{ source: { principal: [a] } }] }] }";
  const [finding] = load("AuthorizationPolicy", spec).findings;
  expect(finding?.related?.[0]?.message).toBe(
    "a lenient client stores `source: {}`, which istiod's webhook refuses: an empty `source`",
  );
  expect(said(load("AuthorizationPolicy", spec, { admission: "prune" }))).toEqual([
    "error webhook/empty-source",
    "warning schema/unknown-field",
  ]);
});

test("the webhook is not asked about what the CRD refuses", () => {
  const spec = "{ action: deny, rules: [{ from: [{ source: {} }] }] }";
  expect(said(load("AuthorizationPolicy", spec))).toEqual(["error schema/wrong-value"]);
});

test("the CRD's rules are not checked where a value has the wrong type, and are where it is too short", () => {
  const two = "selector: { matchLabels: { app: a } }, targetRefs: [{ kind: Gateway, name: ";
  expect(said(load("AuthorizationPolicy", `{ ${two}1 }] }`))).toEqual(["error schema/wrong-type"]);
  expect(said(load("AuthorizationPolicy", `{ ${two}"" }] }`))).toEqual([
    "error schema/two-attachments",
    "error schema/out-of-bounds",
  ]);
});

test("a warning of the webhook does not keep a policy out", () => {
  const loaded = load("AuthorizationPolicy", "{ selector: {}, rules: [{}] }");
  expect(said(loaded)).toEqual(["warning webhook/selector-without-labels"]);
  expect(loaded.mesh.authorizationPolicies.length).toBe(1);
});

test.each([
  ["no spec", ""],
  ["an empty spec", "{}"],
  ["a spec that holds nothing", "null"],
])("%s is a policy that allows nothing", (_, spec) => {
  const { mesh, findings } = load("AuthorizationPolicy", spec);
  expect(mesh.authorizationPolicies.map((policy) => policy.spec)).toEqual([{}]);
  expect(findings.filter(({ severity }) => severity === "error")).toEqual([]);
});

test("a null in a mapping is dropped, and what the mapping then is, is judged", () => {
  const ports = "{ selector: { matchLabels: { app: a } }, portLevelMtls: { 8080: null } }";
  expect(said(load("PeerAuthentication", ports))).toEqual([
    "error schema/out-of-bounds",
    "warning schema/empty-field",
  ]);
});

const trust = "{ rules: [{ from: [{ source: { trustDomains: [td], namespaces: [a] } }] }] }";
const spaces = "{ jwtRules: [{ issuer: a, spaceDelimitedClaims: [scp] }] }";
const presence = "{ jwtRules: [{ issuer: a, presence: REQUIRED }] }";

test.each([
  ["trustDomains", "AuthorizationPolicy", trust, "1.29", "1.30.0"],
  ["spaceDelimitedClaims", "RequestAuthentication", spaces, "1.27", "1.28.0"],
  ["presence", "RequestAuthentication", presence, "1.31", "1.32-dev"],
])("the CRD has %s from one release on", (_, kind, spec, before, since) => {
  expect(said(load(kind, spec, { istio: before }))).toEqual(["error schema/unknown-field"]);
  expect(said(load(kind, spec, { istio: since }))).toEqual([]);
  const pruned = load(kind, spec, { istio: before, admission: "prune" });
  expect(pruned.counts.policies).toBe(1);
  expect(JSON.stringify(pruned.mesh.authorizationPolicies)).not.toContain("trustDomains");
  expect(JSON.stringify(pruned.mesh.requestAuthentications)).not.toContain("spaceDelimited");
});

test("a key that only later releases know is refused by the webhook", () => {
  const spec = "{ rules: [{ when: [{ key: source.trustDomain, values: [td] }] }] }";
  const codes = (istio: string): unknown => said(load("AuthorizationPolicy", spec, { istio }));
  expect(codes("1.29")).toEqual(["error webhook/unknown-attribute"]);
  expect(codes("1.30.0")).toEqual([]);
});

test("an empty `from` is said to match any source", () => {
  const [finding] = load("AuthorizationPolicy", "{ rules: [{ from: null }] }").findings;
  expect(finding?.hint).toBe("any source matches then: write it out, or remove it");
});
