import { expect, test } from "vitest";
import { lintMesh } from "../src/lint/lint.ts";
import { loadMesh } from "../src/load.ts";

function proofs(mtls: string): readonly unknown[] {
  const text = `
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: metrics, namespace: shop }
spec:
  selector: { matchLabels: { app: metrics } }
  ${mtls}
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: metrics, namespace: shop }
spec:
  selector: { matchLabels: { app: metrics } }
  rules:
  - from: [{ source: { namespaces: [web] } }]
    to: [{ operation: { ports: ["9090"] } }]
`;
  return lintMesh(loadMesh({ files: [{ path: "all.yaml", text }] }).mesh)
    .filter(({ code }) => code === "identity/never-known")
    .map(({ evidence }) => (evidence.kind === "proof" ? evidence.because : evidence));
}

test("a proof about ports says nothing of the others, which may well ask for a certificate", () => {
  const off = "mtls: { mode: STRICT }\n  portLevelMtls: { 9090: { mode: DISABLE } }";
  expect(proofs(off)).toEqual([
    "no filter chain of port 9090 asks for a certificate, and without one there is no peer",
  ]);
  expect(proofs("mtls: { mode: STRICT }")).toEqual([]);
});
