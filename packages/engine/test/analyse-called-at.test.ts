import { expect, test } from "vitest";
import type { Invariant, Proof } from "../src/analyse/api.ts";
import { diffMeshes } from "../src/analyse/diff.ts";
import { prove } from "../src/analyse/prove.ts";
import { evaluate } from "../src/evaluate.ts";
import type { Mesh } from "../src/model/mesh.ts";
import { journeyMesh, toOrders } from "./analyse-journey-world.ts";
import { meshFrom } from "./gateway-world.ts";

const service = 'targetRefs: [{kind: Service, group: "", name: orders}]';
const waypoint = "targetRefs: [{kind: Gateway, group: gateway.networking.k8s.io, name: wp}]";

interface World {
  readonly ips?: string; // of the Service
  readonly pod?: string;
  readonly traffic?: string; // what the waypoint is for
  readonly where?: string;
  readonly action?: string;
  readonly values?: readonly string[];
}

function world(said: World): Mesh {
  const { ips = "clusterIP: 10.96.0.9", pod = "podIPs: [{ip: 10.4.4.4}]" } = said;
  const { traffic = "service", where = service, action = "ALLOW", values = [] } = said;
  const rule =
    values.length === 0 ? "{}" : `{when: [{key: destination.ip, values: [${values.join(", ")}]}]}`;
  return meshFrom(`
apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {istio.io/dataplane-mode: ambient, istio.io/use-waypoint: wp}}
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: wp, namespace: shop, labels: {istio.io/waypoint-for: ${traffic}}}
spec: {gatewayClassName: istio-waypoint, listeners: [{name: mesh, port: 15008, protocol: HBONE}]}
---
apiVersion: v1
kind: Pod
metadata: {name: orders, namespace: shop, labels: {app: orders}, annotations: {ambient.istio.io/redirection: enabled}}
spec: {serviceAccountName: orders, containers: [{name: a, ports: [{containerPort: 8080}]}]}
status: {${pod}}
---
apiVersion: v1
kind: Service
metadata: {name: orders, namespace: shop}
spec: {selector: {app: orders}, ports: [{name: http, port: 80, targetPort: 8080}], ${ips}}
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: p, namespace: shop}
spec: {${where}, action: ${action}, rules: [${rule}]}
`);
}

function proofOf(mesh: Mesh, expected: Invariant["expect"], through: boolean): Proof {
  const target = through
    ? { through: "waypoint/shop/wp", namespace: "shop", workload: "orders" }
    : { namespace: "shop", workload: "wp" };
  const [proof] = prove(mesh, [
    { name: "it", target, requests: { protocol: "http" }, expect: expected },
  ]);
  if (!proof) throw new Error("no proof");
  return proof;
}

const called: Readonly<Record<string, readonly string[]>> = {
  service: ["svc/shop/orders:80"],
  workload: ["pod/shop/orders:8080"],
  all: ["svc/shop/orders:80", "pod/shop/orders:8080"],
};

const worlds: readonly World[] = ["service", "workload", "all"].flatMap((traffic) =>
  [service, waypoint].flatMap((where) =>
    ["ALLOW", "DENY"].flatMap((action) =>
      [["10.96.0.9"], ["10.4.4.4"], ["10.1.1.1"], ["10.96.0.0/16", "10.4.4.4"]].map((values) => ({
        ...{ traffic, where, action, values },
      })),
    ),
  ),
);

function decisionsIn(mesh: Mesh, traffic: string): readonly string[] {
  const from = "spiffe://cluster.local/ns/shop/sa/orders";
  return (called[traffic] ?? []).map((to) => {
    const request = { from, to, http: { method: "GET", path: "/" } };
    return evaluate(mesh, request, { dataPlane: "ambient" }).decision;
  });
}

test("policies of a waypoint see the address that is called: of a Service its own, of a pod the pod's", () => {
  for (const said of worlds) {
    const mesh = world(said);
    const decisions = decisionsIn(mesh, said.traffic ?? "");
    for (const through of [true, false]) {
      const results = ["always-allowed", "never-allowed"] as const;
      expect(
        results.map((each) => proofOf(mesh, each, through).result),
        JSON.stringify([said, decisions]),
      ).toEqual([
        decisions.includes("deny") ? "violated" : "holds",
        decisions.includes("allow") ? "violated" : "holds",
      ]);
    }
  }
});

test("an address that no file states may be any: what hangs on it nobody shows, and it is said which", () => {
  const mesh = world({ ips: "type: ClusterIP", values: ["10.96.0.9"] });
  for (const expected of ["always-allowed", "never-allowed"] as const) {
    const { result, undecided } = proofOf(mesh, expected, true);
    expect(result).toBe("undecided");
    expect(undecided[0]?.text).toContain("destination.ip, which no file states");
  }
  const pods = { traffic: "workload", where: waypoint, pod: "phase: Running" };
  expect(proofOf(world({ ...pods, values: ["10.4.4.4"] }), "never-allowed", true).result).toBe(
    "undecided",
  );
});

test("of a Service with two addresses either may be called, and a witness calls the one that it is about", () => {
  const ips = 'clusterIP: 10.96.0.9, clusterIPs: [10.96.0.9, "fd00::9"]';
  const { result, violations } = proofOf(
    world({ ips, values: ["fd00::9"] }),
    "never-allowed",
    true,
  );
  const [region] = violations.flatMap(({ regions }) => regions);
  expect([result, region?.witness.request.to]).toEqual(["violated", "http://[fd00::9]:80"]);
  const both = world({ ips, values: ["10.96.0.9", "fd00::9"] });
  expect(proofOf(both, "always-allowed", true).result).toBe("holds");
});

test("a Service that has another address, or none yet, is no difference; a rule about its address is", () => {
  const values = ["10.96.0.9", "10.96.0.7"];
  const before = world({ values });
  const result = (after: World): string => diffMeshes(before, world(after)).result;
  expect(result({ values, ips: "clusterIP: 10.96.0.7" })).toBe("same");
  expect(result({ values, ips: "type: ClusterIP" })).toBe("same");
  expect(result({ values: ["10.96.0.9", "10.1.1.1"] })).toBe("same");
  expect(result({ values: ["10.96.0.7"] })).toBe("narrower");
});

function behindGateway(value: string): Mesh {
  const rules = [{ when: [{ key: "destination.ip", values: [value] }] }];
  return journeyMesh([{ namespace: "edge", action: "ALLOW", rules }], {
    routes: [{ route: [toOrders] }],
  });
}

test("a gateway is called by its own address", () => {
  const target = { through: "gateway/edge/ingress", namespace: "shop", workload: "orders" };
  const requests = { protocol: "http" } as const;
  const results = (value: string): readonly string[] =>
    prove(
      behindGateway(value),
      (["always-allowed", "never-allowed"] as const).flatMap((each) => [
        { name: "way", target, requests, expect: each },
        { name: "at", target: { namespace: "edge" }, requests, expect: each },
      ]),
    ).map(({ result }) => result);
  expect(results("10.9.0.1")).toEqual(["holds", "holds", "violated", "violated"]);
  expect(results("10.9.0.9")).toEqual(["violated", "violated", "holds", "holds"]);
});
