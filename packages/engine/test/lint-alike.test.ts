import { expect, test } from "vitest";
import { unlike } from "../src/lint/alike.ts";
import { lintMesh } from "../src/lint/lint.ts";
import { sceneOf } from "../src/lint/scene.ts";
import { loadMesh } from "../src/load.ts";
import type { Mesh } from "../src/model/mesh.ts";

type Body = Readonly<Record<string, unknown>>;

function meshOf(items: readonly Body[]): Mesh {
  const text = JSON.stringify({ apiVersion: "v1", kind: "List", items });
  return loadMesh({ files: [{ path: "mesh.json", text }] }).mesh;
}

function workload(name: string, annotations: Body = {}, more: Body = {}): readonly Body[] {
  const labels = { app: name };
  return [
    {
      apiVersion: "v1",
      kind: "Pod",
      metadata: { name, namespace: "shop", labels, annotations },
      spec: { containers: [{ name: "app", ports: [{ containerPort: 8080 }] }] },
      ...more,
    },
    {
      apiVersion: "v1",
      kind: "Service",
      metadata: { name, namespace: "shop" },
      spec: { selector: labels, ports: [{ name: "http", port: 80, targetPort: 8080 }] },
    },
  ];
}

function policy(name: string, spec: Body): Body {
  const metadata = { name, namespace: "shop" };
  return { apiVersion: "security.istio.io/v1", kind: "AuthorizationPolicy", metadata, spec };
}

const operation = (body: Body): Body => ({ rules: [{ to: [{ operation: body }] }] });
const everyone = policy("everyone", operation({ paths: ["/a"], hosts: ["*.example"] }));
const pair = [...workload("one"), ...workload("two")];

test.each<readonly [string, readonly Body[], number]>([
  ["nothing tells them apart", [...pair, everyone], 1],
  [
    "a policy of one alone",
    [...pair, everyone, policy("p", { selector: { matchLabels: { app: "two" } } })],
    2,
  ],
  ["a rule about the name of one", [...pair, policy("p", operation({ hosts: ["one.shop.*"] }))], 2],
  ["a rule about the names of both", [...pair, policy("p", operation({ hosts: ["*.local"] }))], 1],
  [
    "a condition about the name of one",
    [
      ...pair,
      policy("p", {
        rules: [{ when: [{ key: "request.headers[:authority]", values: ["two.shop*"] }] }],
      }),
    ],
    2,
  ],
  [
    "a port of one is not redirected",
    [
      ...workload("one"),
      ...workload("two", { "traffic.sidecar.istio.io/excludeInboundPorts": "8080" }),
      everyone,
    ],
    2,
  ],
  [
    "each has an address",
    [
      ...workload("one", {}, { status: { podIP: "10.0.0.1", phase: "Running" } }),
      ...workload("two", {}, { status: { podIP: "10.0.0.2", phase: "Running" } }),
      everyone,
    ],
    2,
  ],
])("two workloads may stand for one another: %s", (_, items, count) => {
  const { points } = sceneOf(meshOf(items));
  expect(points).toHaveLength(2);
  expect(unlike(points)).toHaveLength(count);
});

test("a denied path is tried at the Service that its policy names, however many there are", () => {
  const labels = { "istio.io/dataplane-mode": "ambient", "istio.io/use-waypoint": "waypoint" };
  const waypoint = {
    apiVersion: "gateway.networking.k8s.io/v1",
    kind: "Gateway",
    metadata: { name: "waypoint", namespace: "shop" },
    spec: {
      gatewayClassName: "istio-waypoint",
      listeners: [{ name: "mesh", port: 15008, protocol: "HBONE" }],
    },
  };
  const names = Array.from({ length: 20 }, (_, index) => `app-${index}`);
  const space = { apiVersion: "v1", kind: "Namespace", metadata: { name: "shop", labels } };
  const targetRefs = [{ group: "", kind: "Service", name: "app-19" }];
  const deny = { action: "DENY", targetRefs, ...operation({ paths: ["/admin"] }) };
  const mesh = meshOf([
    space,
    waypoint,
    ...names.flatMap((name) => workload(name)),
    policy("p", deny),
  ]);
  const found = lintMesh(mesh, { only: ["security/path-alias"] });
  expect(found).toHaveLength(1);
  const shown = found.flatMap(({ evidence }) =>
    evidence.kind === "witness" ? evidence.shows : [],
  );
  expect(new Set(shown.map(({ request }) => request.to))).toEqual(new Set(["svc/shop/app-19:80"]));
});
