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
spec: {clusterIPs: [10.96.0.7, "2001:db8::7"], selector: {app: orders}, ports: [{port: 80, targetPort: 8080, name: http}]}
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

function ask(to: string, http = "GET /x", from = "sa/shop/web", text = world): Verdict {
  return evaluate(meshFrom(text), { from, to, http }, { dataPlane: "ambient" });
}

function points({ branches }: Verdict): readonly string[] {
  return branches[0].hops.map(({ point }) => point);
}

test.each([
  ["host/10.96.0.7:80"],
  ["http://10.96.0.7/x"],
  ["http://10.9.0.2:8080/x"],
  ["http://[2001:db8::7]/x"],
  ["http://[2001:DB8:0:0::7]/x"],
  ["http://[::ffff:10.96.0.7]/x"],
])("a client in ambient mode is led through the waypoint of what has an address: %s", (to) => {
  expect(ask(to)).toMatchObject({ decision: "deny", layer: "allow" });
  expect(points(ask(to))).toEqual(["waypoint"]);
  const good = ask(to, "GET good.example/x");
  expect(good.decision).toBe("allow");
  expect(points(good)).toEqual(["waypoint", "ztunnel"]);
  expect(points(ask(to, "GET /x", "external/203.0.113.9"))).toEqual(["ztunnel"]);
});

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

test("ztunnel knows no pod by the address of its node: no waypoint is on the way to that", () => {
  const onNode = world.replace(
    "{containers: [{name: app}]}",
    "{hostNetwork: true, containers: [{name: app}]}",
  );
  for (const to of ["http://10.9.0.2:8080/x", "pod/shop/orders:8080"])
    expect(points(ask(to, "GET /x", "sa/shop/web", onNode))).not.toContain("waypoint");
  expect(points(ask("http://10.96.0.7/x", "GET /x", "sa/shop/web", onNode))).toContain("waypoint");
});

test.each([
  ["its name", "{matchLabels: {kubernetes.io/metadata.name: shop}}", "deny"],
  ["another name", "{matchLabels: {kubernetes.io/metadata.name: other}}", "allow"],
  ["labels", "{matchLabels: {team: a}}", "undetermined"],
])(
  "a waypoint elsewhere lets in a namespace that is not loaded by %s",
  (_how, selector, decision) => {
    const far = world
      .replace(/^apiVersion: v1\nkind: Namespace[\s\S]*?---\n/m, "")
      .replaceAll(
        "istio.io/use-waypoint: wp",
        "istio.io/use-waypoint: wp, istio.io/use-waypoint-namespace: infra",
      )
      .replace("{name: wp, namespace: shop,", "{name: wp, namespace: infra,")
      .replace("{name: one-host, namespace: shop}", "{name: one-host, namespace: infra}")
      .replace(
        "protocol: HBONE}",
        `protocol: HBONE, allowedRoutes: {namespaces: {from: Selector, selector: ${selector}}}}`,
      );
    const verdict = ask("http://10.96.0.7/x", "GET /x", "sa/shop/web", far);
    expect(verdict.decision).toBe(decision);
    if (decision === "undetermined")
      expect(verdict.branches[0].hops.at(-1)?.why).toContain("Namespace shop is not loaded");
  },
);

test("on a port that the Service does not have it is led there, too, where no chain takes it", () => {
  const verdict = ask("http://10.96.0.7:81/x", "GET good.example/x");
  expect(verdict.decision).toBe("deny");
  expect(points(verdict)).toEqual(["waypoint"]);
  expect(points(ask("http://10.96.0.8:81/x"))).not.toContain("waypoint");
});
