import { expect, test } from "vitest";
import { evaluate } from "../src/evaluate.ts";
import type { Verdict } from "../src/model/verdict.ts";
import { meshFrom } from "./gateway-world.ts";

const world = `
apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {istio.io/dataplane-mode: ambient}}
---
apiVersion: v1
kind: Service
metadata: {name: orders, namespace: shop, labels: {istio.io/use-waypoint: wp}}
spec: {clusterIP: 10.96.0.7, selector: {app: orders}, ports: [{port: 80, targetPort: 8080, name: http}]}
---
apiVersion: v1
kind: Service
metadata: {name: open, namespace: shop}
spec: {clusterIP: 10.96.0.8, selector: {app: orders}, ports: [{port: 80, targetPort: 8080, name: http}]}
---
apiVersion: v1
kind: Pod
metadata: {name: orders, namespace: shop, labels: {app: orders, istio.io/use-waypoint: wp}, annotations: {ambient.istio.io/redirection: enabled}}
spec: {containers: [{name: app}]}
status: {podIP: 10.9.0.2}
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: wp, namespace: shop, labels: {istio.io/waypoint-for: all}}
spec: {gatewayClassName: istio-waypoint, listeners: [{name: mesh, port: 15008, protocol: HBONE}]}
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: one-host, namespace: shop}
spec:
  targetRefs: [{kind: Gateway, group: gateway.networking.k8s.io, name: wp}]
  rules: [{to: [{operation: {hosts: [good.example]}}]}]
`;

function ask(to: string, http = "GET /x", from = "sa/shop/web"): Verdict {
  return evaluate(meshFrom(world), { from, to, http }, { dataPlane: "ambient" });
}

function points({ branches }: Verdict): readonly string[] {
  return branches[0].hops.map(({ point }) => point);
}

test.each([["host/10.96.0.7:80"], ["http://10.96.0.7/x"], ["http://10.9.0.2:8080/x"]])(
  "a client in ambient mode is led through the waypoint of what has an address: %s",
  (to) => {
    expect(ask(to)).toMatchObject({ decision: "deny", layer: "allow" });
    expect(points(ask(to))).toEqual(["waypoint"]);
    const good = ask(to, "GET good.example/x");
    expect(good.decision).toBe("allow");
    expect(points(good)).toEqual(["waypoint", "ztunnel"]);
    expect(points(ask(to, "GET /x", "external/203.0.113.9"))).toEqual(["ztunnel"]);
  },
);

test("the waypoint sees the host that is sent: the address", () => {
  expect(ask("http://10.96.0.7/x").branches[0].hops[0]?.saw).toMatchObject({
    host: "10.96.0.7",
    destinationIp: "10.96.0.7",
    destinationPort: 80,
  });
});

test("the address of a Service without a waypoint leads straight to its pods, whatever these name", () => {
  expect(points(ask("http://10.96.0.8/x"))).toEqual(["ztunnel"]);
});
