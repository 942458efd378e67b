import { expect, test } from "vitest";
import type { Invariant, Proof } from "../src/analyse/api.ts";
import { diffMeshes } from "../src/analyse/diff.ts";
import { matrix } from "../src/analyse/matrix.ts";
import { pointsOf } from "../src/analyse/points.ts";
import { prove } from "../src/analyse/prove.ts";
import { evaluate } from "../src/evaluate.ts";
import type { Mesh } from "../src/model/mesh.ts";
import { meshFrom } from "./gateway-world.ts";

const world = `
apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {istio.io/dataplane-mode: ambient}}
---
apiVersion: v1
kind: Service
metadata: {name: orders, namespace: shop, labels: {istio.io/use-waypoint: wp}}
spec: {selector: {app: orders}, ports: [{port: 80, targetPort: 8080, name: http}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: orders, namespace: shop}
spec: {template: {metadata: {labels: {app: orders}}, spec: {serviceAccountName: orders}}}
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: wp, namespace: shop}
spec: {gatewayClassName: istio-waypoint, listeners: [{name: mesh, port: 15008, protocol: HBONE}]}
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: edge, namespace: shop}
spec: {gatewayClassName: istio, listeners: [{name: http, port: 80, protocol: HTTP}]}
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: other, namespace: shop}
spec: {gatewayClassName: nginx, listeners: [{name: http, port: 80, protocol: HTTP}]}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: r, namespace: shop}
spec: {parentRefs: [{name: edge}], hostnames: [a.example], rules: [{backendRefs: [{name: orders, port: 80}]}]}
---
`;

const web = "cluster.local/ns/c/sa/web";

/** Policies of the waypoint and of the gateway, and what the files say besides. */
function meshWith(atWaypoint: string, atGateway: string, more = ""): Mesh {
  return meshFrom(`${world}
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: wp, namespace: shop}
spec: {targetRefs: [{kind: Service, group: "", name: orders}], ${atWaypoint}}
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: edge, namespace: shop}
spec: {targetRefs: [{kind: Gateway, group: gateway.networking.k8s.io, name: edge}], ${atGateway}}
---
${more}`);
}

const forWeb = `rules: [{from: [{source: {principals: [${web}]}}], to: [{operation: {paths: ["/api/*"]}}]}]`;
const noAdmin = `action: DENY, rules: [{to: [{operation: {paths: ["/admin*"], ports: ["80"]}}]}]`;

function proofOf(mesh: Mesh, through: string, rest: Omit<Invariant, "name">): Proof | undefined {
  const target = { through, namespace: "shop", workload: "orders" };
  return prove(mesh, [{ name: "it", ...rest, target }])[0];
}

test("what istiod deploys for Gateways enforces, too: classes of others do not", () => {
  const { points } = pointsOf([meshWith(forWeb, noAdmin)]);
  expect(points.map(({ name, proxy }) => [name, proxy.kind])).toEqual([
    ["deploy/shop/orders", "ztunnel"],
    ["gateway/shop/edge", "gateway"],
    ["waypoint/shop/wp", "waypoint"],
  ]);
});

test("a change at a gateway or a waypoint that nobody wrote down as a workload is seen", () => {
  const before = meshWith(forWeb, noAdmin);
  const after = meshWith(forWeb.replace("/api/", "/"), noAdmin.replace("/admin", "/adm"));
  const { result, diffs } = diffMeshes(before, after);
  expect(result).toBe("both");
  expect(diffs.map(({ points: [{ name }], changes }) => [name, changes[0]?.kind])).toEqual([
    ["gateway/shop/edge", "newly-denied"],
    ["waypoint/shop/wp", "newly-allowed"],
  ]);
});

test("the way through a waypoint is what the waypoint and ztunnel say together", () => {
  const mesh = meshWith(forWeb, noAdmin);
  const only = { "allowed-only-if": [{ from: [{ source: { principals: [web] } }] }] };
  const http = { protocol: "http" } as const;
  expect(proofOf(mesh, "gateway/shop/wp", { requests: http, expect: only })?.result).toBe("holds");
  const closed = meshWith(
    forWeb,
    noAdmin,
    `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: nobody, namespace: shop}
spec: {selector: {matchLabels: {app: orders}}, action: DENY, rules: [{from: [{source: {serviceAccounts: [shop/wp]}}]}]}
`,
  );
  expect(proofOf(closed, "gateway/shop/wp", { expect: "never-allowed" })?.result).toBe("holds");
});

test("a witness of such a way is one for the evaluator, too", () => {
  const mesh = meshWith(forWeb, noAdmin);
  const ways = [
    ["gateway/shop/wp", "ambient"],
    ["gateway/shop/edge", "sidecar"],
  ] as const;
  for (const [through, dataPlane] of ways) {
    const proof = proofOf(mesh, through, { expect: "never-allowed" });
    expect(proof?.result).toBe("violated");
    const [region] = proof?.violations.flatMap(({ regions }) => regions) ?? [];
    const verdict = region && evaluate(mesh, region.witness.request, { dataPlane });
    expect(verdict?.decision).toBe("allow");
    expect(verdict?.branches[0].hops.map(({ point }) => point)).toHaveLength(2);
  }
});

test("a gateway that istiod deploys has an identity", () => {
  const mesh = meshWith(forWeb, noAdmin);
  const asked = { from: "none", to: "gateway/shop/edge:80", http: "GET a.example/x" } as const;
  const { decision, branches } = evaluate(mesh, { ...asked, transport: "plaintext" });
  expect(decision).toBe("allow");
  expect(branches[0].hops[1]?.saw?.identities).toEqual([
    "spiffe://cluster.local/ns/shop/sa/edge-istio",
  ]);
});

test("who calls in a matrix are gateways and waypoints that istiod deploys, too", () => {
  const { callers, cells, assumptions } = matrix(meshWith(forWeb, noAdmin));
  expect(callers).toEqual(["sa/shop/edge-istio", "sa/shop/orders", "sa/shop/wp", "no identity"]);
  const atGateway = cells.filter(({ to }) => to.name === "gateway/shop/edge");
  expect(atGateway.map(({ allowed }) => allowed)).toEqual(["none", "none", "none", "some"]);
  expect(assumptions.join()).toMatch(/has no identity there: see the row `no identity`/);
});
