import { expect, test } from "vitest";
import type { Invariant, Proof } from "../src/analyse/api.ts";
import { diffMeshes } from "../src/analyse/diff.ts";
import { prove } from "../src/analyse/prove.ts";
import { evaluate } from "../src/evaluate.ts";
import { loadMesh } from "../src/load.ts";
import type { Mesh } from "../src/model/mesh.ts";

/** A workload whose pods say what passes their proxy, behind a gateway; a policy lets nobody in. */
function meshOf(
  plane: "sidecar" | "ambient",
  annotations: Readonly<Record<string, string>>,
  labels = {},
): Mesh {
  const label =
    plane === "sidecar" ? "istio-injection: enabled" : "istio.io/dataplane-mode: ambient";
  const template = { labels: { app: "web", ...labels }, annotations };
  const text = `apiVersion: v1
kind: Namespace
metadata: { name: prod, labels: { ${label} } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: prod }
spec: { template: { metadata: ${JSON.stringify(template)} } }
---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: prod }
spec: { selector: { app: web }, ports: [{ name: http, port: 80, targetPort: 8080 }] }
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: edge, namespace: prod }
spec: { gatewayClassName: istio, listeners: [{ name: http, port: 80, protocol: HTTP }] }
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: web, namespace: prod }
spec: { parentRefs: [{ name: edge }], rules: [{ backendRefs: [{ name: web, port: 80 }] }] }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: none, namespace: prod }
spec: { selector: { matchLabels: { app: web } } }
`;
  return loadMesh({ files: [{ path: "mesh.yaml", text }], istio: "1.31" }).mesh;
}

const traffic = "traffic.sidecar.istio.io";
const here = { namespace: "prod", workload: "web" };

function proofOf(mesh: Mesh, target: NonNullable<Invariant["target"]>): Proof | undefined {
  const requests = { protocol: "http" } as const;
  return prove(mesh, [{ name: "nobody", target, requests, expect: "never-allowed" }])[0];
}

test.each([
  ["nothing", "sidecar", {}, "holds", undefined],
  [
    "a port that is excluded",
    "sidecar",
    { [`${traffic}/excludeInboundPorts`]: "9090" },
    "violated",
    "destination.port is 9090",
  ],
  [
    "all ports but one",
    "sidecar",
    { [`${traffic}/includeInboundPorts`]: "8080" },
    "violated",
    "destination.port is not 8080",
  ],
  ["no port", "sidecar", { [`${traffic}/includeInboundPorts`]: "" }, "violated", "every request"],
  [
    "no port but those that are",
    "sidecar",
    { [`${traffic}/includeInboundPorts`]: "*" },
    "holds",
    undefined,
  ],
  ["nothing of ztunnel", "ambient", {}, "holds", undefined],
  [
    "plain text",
    "ambient",
    { "ambient.istio.io/bypass-inbound-capture": "true" },
    "violated",
    "peer is absent",
  ],
  [
    "plain text, said as Go reads it,",
    "ambient",
    { "ambient.istio.io/bypass-inbound-capture": "True" },
    "violated",
    "peer is absent",
  ],
  [
    "no plain text, where it is said in no such word,",
    "ambient",
    { "ambient.istio.io/bypass-inbound-capture": "yes" },
    "holds",
    undefined,
  ],
] as const)("%s passes the proxy", (_, plane, annotations, result, text) => {
  const mesh = meshOf(plane, annotations);
  const proof = proofOf(mesh, here);
  const [region] = proof?.violations.flatMap(({ regions }) => regions) ?? [];
  expect([proof?.result, region?.text, proof?.undecided]).toEqual([result, text, []]);
  if (region) expect(evaluate(mesh, region.witness.request).decision).toBe("allow");
  expect(diffMeshes(meshOf(plane, {}), mesh).result).toBe(result === "holds" ? "same" : "wider");
});

test.each([
  ["a port that is captured", { [`${traffic}/excludeInboundPorts`]: "9090" }, {}, "holds"],
  ["one that is not", { [`${traffic}/excludeInboundPorts`]: "8080" }, {}, "violated"],
  ["a workload without a proxy", {}, { "sidecar.istio.io/inject": "false" }, "violated"],
])("a way over a gateway to %s", (_, annotations, labels, result) => {
  const mesh = meshOf("sidecar", annotations, labels);
  const proof = proofOf(mesh, { ...here, through: "gateway/prod/edge" });
  expect([proof?.result, proof?.undecided]).toEqual([result, []]);
  const [region] = proof?.violations.flatMap(({ regions }) => regions) ?? [];
  if (region) expect(evaluate(mesh, region.witness.request).decision).toBe("allow");
});
