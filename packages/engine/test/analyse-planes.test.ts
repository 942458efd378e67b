import { expect, test } from "vitest";
import { diffPlanes } from "../src/analyse/diff-planes.ts";
import { evaluate } from "../src/evaluate.ts";
import { meshFrom } from "./gateway-world.ts";

const policy = `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: p, namespace: shop}
spec: {selector: {matchLabels: {app: orders}}, rules: [{from: [{source: {namespaces: [shop]}}]}]}
---
`;

test("who is not selected is not whoever has no label at all, which every policy binds to at a ztunnel", () => {
  const mesh = meshFrom(policy);
  const { diffs } = diffPlanes(mesh, ["sidecar", "ambient"]);
  const kinds = diffs.map(({ points: [{ name }], changes }) => [name, changes.map((c) => c.kind)]);
  expect(kinds).toEqual([["ns/shop,app=orders", ["changed-status"]]]);
});

test("what is shown of it is what the evaluator says", () => {
  const mesh = meshFrom(
    policy.replace("orders", "x").replace("selector: {matchLabels: {app: x}}, ", ""),
  );
  const { diffs } = diffPlanes(mesh, ["sidecar", "ambient"]);
  const regions = diffs.flatMap(({ changes }) => changes.flatMap((change) => change.regions));
  expect(regions.length).toBeGreaterThan(0);
  for (const { witness } of regions) {
    const { to } = witness.request;
    if (typeof to === "string") throw new Error(to);
    const says = (dataPlane: string): string =>
      evaluate(mesh, { ...witness.request, to: { ...to, dataPlane } }).decision;
    expect([says("sidecar"), says("ambient")]).toEqual(["deny", "deny"]);
  }
});

const around = `apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {istio-injection: enabled}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: orders, namespace: shop}
spec: {template: {metadata: {labels: {app: orders}}}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: ingress, namespace: edge}
spec: {template: {metadata: {labels: {istio: ingress}, annotations: {inject.istio.io/templates: gateway, sidecar.istio.io/inject: "true"}}}}
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: g, namespace: edge}
spec: {selector: {istio: ingress}, servers: [{port: {number: 80, name: h, protocol: HTTP}, hosts: ["*"]}]}
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: p, namespace: istio-system}
spec: {rules: [{to: [{operation: {paths: [/a]}}]}]}
`;

test("a gateway stays one", () => {
  const { diffs, points } = diffPlanes(meshFrom(around), ["sidecar", "ambient"]);
  expect(diffs.flatMap((each) => each.points.map(({ name }) => name))).toEqual([
    "deploy/shop/orders",
  ]);
  expect(points).toBe(1);
});
