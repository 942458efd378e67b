import { describe, expect, test } from "vitest";
import { waypointOf } from "../src/kubernetes/waypoint.ts";
import type { Inventory, Other, Service } from "../src/model/kubernetes.ts";

const use = { "istio.io/use-waypoint": "waypoint" };
const all = { "istio.io/waypoint-for": "all" };
const bare = { annotations: {}, labels: {} };

function gateway(labels: Readonly<Record<string, string>>, spec: object, status?: object): Other {
  return {
    ...bare,
    key: { kind: "Gateway", namespace: "foo", name: "waypoint" },
    apiVersion: "gateway.networking.k8s.io/v1",
    labels,
    body: { spec, ...(status ? { status } : {}) },
  };
}

function service(
  namespace: string,
  name: string,
  labels: Readonly<Record<string, string>>,
): Service {
  const key = { kind: "Service", namespace, name };
  return { ...bare, key, labels, clusterIps: [], ports: [] };
}

describe("a Service", () => {
  const spaces = (labels: Readonly<Record<string, string>>) => [
    { ...bare, key: { kind: "Namespace", namespace: "", name: "foo" }, labels },
    { ...bare, key: { kind: "Namespace", namespace: "", name: "bar" }, labels: { team: "b" } },
  ];
  const own = service("foo", "reviews", use);
  const far = service("bar", "reviews", { ...use, "istio.io/use-waypoint-namespace": "foo" });
  const hbone = (namespaces: object) => ({
    listeners: [{ port: 15008, protocol: "HBONE", allowedRoutes: { namespaces } }],
  });
  const selector = { matchLabels: { team: "b" } };
  const ready = { addresses: [{ value: "10.9.9.11" }] };

  test.each<[string, Partial<Inventory>, boolean]>([
    ["by its own label", { services: [own] }, true],
    [
      "by its namespace's",
      { services: [service("foo", "reviews", {})], namespaces: spaces(use) },
      true,
    ],
    [
      "not when it opts out",
      {
        services: [service("foo", "reviews", { "istio.io/use-waypoint": "none" })],
        namespaces: spaces(use),
      },
      false,
    ],
    [
      "not by another name",
      { services: [service("foo", "reviews", { "istio.io/use-waypoint": "x" })] },
      false,
    ],
    [
      "not of a waypoint for workloads",
      { services: [own], others: [gateway({ "istio.io/waypoint-for": "workload" }, {})] },
      false,
    ],
    ["by default", { services: [own], others: [gateway({}, {})] }, true],
    ["not when there is no such Gateway", { services: [own], others: [] }, false],
    [
      "not before the Gateway has an address",
      { services: [own], others: [gateway(all, {}, {})] },
      false,
    ],
    ["once it has one", { services: [own], others: [gateway(all, {}, ready)] }, true],
    ["not of another namespace", { services: [far] }, false],
    [
      "of any namespace that is let in",
      { services: [far], others: [gateway(all, hbone({ from: "All" }))] },
      true,
    ],
    [
      "of a namespace that is selected",
      {
        services: [far],
        namespaces: spaces({}),
        others: [gateway(all, hbone({ from: "Selector", selector }))],
      },
      true,
    ],
    [
      "not of one that is not",
      {
        services: [own],
        namespaces: spaces({}),
        others: [gateway(all, hbone({ from: "Selector", selector }))],
      },
      false,
    ],
    ...(
      [
        ["that is In", [{ key: "team", operator: "In", values: ["a", "b"] }], true],
        ["that is not In", [{ key: "team", operator: "In", values: ["a"] }], false],
        ["NotIn", [{ key: "team", operator: "NotIn", values: ["b"] }], false],
        [
          "by its name",
          [{ key: "kubernetes.io/metadata.name", operator: "In", values: ["bar"] }],
          true,
        ],
      ] as const
    ).map(([how, matchExpressions, served]): [string, Partial<Inventory>, boolean] => [
      `by an expression: of a namespace ${how}`,
      {
        services: [far],
        namespaces: spaces({}),
        others: [gateway(all, hbone({ from: "Selector", selector: { matchExpressions } }))],
      },
      served,
    ]),
    [
      "of any namespace by a selector that is empty",
      {
        services: [far],
        namespaces: spaces({}),
        others: [gateway(all, hbone({ from: "Selector", selector: {} }))],
      },
      true,
    ],
    [
      "of none without the selector",
      {
        services: [own],
        namespaces: spaces({}),
        others: [gateway(all, hbone({ from: "Selector" }))],
      },
      false,
    ],
    [
      "not by the empty name",
      {
        services: [service("foo", "reviews", { "istio.io/use-waypoint": "" })],
        namespaces: spaces(use),
      },
      false,
    ],
    [
      "as a gateway's, by its namespace's label",
      {
        services: [
          service("foo", "edge-istio", {
            "gateway.istio.io/managed": "istio.io-gateway-controller",
            "gateway.networking.k8s.io/gateway-name": "edge",
          }),
        ],
        namespaces: spaces(use),
      },
      true,
    ],
    [
      "not of a waypoint itself",
      {
        services: [
          service("foo", "waypoint", {
            ...use,
            "gateway.istio.io/managed": "istio.io-mesh-controller",
          }),
        ],
      },
      false,
    ],
  ])("is served %s", (_, inventory, served) => {
    const { services = [], namespaces = [], others = [gateway(all, {})] } = inventory;
    const [object] = services;
    if (!object) throw new TypeError("no Service");
    const loaded: Inventory = { namespaces, workloads: [], services, others, complete: true };
    const waypoint = waypointOf(loaded, object, "service");
    expect(waypoint).toEqual(served ? { namespace: "foo", name: "waypoint" } : undefined);
  });
});

test("a pod is led through a waypoint for workloads only", () => {
  const pod = { key: { kind: "Pod", namespace: "foo", name: "a" }, labels: use };
  const led = ["service", "workload", "all", "none"].map((kind) => {
    const others = [gateway({ "istio.io/waypoint-for": kind }, {})];
    const inventory: Inventory = { namespaces: [], workloads: [], services: [], others };
    return waypointOf(inventory, pod, "workload") !== undefined;
  });
  expect(led).toEqual([false, true, true, false]);
});

test("a Gateway that nobody loaded is taken to be there unless everything was loaded", () => {
  const inventory: Inventory = { namespaces: [], workloads: [], services: [], others: [] };
  const own = service("foo", "reviews", use);
  expect(waypointOf(inventory, own, "service")).toBeDefined();
  expect(waypointOf({ ...inventory, complete: true }, own, "service")).toBeUndefined();
});

test("a pod of a Gateway that is ready is led through no waypoint", () => {
  const labels = { ...use, "gateway.networking.k8s.io/gateway-name": "edge" };
  const pod = { key: { kind: "Pod", namespace: "foo", name: "edge-1" }, labels };
  const edge = (status?: object): Other => {
    const key = { kind: "Gateway", namespace: "foo", name: "edge" };
    return { ...gateway({}, {}, status), key };
  };
  const led = (others: readonly Other[], complete: boolean): boolean => {
    const more = complete ? { complete } : {};
    const inventory: Inventory = { namespaces: [], workloads: [], services: [], others, ...more };
    return waypointOf(inventory, pod, "workload") !== undefined;
  };
  const waypoint = gateway(all, {});
  expect(led([waypoint, edge({ addresses: [{ value: "10.9.9.12" }] })], true)).toBe(false);
  expect(led([waypoint, edge()], true)).toBe(false);
  expect(led([waypoint, edge({})], true)).toBe(true);
  expect(led([waypoint], true)).toBe(true);
  expect(led([waypoint], false)).toBe(false);
});
