import { expect, test } from "vitest";
import { whoCan } from "../src/analyse/access.ts";
import { diffMeshes } from "../src/analyse/diff.ts";
import { matrix } from "../src/analyse/matrix.ts";
import { prove } from "../src/analyse/prove.ts";
import { policyEffects } from "../src/analyse/rule-effects.ts";
import { loadMesh } from "../src/load.ts";
import type { Mesh } from "../src/model/mesh.ts";

/** Plaintext only, where nobody has an identity; through a tunnel callers have one. */
function meshOf(label: string, principal = "cluster.local/ns/bar/sa/c"): Mesh {
  const text = `apiVersion: v1
kind: Pod
metadata: { name: x, namespace: foo, labels: { app: x${label} } }
spec: { containers: [{ name: c, ports: [{ containerPort: 8080, name: http }] }] }
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: d, namespace: foo }
spec: { mtls: { mode: DISABLE } }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: a, namespace: foo }
spec: { selector: { matchLabels: { app: x } }, rules: [{ from: [{ source: { principals: ["${principal}"] } }] }] }
`;
  return loadMesh({ files: [{ path: "mesh.yaml", text }], istio: "1.31" }).mesh;
}

const plain = meshOf("");
const tunnelled = meshOf(", networking.istio.io/tunnel: http");

test("what a sidecar lets in is not proved impossible where tunnels lead in", () => {
  const proved = (mesh: Mesh): readonly string[] =>
    prove(mesh, [{ name: "nobody", expect: "never-allowed" }]).map(({ result }) => result);
  expect(proved(plain)).toEqual(["holds"]);
  expect(proved(tunnelled)).toEqual(["undecided"]);
});

test("a difference at a sidecar that tunnels lead into is open, and so is a tunnel that is new", () => {
  expect(diffMeshes(plain, meshOf("", "cluster.local/ns/bar/sa/d")).result).toBe("same");
  const other = meshOf(", networking.istio.io/tunnel: http", "cluster.local/ns/bar/sa/d");
  expect(diffMeshes(tunnelled, tunnelled).result).toBe("same");
  expect(diffMeshes(tunnelled, other).result).toBe("undecided");
  expect(diffMeshes(plain, tunnelled).result).toBe("undecided");
});

test("who gets through a tunnel is not said to be nobody", () => {
  const requests = { protocol: "http" } as const;
  expect(whoCan(plain, requests)).toMatchObject([{ nobody: true, undecided: [] }]);
  const [access] = whoCan(tunnelled, requests);
  expect(access).toMatchObject({ complete: false, undecided: [{ because: "not-modelled" }] });
  expect(access).not.toHaveProperty("nobody");
  expect(new Set(matrix(tunnelled).cells.map(({ allowed }) => allowed))).toEqual(
    new Set(["undecided"]),
  );
  expect(policyEffects(tunnelled)).toMatchObject([{ rules: [], undecided: [{}] }]);
});
