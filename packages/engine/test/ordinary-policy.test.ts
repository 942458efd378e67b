import { expect, test } from "vitest";
import { admit } from "../src/admit/admit.ts";
import { meshOf, type Surroundings } from "../src/kubernetes/assemble.ts";
import type { Release } from "../src/model/mesh.ts";
import { ordinaryOf } from "../src/parse/collect.ts";
import { decodeAuthorizationPolicy } from "../src/parse/decode-policy.ts";
import { parseDocuments } from "../src/parse/document.ts";
import { describe } from "../src/parse/metadata.ts";
import { type Fields, isFields, objectOf, type ParsedObject } from "../src/parse/objects.ts";
import { isOrdinaryPolicy } from "../src/parse/ordinary-policy.ts";
import { shapeFaults } from "../src/parse/shape.ts";
import { unrenderedParts } from "../src/parse/unrendered.ts";
import { knownReleases, resolveRelease } from "../src/release.ts";
import { list, type Pick, random } from "./drawn-rules.ts";

/** Values that are fine, and values that somebody has something to say about. */
const texts: readonly unknown[] = [
  ...["GET", "/a/*", "*", "a.b", "10.0.0.0/8", "8080", "a", "cluster.local/ns/a/sa/b", "i/s"],
  ...["", "010.0.0.1", "10.0.0.0/33", "http", "65536", "{{ .a }}", "<A>", "$(A)", "/a/{*}", "a*b"],
  ...[8080, true, null, [], {}],
];
const sources = ["principals", "notPrincipals", "namespaces", "ipBlocks", "notRemoteIpBlocks"];
const strangeSources = ["requestPrincipals", "serviceAccounts", "trustDomains", "principal"];
const operations = ["methods", "paths", "notHosts", "ports", "notPorts", "path"];
const keys = [
  ...["request.headers[x-a]", "request.auth.claims[iss]", "source.ip", "destination.port"],
  ...["request.headers[]", "request.header[a]", ""],
];

function one<Item>(pick: Pick, items: readonly Item[]): Item | undefined {
  return items[pick(items.length)];
}

function only(there: boolean, make: () => Fields): Fields {
  return there ? make() : {};
}

/** Mostly fine, so that a good part of what is drawn is fine as a whole. */
function drawPolicy(pick: Pick): Fields {
  const rarely = (): boolean => pick(40) === 0;
  const value = (good: number): unknown =>
    rarely() ? one(pick, texts) : one(pick, texts.slice(0, good));
  const values = (name: string): unknown => {
    if (rarely()) return one(pick, texts);
    const fitting = { ipBlocks: "10.0.0.0/8", notRemoteIpBlocks: "2001:db8::/32", ports: "8080" };
    const fixed = Object.entries({ ...fitting, notPorts: "1" }).find(([key]) => key === name)?.[1];
    return list(rarely() ? 0 : 1 + pick(2), () =>
      fixed === undefined || rarely() ? value(9) : fixed,
    );
  };
  const fields = (names: readonly string[], most: number): Fields =>
    Object.fromEntries(
      list(rarely() ? 0 : 1 + pick(most), () => one(pick, names) ?? "").map((name) => [
        name,
        values(name),
      ]),
    );
  const some = (make: () => unknown): unknown =>
    rarely()
      ? one(pick, texts)
      : list(rarely() ? 0 : 1 + pick(2), () => (rarely() ? null : make()));
  const rule = (): Fields => ({
    ...only(pick(3) > 0, () => ({
      from: some(() => ({ source: fields(rarely() ? strangeSources : sources, 2) })),
    })),
    ...only(pick(3) > 0, () => ({
      to: some(() => ({ operation: fields(operations.slice(0, rarely() ? 6 : 5), 3) })),
    })),
    ...only(pick(4) === 0, () => ({
      when: some(() => ({
        key: one(pick, rarely() ? keys : keys.slice(0, 2)),
        ...fields(["values", "notValues"], 1),
      })),
    })),
    ...only(rarely(), () => ({ form: [] })),
  });
  return {
    apiVersion: rarely() ? "security.istio.io/v2" : "security.istio.io/v1",
    kind: "AuthorizationPolicy",
    metadata: {
      name: rarely() ? "A_b" : "a",
      ...only(pick(2) === 0, () => ({ namespace: rarely() ? "" : "shop" })),
      ...only(pick(3) === 0, () => ({
        labels: { [rarely() ? "a//b" : "app.kubernetes.io/name"]: value(1) },
      })),
      ...only(pick(3) === 0, () => ({ uid: "x-1", creationTimestamp: "2026-01-01T00:00:00Z" })),
      ...only(rarely(), () => ({
        [one(pick, ["uid", "creationTimestamp", "generation", "managedFields", "selfLink"]) ?? ""]:
          one(pick, [1, "1", "2026-02-31T00:00:00Z", ["a"], [{}], {}, null]),
      })),
      ...only(pick(3) === 0, () => ({ annotations: annotations(pick, rarely) })),
      ...only(pick(4) === 0, () => ({
        managedFields: [{ fieldsV1: { "f:spec": { [rarely() ? "$patch" : "."]: value(9) } } }],
        generation: 1,
        ownerReferences: [{ kind: "Application", name: "shop" }],
      })),
      ...only(rarely(), () => ({ anotations: {} })),
    },
    spec: {
      ...only(pick(2) === 0, () => ({
        selector: { matchLabels: { app: rarely() ? "*" : "orders" } },
      })),
      ...only(rarely(), () => ({ selector: {} })),
      ...only(pick(3) > 0, () => ({
        action: one(pick, ["ALLOW", "DENY", "AUDIT", ...(rarely() ? ["CUSTOM"] : [])]),
      })),
      ...(rarely() ? {} : { rules: some(rule) }),
    },
    ...only(pick(4) === 0, () => ({
      status: pick(2) === 0 ? {} : { conditions: [{ type: "Ready", status: value(9) }] },
    })),
  };
}

function annotations(pick: Pick, rarely: () => boolean): Fields {
  const strange = ["istio.io/dry-run", "internal.istio.io/parents", "a//b", "$patch"];
  return {
    "kubectl.kubernetes.io/last-applied-configuration": rarely() ? 5 : '{"apiVersion":"<v>"}\n',
    ...only(rarely(), () => ({ [one(pick, strange) ?? ""]: one(pick, ["true", "maybe", 1, ""]) })),
  };
}

const releases = knownReleases.flatMap((name) => {
  const release = resolveRelease(name);
  return "unknown" in release ? [] : [release];
});

function objectIn(text: string): ParsedObject {
  const [document] = parseDocuments({ path: "a", text }).documents;
  const { object } = document ? objectOf(document) : {};
  if (!object) throw new TypeError("no object");
  return object;
}

/** A policy as it comes into a mesh where it is decoded. */
function decoded(object: ParsedObject, namespace: string | undefined, release: Release): unknown {
  const { value, assumed } = describe(object, namespace);
  if (!value) throw new TypeError("no name");
  const [policy] = meshOf([value], surroundings(release)).authorizationPolicies;
  return { policy, ...(assumed ? { assumed } : {}) };
}

function surroundings(release: Release): Surroundings {
  const nothing = { features: {}, config: {}, configLoaded: false, workloads: [] };
  return { ...nothing, release, locate: () => undefined };
}

test("nobody has anything to say of a policy that is called ordinary, and decoding changes nothing of it", () => {
  let ordinary = 0;
  const pick = random(5);
  for (let count = 0; count < 6000; count += 1) {
    const fields = drawPolicy(pick);
    if (!isOrdinaryPolicy(fields)) continue;
    ordinary += 1;
    const object = objectIn(JSON.stringify(fields));
    const release = releases[count % releases.length];
    if (!release) throw new TypeError("no release");
    for (const admission of ["enforce", "prune"] as const)
      expect([fields, admit(object, { admission, release })]).toEqual([
        fields,
        { fields, findings: [] },
      ]);
    expect(shapeFaults(object)).toEqual([]);
    expect(unrenderedParts(object)).toEqual([]);
    expect(isFields(fields.spec) && decodeAuthorizationPolicy(fields.spec)).toEqual(fields.spec);
    const namespace = one(pick, ["shop", undefined]);
    const stated = namespace === undefined ? {} : { namespace };
    const taken = ordinaryOf(fields, { path: "a", text: "" }, 0, stated);
    const { policy, assumed } = taken ?? {};
    expect({ policy, ...(assumed ? { assumed } : {}) }).toEqual(
      decoded(object, namespace, release),
    );
  }
  expect(ordinary).toBeGreaterThan(1000);
});
