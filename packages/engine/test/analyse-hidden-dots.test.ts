import { expect, test } from "vitest";
import type { Invariant, Proof } from "../src/analyse/api.ts";
import { prove } from "../src/analyse/prove.ts";
import { policyEffects } from "../src/analyse/rule-effects.ts";
import { evaluate } from "../src/evaluate.ts";
import { loadMesh } from "../src/load.ts";
import type { Mesh } from "../src/model/mesh.ts";

/** Since Envoy 1.39.1 `/..;x` is navigation. It is looked for before backslashes become slashes: a real Envoy matches `/a\..;x/y` as `/a/..;x/y`. */
const policies = (path: string): string => `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: p, namespace: prod }
spec: { action: DENY, rules: [{ to: [{ operation: { paths: [${JSON.stringify(path)}], ports: ["80"] } }] }] }
`;

function meshOf(path: string, istio: string): Mesh {
  return loadMesh({ files: [{ path: "p.yaml", text: policies(path) }], istio }).mesh;
}

function proofOf(mesh: Mesh, path: string, expected: Invariant["expect"]): Proof {
  const to = [{ operation: { paths: [path], ports: ["80"] } }];
  const [proof] = prove(mesh, [
    { name: "it", requests: { protocol: "http", to }, expect: expected },
  ]);
  if (!proof) throw new Error("no proof");
  return proof;
}

test.each(["1.30", "1.31"])(
  "in %s there are paths with a segment like ..;x, and the request that is shown has one",
  (istio) => {
    for (const [path, denied] of [
      ["/a/..;x/y", "/a/..;x/y"],
      ["/..;x/y", "/..;x/*"],
      ["/a/.;/b", "/a/.;/b"],
      ["/..;a/..;b/.;c", "/..;a/*"],
    ] as const) {
      const open = proofOf(meshOf("/other", istio), path, "never-allowed");
      expect([path, open.result]).toEqual([path, "violated"]);
      const mesh = meshOf(denied, istio);
      expect([path, proofOf(mesh, path, "never-allowed").result]).toEqual([path, "holds"]);
      for (const { regions } of open.violations)
        for (const { witness } of regions)
          expect([path, evaluate(mesh, witness.request).decision]).toEqual([path, "deny"]);
    }
  },
);

test("what asks for one is no rule that never matches", () => {
  const effects = policyEffects(meshOf("/a/..;x/y", "1.31")).filter(
    ({ protocol }) => protocol === "http",
  );
  expect(effects.flatMap(({ rules }) => rules.map(({ effect }) => effect))).toEqual(["matters"]);
});

test("such a segment is never a whole path of navigation", () => {
  for (const path of ["/a/..", "/./a", "/a/../b"])
    expect(proofOf(meshOf("/other", "1.31"), path, "never-allowed").result).toBe("holds-vacuously");
});

test("a path with an escape of what normalisation writes without one is no path", () => {
  for (const path of ["/%61dmin", "/a/%2e%2e/b", "/%7Ea", "/a%00", "/%61*"])
    expect([path, proofOf(meshOf("/other", "1.31"), path, "never-allowed").result]).toEqual([
      path,
      "holds-vacuously",
    ]);
  for (const path of ["/%7f", "/%25", "/a%2f*", "/%"])
    expect([path, proofOf(meshOf("/other", "1.31"), path, "never-allowed").result]).toEqual([
      path,
      "violated",
    ]);
  const effects = policyEffects(meshOf("/%61dmin", "1.31"));
  expect(effects[0]?.rules.map(({ effect }) => effect)).toEqual(["never-matches"]);
});

test("a host may hold what only HTTP/1.1 takes there, as a real Envoy does", () => {
  const text = policies("/other").replace('paths: ["/other"]', 'hosts: ["*@b"]');
  const { mesh } = loadMesh({ files: [{ path: "p.yaml", text }], istio: "1.31" });
  const to = [{ operation: { hosts: ["*@b", "*@c"], ports: ["80"] } }];
  const requests = { protocol: "http", to } as const;
  const [proof] = prove(mesh, [{ name: "it", requests, expect: "never-allowed" }]);
  const regions = proof?.violations.flatMap((violation) => violation.regions) ?? [];
  expect(regions.map((each) => each.text)).toEqual(["host is *@c"]);
  const [witness] = regions.map((each) => each.witness.request);
  expect(witness && evaluate(mesh, witness).decision).toBe("allow");
});
