import { expect, test } from "vitest";
import { whoCan } from "../src/analyse/access.ts";
import type { Invariant } from "../src/analyse/api.ts";
import { diffMeshes } from "../src/analyse/diff.ts";
import { matrix } from "../src/analyse/matrix.ts";
import { prove } from "../src/analyse/prove.ts";
import { evaluate } from "../src/evaluate.ts";
import { loadMesh } from "../src/load.ts";
import type { Mesh } from "../src/model/mesh.ts";

const opened = ', sidecar.istio.io/inject: "false"';

/** Two workloads of which one may have no sidecar, a namespace outside of the mesh, and a policy that lets nobody in. */
function meshOf(label = ""): Mesh {
  const text = `apiVersion: v1
kind: Namespace
metadata: { name: prod, labels: { istio-injection: enabled } }
---
apiVersion: v1
kind: Namespace
metadata: { name: outside, labels: { istio-injection: disabled } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: prod }
spec: { template: { metadata: { labels: { app: web } } } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: job, namespace: prod }
spec: { template: { metadata: { labels: { app: job${label} } } } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: dns, namespace: outside }
spec: { template: { metadata: { labels: { app: dns } } } }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: none, namespace: prod }
spec: {}
`;
  return loadMesh({ files: [{ path: "mesh.yaml", text }], istio: "1.31" }).mesh;
}

/** A namespace that policies are about, and nothing injects. */
const forgotten = loadMesh({
  istio: "1.31",
  files: [
    {
      path: "mesh.yaml",
      text: `apiVersion: v1
kind: Namespace
metadata: { name: prod, labels: { istio-injection: disabled } }
---
apiVersion: v1
kind: Namespace
metadata: { name: istio-system, labels: { istio-injection: disabled } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: prod }
spec: { template: { metadata: { labels: { app: web } } } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: istiod, namespace: istio-system }
spec: { template: { metadata: { labels: { app: istiod } } } }
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default, namespace: istio-system }
spec: { mtls: { mode: STRICT } }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: none, namespace: prod }
spec: {}
`,
    },
  ],
}).mesh;

const closed = meshOf();
const open = meshOf(opened);

test.each<[string, Invariant["target"] & object, Mesh, string, readonly string[]]>([
  ["all of the mesh", {}, closed, "holds", ["deploy/prod/web", "deploy/prod/job"]],
  ["one without a proxy beside others", {}, open, "violated", ["deploy/prod/job"]],
  ["its namespace", { namespace: "prod" }, open, "violated", ["deploy/prod/job"]],
  ["a workload outside of the mesh", { workload: "dns" }, open, "violated", ["deploy/outside/dns"]],
])("never-allowed of %s", (_, target, mesh, result, names) => {
  const stated = { name: "nobody", expect: "never-allowed" } as const;
  const invariant = Object.keys(target).length === 0 ? stated : { ...stated, target };
  const proofs = prove(mesh, [invariant]);
  const found = proofs.filter((proof) => proof.result === result);
  expect(found.flatMap(({ points }) => points.map(({ name }) => name))).toEqual(names);
  for (const { witness } of found.flatMap(({ violations }) =>
    violations.flatMap(({ regions }) => regions),
  ))
    if (witness.request.http !== "none")
      expect(evaluate(mesh, witness.request).decision).toBe("allow");
});

test("a workload that loses its sidecar is one that access widens at, to whomever", () => {
  expect(diffMeshes(closed, closed).result).toBe("same");
  const wider = diffMeshes(closed, open);
  expect(wider).toMatchObject({
    result: "wider",
    diffs: [{ points: [{ name: "deploy/prod/job" }] }],
  });
  expect(wider.assumptions).toContain("no proxy enforces anything at deploy/prod/job");
  expect(diffMeshes(open, closed).result).toBe("narrower");
  expect(diffMeshes(open, open).result).toBe("same");
  const expected: Invariant = { name: "no wider", expect: { "no-wider-than": closed } };
  expect(new Set(prove(open, [expected]).map(({ result }) => result))).toEqual(
    new Set(["holds", "violated"]),
  );
  const same: Invariant = { name: "no wider", expect: { "no-wider-than": open } };
  expect(prove(open, [same]).map(({ result }) => result)).toEqual(["holds", "holds"]);
  expect(prove(closed, [same]).map(({ result }) => result)).toEqual(["holds"]);
});

test("everybody gets through where no proxy is", () => {
  const found = whoCan(open, { protocol: "http" });
  expect(found.map(({ points, everyone = false }) => [points[0].name, everyone])).toEqual([
    ["deploy/prod/web", false],
    ["deploy/prod/job", true],
  ]);
  const cells = matrix(open).cells.map(({ to, allowed }) => `${to.name} ${allowed}`);
  expect(new Set(cells)).toEqual(new Set(["deploy/prod/web none", "deploy/prod/job all"]));
});

test("where policies are enforced nowhere in their namespace, everybody gets through there: not in the root namespace, whose policies are about all others", () => {
  const found = whoCan(forgotten, { protocol: "http" });
  expect(found.map(({ points, everyone }) => [points[0].name, everyone])).toEqual([
    ["deploy/prod/web", true],
  ]);
  expect(
    new Set(matrix(forgotten).cells.map(({ to, allowed }) => `${to.name} ${allowed}`)),
  ).toEqual(new Set(["deploy/prod/web all"]));
  const [proof, ...more] = prove(forgotten, [{ name: "nobody", expect: "never-allowed" }]);
  expect([proof?.result, more]).toEqual(["violated", []]);
});

test("who is asked about is looked at, in whatever namespace it is", () => {
  const asked = (name: string): readonly (readonly [string, boolean | undefined])[] =>
    whoCan(forgotten, { protocol: "http" }, { only: (point) => point.name === name }).map(
      ({ points, everyone }) => [points[0].name, everyone],
    );
  expect(asked("deploy/istio-system/istiod")).toEqual([["deploy/istio-system/istiod", true]]);
  expect(asked("deploy/prod/web")).toEqual([["deploy/prod/web", true]]);
});
