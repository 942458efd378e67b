import { expect, test } from "vitest";
import { crdPatterns } from "../src/admit/crd-patterns.ts";
import { crdRules } from "../src/admit/crd-rules.ts";
import { judge, webhookRemarks } from "../src/admit/judge.ts";
import { brokenRules, isAsWanted, isOpenAt, schemaErrors } from "../src/admit/structural-check.ts";
import { compileSchema, type SchemaNode } from "../src/admit/structural-schema.ts";
import { loadMesh } from "../src/load.ts";
import { networkingSchemas } from "../src/parse/generated/networking-schemas.ts";
import { withoutNulls } from "../src/parse/nulls.ts";
import type { Fields } from "../src/parse/objects.ts";
import { behaviours } from "../src/release/behaviours.ts";
import { resolveRelease } from "../src/release.ts";
import { type Pick, random } from "./drawn-rules.ts";
import { recorded } from "./recorded.ts";

interface Line {
  readonly object: Fields & { readonly kind: string };
  readonly strict: boolean; // whether the API server took it from a strict client
  readonly lenient: boolean; // and from a lenient one
  readonly webhook?: string | null; // what istiod's webhook says of what was stored then
}

function releaseOf(text: string) {
  const release = resolveRelease(text);
  if ("unknown" in release) throw new Error(`no release ${text}`);
  return release;
}

const release = releaseOf("1.31");
const lines = recorded<Line>("networking-admission.jsonl");

test.each(
  lines.map((line, index) => [index, line.object.kind, line.webhook ?? "nothing", line] as const),
)("%i, a %s: as the API server and the webhook answered: %s", (_index, kind, _said, line) => {
  const { unknown, crd, webhook, stored } = judge(kind, line.object, release);
  expect([crd.length + unknown.length === 0, crd.length === 0]).toEqual([
    line.strict,
    line.lenient,
  ]);
  if (line.webhook === undefined) return;
  expect(webhookRemarks(kind, stored, release).length > 0).toBe(line.webhook !== null);
  expect(webhook.length > 0).toBe(line.webhook !== null);
});

test("every rule and every behaviour that the schemas name is known", () => {
  const texts = JSON.stringify(networkingSchemas());
  const rules: string[] = [];
  JSON.parse(texts, (key, value) => {
    if (key === "rule") rules.push(String(value));
    return value;
  });
  const patterns: string[] = [];
  JSON.parse(texts, (key, value) => {
    if (key === "pattern" && typeof value === "string") patterns.push(value);
    return value;
  });
  expect(patterns.filter((pattern) => !crdPatterns.has(pattern))).toEqual([]);
  const since = [...texts.matchAll(/networking-fields-[\d.]+/g)].map(([name]) => name);
  expect(new Set(rules).size).toBeGreaterThan(15);
  expect(rules.filter((rule) => !crdRules.has(rule))).toEqual([]);
  expect(since.filter((name) => !Object.hasOwn(behaviours, name))).toEqual([]);
});

/** A part of an object somewhere, exchanged for something else. */
function changed(value: unknown, pick: Pick): unknown {
  const odd = [null, 0, "", "x", [], {}, true, 1.5, -1, 99_999_999_999, { foo: 1 }, ["a", "a"]];
  if (typeof value !== "object" || value === null || pick(5) === 0) return odd[pick(odd.length)];
  const keys = Object.keys(value);
  const key = keys[pick(Math.max(keys.length, 1))];
  if (key === undefined) return { nmae: 1 };
  const part = changed(Object.entries(value).find(([name]) => name === key)?.[1], pick);
  if (Array.isArray(value))
    return value.map((item: unknown, index) => (String(index) === key ? part : item));
  return { ...value, [key]: part };
}

/** A field that is null, where it is not open to anything. */
function drops(node: SchemaNode, spec: unknown): boolean {
  return withoutNulls(spec, [], (path) => isOpenAt(node, path)).dropped.length > 0;
}

test("one look takes exactly what a close look has nothing to say about", () => {
  const pick = random(7);
  const specs = lines.flatMap(({ object }) =>
    [object["spec"], ...Array.from({ length: 12 }, () => changed(object["spec"], pick))].map(
      (spec) => ({ kind: object.kind, spec }),
    ),
  );
  const taken = { yes: 0, no: 0 };
  for (const { kind, spec } of specs) {
    const node = compileSchema(networkingSchemas(), kind, release);
    const errors = schemaErrors(node, spec);
    const close =
      errors.length === 0 && brokenRules(node, spec, []).length === 0 && !drops(node, spec);
    taken[close ? "yes" : "no"] += 1;
    expect([spec, isAsWanted(node, spec)]).toEqual([spec, close]);
  }
  expect(Math.min(taken.yes, taken.no)).toBeGreaterThan(500);
});

function codesOf(istio: string, kind: string, spec: object, labels = {}): readonly string[] {
  const metadata = { name: "a", namespace: "shop", labels };
  const text = JSON.stringify({ apiVersion: "networking.istio.io/v1", kind, metadata, spec });
  const { findings } = loadMesh({ files: [{ path: "a.json", text }], istio, allowEmpty: true });
  return findings.map(({ code, message, hint }) => `${code}: ${message} (${hint})`);
}

const tls = { mode: "PASSTHROUGH", caCertCredentialName: "ca" };
const server = { port: { number: 443, name: "a", protocol: "TLS" }, hosts: ["*"], tls };
const wildcard = { hosts: ["*.example.com"], resolution: "DYNAMIC_DNS" };
const port = (protocol: string): object => ({ ports: [{ number: 80, name: "a", protocol }] });

test.each([
  ["Gateway", { servers: [server] }, "1.28", "1.27"],
  ["ServiceEntry", { ...wildcard, ...port("HTTP") }, "1.28", "1.27"],
  ["ServiceEntry", { ...wildcard, ...port("TLS") }, "1.29", "1.28"],
  ["ServiceEntry", { ...wildcard, ...port("GRPC") }, "1.30", "1.29"],
  ["ServiceEntry", { ...wildcard, ...port("HTTP"), location: "MESH_INTERNAL" }, "1.30", "1.29"],
  ["Sidecar", { egress: [{ hosts: ["~shop/*", "*/*"] }] }, "1.31", "1.30"],
  [
    "DestinationRule",
    { host: "a", trafficPolicy: { loadBalancer: { warmup: { duration: "5s", aggression: 0.5 } } } },
    "1.31",
    "1.30",
  ],
  [
    "Gateway",
    { servers: [{ ...server, tls: { mode: "PASSTHROUGH", ecdhCurves: ["X25519"] } }] },
    "1.32-dev",
    "1.31",
  ],
])("a %s as %j is taken since Istio %s, not by %s", (kind, spec, since, before) => {
  expect(codesOf(since, kind, spec)).toEqual([]);
  expect(codesOf(before, kind, spec)).toHaveLength(1);
});

test("of a field of a newer release the release is told that brought it", () => {
  expect(codesOf("1.27", "Gateway", { servers: [server] })).toEqual([
    "schema/unknown-field: unknown field `caCertCredentialName` in Istio 1.27.9 (Istio 1.28 brought it)",
  ]);
});

test("DYNAMIC_DNS inside the mesh is for ServiceEntries without a waypoint", () => {
  const spec = { ...wildcard, ...port("HTTP"), location: "MESH_INTERNAL" };
  expect(codesOf("1.31", "ServiceEntry", spec, { "istio.io/use-waypoint": "none" })).toEqual([]);
  expect(codesOf("1.31", "ServiceEntry", spec, { "istio.io/use-waypoint": "w" })).toHaveLength(1);
});

test("a Gateway of the Gateway API is none of Istio's", () => {
  const text = JSON.stringify({
    apiVersion: "gateway.networking.k8s.io/v1",
    kind: "Gateway",
    metadata: { name: "a.b", namespace: "shop" },
    spec: { gatewayClassName: "istio", listeners: [] },
  });
  const { findings } = loadMesh({ files: [{ path: "a.json", text }], allowEmpty: true });
  expect(findings).toEqual([]);
});

test.each(["ServiceEntry", "WorkloadEntry"])("a %s without a spec is refused", (kind) => {
  const metadata = { name: "a", namespace: "shop" };
  const text = JSON.stringify({ apiVersion: "networking.istio.io/v1", kind, metadata });
  const { findings } = loadMesh({ files: [{ path: "a.json", text }], allowEmpty: true });
  expect(findings.map(({ code }) => code)).toContain("schema/missing-field");
});

test("what a lenient client stores is kept, without what is unknown", () => {
  const spec = { hosts: ["a.example.com"], resolution: "DNS", portz: [] };
  const metadata = { name: "a", namespace: "shop" };
  const object = { apiVersion: "networking.istio.io/v1", kind: "ServiceEntry", metadata, spec };
  const files = [{ path: "a.json", text: JSON.stringify(object) }];
  const load = (admission: "enforce" | "prune" | "bypass") => {
    const { mesh, findings } = loadMesh({ files, admission, allowEmpty: true });
    return [findings.map(({ severity }) => severity), mesh.inventory.others[0]?.body["spec"]];
  };
  expect(load("enforce")).toEqual([["error"], undefined]);
  expect(load("prune")).toEqual([["warning"], { hosts: ["a.example.com"], resolution: "DNS" }]);
  expect(load("bypass")).toEqual([[], spec]);
});

test.each([
  ["", 1],
  ["YQ==", 0],
  ["YWJj", 0],
  ["YW", 1],
  ["a b=", 1],
])("%j as bytes of a body", (bytes, faults) => {
  const directResponse = { status: 200, body: { bytes } };
  const spec = { hosts: ["a"], http: [{ directResponse }] };
  expect(codesOf("1.31", "VirtualService", spec)).toHaveLength(faults);
});

test.each([
  [{ kind: "Gateway", name: "a", group: "a/v1" }, "`a/v1` cannot be a group"],
  [{ kind: "Gate way", name: "a" }, "`Gate way` cannot be a kind"],
])("%j: what a pattern wants is told in words", (target, wanted) => {
  const filter = judge("EnvoyFilter", { spec: { targetRefs: [target] } }, release);
  const policy = judge("AuthorizationPolicy", { spec: { targetRefs: [target] } }, release);
  const texts = [...filter.crd, ...policy.crd].map(({ message }) => message);
  expect(texts).toEqual([wanted, wanted]);
});

test("bounds are told in words, of whichever schema", () => {
  const texts = (kind: string, spec: object): readonly string[] =>
    judge(kind, { spec }, release).crd.map(({ message }) => message);
  const target = { kind: "Gateway", name: "" };
  expect(texts("AuthorizationPolicy", { targetRefs: [target] })).toEqual(["`name` is empty"]);
  expect(texts("EnvoyFilter", { targetRefs: [target] })).toEqual(["`name` is empty"]);
  const many = { targetRefs: Array.from({ length: 17 }, () => ({ ...target, name: "a" })) };
  const wanted = ["`targetRefs` must have at most 16 items"];
  expect(texts("AuthorizationPolicy", many)).toEqual(wanted);
  expect(texts("EnvoyFilter", many)).toEqual(wanted);
  expect(texts("ProxyConfig", { concurrency: -1 })).toEqual(["`concurrency` must be at least 0"]);
});
