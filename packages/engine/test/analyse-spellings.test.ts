import { expect, test } from "vitest";
import type { Proof } from "../src/analyse/api.ts";
import { diffMeshes } from "../src/analyse/diff.ts";
import { prove } from "../src/analyse/prove.ts";
import { loadMesh } from "../src/load.ts";
import type { Mesh } from "../src/model/mesh.ts";

function mesh(spec: string, istio: string, normalization?: string): Mesh {
  const config =
    normalization === undefined
      ? ""
      : `
---
apiVersion: v1
kind: ConfigMap
metadata: {name: istio, namespace: istio-system}
data: {mesh: "pathNormalization: {normalization: ${normalization}}"}
`;
  const text = `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: p, namespace: shop}
spec: ${spec}
${config}`;
  return loadMesh({ files: [{ path: "p.yaml", text }], istio }).mesh;
}

function changes(before: Mesh, after: Mesh): readonly (readonly [string, string])[] {
  const { diffs } = diffMeshes(before, after);
  return diffs.flatMap((diff) =>
    diff.changes.flatMap(({ kind, regions }) => regions.map(({ text }) => [kind, text] as const)),
  );
}

const publicOnly = `{rules: [{to: [{operation: {paths: ["/public/*"]}}]}]}`;
const noAdmin = `{action: DENY, rules: [{to: [{operation: {paths: ["/admin/*"], ports: ["80"]}}]}]}`;
const noGuests = `{action: DENY, rules: [{when: [{key: "request.headers[x-role]", values: [guest]}]}]}`;

test("segments that only one release takes for dot segments lead elsewhere", () => {
  expect(changes(mesh(publicOnly, "1.30.3"), mesh(publicOnly, "1.31.0"))).toEqual([
    ["newly-allowed", "path has a segment such as ..;x"],
    ["newly-denied", "path has a segment such as ..;x"],
  ]);
  expect(changes(mesh(noAdmin, "1.30.3"), mesh(noAdmin, "1.31.0"))).toEqual([
    ["newly-allowed", "path has a segment such as ..;x"],
    ["newly-denied", "path has a segment such as ..;x"],
  ]);
});

test("a header that is sent twice went around a DENY in releases that joined its lines", () => {
  expect(changes(mesh(noGuests, "1.28.5"), mesh(noGuests, "1.28.6"))).toEqual([
    ["newly-denied", "a header is sent twice"],
  ]);
});

test("and opens a DENY for all that have not one value, which is looked at where the rest of the rule holds", () => {
  const noStrangers = `{action: DENY, rules: [{to: [{operation: {hosts: [a.example], paths: [/x], ports: ["80"]}}], when: [{key: "request.headers[x-token]", notValues: [reader]}]}]}`;
  expect(changes(mesh(noStrangers, "1.28.5"), mesh(noStrangers, "1.28.6"))).toEqual([
    ["newly-allowed", "a header is sent twice"],
  ]);
});

test("neighbouring releases that read requests alike do not differ", () => {
  for (const spec of [publicOnly, noAdmin, noGuests])
    expect(changes(mesh(spec, "1.30.2"), mesh(spec, "1.30.3"))).toEqual([]);
});

test("another normalisation of paths is tried, and what is not tried is undecided", () => {
  const before = mesh(noAdmin, "1.31", "NONE");
  const after = mesh(noAdmin, "1.31", "MERGE_SLASHES");
  expect(changes(before, after)).toEqual([
    ["newly-allowed", "path has dot segments"],
    ["newly-denied", "path has dot segments"],
    ["newly-denied", "path has doubled slashes"],
  ]);
  expect(diffMeshes(before, after).diffs[0]?.undecided).toHaveLength(1);
});

test("what is to be as it was is asked about such requests, too, or says that it is not", () => {
  const before = mesh(noGuests, "1.28.5");
  const after = mesh(noGuests, "1.28.6");
  const get = { protocol: "http", to: [{ operation: { methods: ["GET"] } }] } as const;
  const ofRoles = { when: [{ key: "request.headers[x-role]", values: ["guest"] }] };
  const [same, wider, back, narrowed, ofHeaders] = [
    ...prove(after, [
      { name: "same", expect: { "same-as": before } },
      { name: "wider", expect: { "no-wider-than": before } },
    ]),
    ...prove(before, [
      { name: "back", expect: { "no-wider-than": after } },
      { name: "narrowed", requests: get, expect: { "no-wider-than": after } },
      { name: "of headers", requests: ofRoles, expect: { "no-wider-than": after } },
    ]),
  ];
  const texts = (proof: Proof | undefined): unknown =>
    proof?.violations.flatMap(({ regions }) => regions.map(({ text }) => text));
  expect(texts(same)).toEqual(["a header is sent twice"]);
  expect(texts(back)).toEqual(["a header is sent twice"]);
  expect(texts(narrowed)).toEqual(["a header is sent twice"]);
  const once = "each header is sent once: the two sides look at several lines of one differently";
  for (const proof of [wider, ofHeaders]) {
    expect(proof?.result).toBe("holds");
    expect(proof?.assumptions).toContain(once);
  }
});

test("where the budget ends before such requests are made, nothing is said of them", () => {
  const before = mesh(publicOnly, "1.30.3");
  const after = mesh(publicOnly, "1.31.0");
  for (const budget of [{ states: 3 }, { nodes: 5 }]) {
    const { result, diffs } = diffMeshes(before, after, { budget });
    expect([result, diffs[0]?.undecided[0]?.because]).toEqual(["undecided", "budget"]);
    const [proof] = prove(after, [{ name: "same", expect: { "same-as": before } }], { budget });
    expect(proof?.result).toBe("undecided");
  }
});
