import { expect, test } from "vitest";
import { diffMeshes } from "../src/analyse/diff.ts";
import { prove } from "../src/analyse/prove.ts";
import { loadMesh } from "../src/load.ts";
import type { Mesh } from "../src/model/mesh.ts";
import type { MutualTlsMode } from "../src/model/policy.ts";
import { worldOf } from "./analyse-world.ts";

const text = `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: a, namespace: prod }
spec: { rules: [{ from: [{ source: { principals: ["*.foo/ns/a/sa/b"] } }] }] }
`;

test.each([
  ["are refused in the handshake, and nothing differs", "false", "same"],
  ["get through, and releases differ about them", "true", "narrower"],
])("peers of unknown trust domains %s", (_, skipped, result) => {
  const meshOf = (istio: string): Mesh =>
    loadMesh({
      files: [{ path: "a.yaml", text }],
      istio,
      features: { PILOT_SKIP_VALIDATE_TRUST_DOMAIN: skipped },
    }).mesh;
  const diff = diffMeshes(meshOf("1.29.0"), meshOf("1.29.6"));
  expect(diff.result).toBe(result);
  const regions = diff.diffs.flatMap(({ changes }) => changes.flatMap((each) => each.regions));
  for (const { text: said, witness } of regions) {
    expect(said).toBe("peer is *.foo/ns/a/sa/b as an expression except *.foo/ns/a/sa/b");
    expect(witness.request.from).toBe("spiffe://xfoo/ns/a/sa/b");
  }
});

test("TLS that the proxy does not end gets through with a certificate of any trust domain", () => {
  const results = (mode: MutualTlsMode): readonly string[] => {
    const requests = { protocol: "tcp", from: [{ source: { principals: ["other/*"] } }] } as const;
    const invariant = { name: "strangers", requests, expect: "never-allowed" } as const;
    return prove(worldOf([{ action: "ALLOW", rules: [{}] }], { mtls: mode }), [invariant])
      .filter(({ points }) => points.some(({ name }) => name === "ns/prod"))
      .map(({ result }) => result);
  };
  expect([results("STRICT"), results("DISABLE")]).toEqual([["holds-vacuously"], ["violated"]]);
});
