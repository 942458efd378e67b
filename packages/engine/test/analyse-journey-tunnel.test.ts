import { expect, test } from "vitest";
import type { Invariant, Proof } from "../src/analyse/api.ts";
import { prove } from "../src/analyse/prove.ts";
import { loadMesh } from "../src/load.ts";

/** A waypoint in front of a sidecar that takes HBONE, or does not, or of which nobody knows. */
function proofOf(
  tunnel: "http" | "none" | undefined,
  principal: string,
  expected: Invariant["expect"],
): Proof | undefined {
  const label = tunnel === undefined ? "" : `, networking.istio.io/tunnel: ${tunnel}`;
  const text = `apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio.io/use-waypoint: wp, istio-injection: enabled } }
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: wp, namespace: shop }
spec: { gatewayClassName: istio-waypoint, listeners: [{ name: mesh, port: 15008, protocol: HBONE }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: orders, namespace: shop }
spec: { template: { metadata: { labels: { app: orders${label} } } } }
---
apiVersion: v1
kind: Service
metadata: { name: orders, namespace: shop }
spec: { selector: { app: orders }, ports: [{ name: http, port: 80, targetPort: 8080 }] }
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: off, namespace: shop }
spec: { mtls: { mode: DISABLE } }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: only, namespace: shop }
spec: { selector: { matchLabels: { app: orders } }, rules: [{ from: [{ source: { principals: ["${principal}"] } }] }] }
`;
  const { mesh } = loadMesh({ files: [{ path: "mesh.yaml", text }], istio: "1.31" });
  const target = { through: "gateway/shop/wp", namespace: "shop", workload: "orders" };
  const requests = { protocol: "http" } as const;
  return prove(mesh, [{ name: "it", target, requests, expect: expected }])[0];
}

const waypoint = "cluster.local/ns/shop/sa/wp";
const other = "cluster.local/ns/shop/sa/other";

test.each([
  ["http", waypoint, "always-allowed", "holds"],
  ["http", waypoint, "never-allowed", "violated"],
  ["http", other, "never-allowed", "holds"],
  ["none", waypoint, "never-allowed", "holds"],
  [undefined, waypoint, "never-allowed", "undecided"],
] as const)(
  "tunnel %s of a waypoint to who lets in %s: %s %s",
  (tunnel, principal, expected, result) => {
    const proof = proofOf(tunnel, principal, expected);
    const said = JSON.stringify([proof?.undecided, proof?.violations, proof?.assumptions]);
    expect(proof?.result, said).toBe(result);
    if (result === "undecided") expect(said).toMatch(/no mesh config that is loaded says/);
  },
);
