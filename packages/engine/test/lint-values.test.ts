import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { lintMesh } from "../src/lint/lint.ts";
import { valueAtPlace, valuesOf } from "../src/lint/values.ts";
import { loadMesh } from "../src/load.ts";
import type { Mesh } from "../src/model/mesh.ts";
import { keyText, type Place } from "../src/model/place.ts";

const folder = join(import.meta.dirname, "lint");
const names = readdirSync(folder).filter((name) => name.endsWith(".yaml"));
const files = names.map((name) => ({ path: name, text: readFileSync(join(folder, name), "utf8") }));

function meshOf(text: string): Mesh {
  return loadMesh({ files: [{ path: "a.yaml", text }], allowEmpty: true, istio: "1.31" }).mesh;
}

function isAt(a: Place, b: Place): boolean {
  return keyText(a.resource) === keyText(b.resource) && a.path.join(" ") === b.path.join(" ");
}

test("a value is found by its place as by a look at all of them", () => {
  const all = loadMesh({ files, onDuplicate: "first", allowEmpty: true }).mesh;
  const meshes = [all, ...files.map(({ text }) => meshOf(text))];
  const places = meshes.flatMap((mesh) => valuesOf(mesh).map(({ at }) => ({ mesh, at })));
  expect(places.length).toBeGreaterThan(200);
  for (const { mesh, at } of places) {
    const besides = [at.path.slice(0, -1), [...at.path.slice(0, -1), 99], []];
    for (const path of [at.path, ...besides]) {
      const place = { ...at, path };
      expect(valueAtPlace(mesh, place)).toBe(valuesOf(mesh).find((each) => isAt(each.at, place)));
    }
  }
});

test("whose values no request has is asked of the policy as often for each of many as of a few", () => {
  const reads = (count: number): number => {
    const values = Array.from({ length: count }, (_, index) => `"/\u00e4${index}"`).join(",");
    const mesh = meshOf(`apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: p, namespace: shop }
spec: { rules: [{ to: [{ operation: { paths: [${values}] } }] }] }
`);
    let read = 0;
    const [policy] = mesh.authorizationPolicies;
    if (policy === undefined) throw new Error("no policy was loaded");
    const key = {
      ...policy.key,
      get name() {
        read += 1;
        return "p";
      },
    };
    const counted = { ...mesh, authorizationPolicies: [{ ...policy, key }] };
    expect(lintMesh(counted, { only: ["value/dead"] })).toHaveLength(count);
    return read;
  };
  expect(reads(800)).toBeLessThan(4.5 * reads(200));
});
