import { expect, test } from "vitest";
import { whyNotCaptured } from "../src/kubernetes/capture.ts";
import { dataPlaneOf } from "../src/kubernetes/data-plane.ts";
import type { Workload } from "../src/model/kubernetes.ts";
import { handMesh, handNamespace, handObject, handWorkload } from "./mesh.ts";

type Labels = Readonly<Record<string, string>>;

const redirected = { "ambient.istio.io/redirection": "enabled" };

test.each<[string, Labels | undefined, Partial<Workload>, string | undefined]>([
  ["an injected namespace", { "istio-injection": "enabled" }, {}, "sidecar"],
  ["a revision on the namespace", { "istio.io/rev": "canary" }, {}, "sidecar"],
  [
    "a pod that opts out",
    { "istio-injection": "enabled" },
    { labels: { "sidecar.istio.io/inject": "false" } },
    "none",
  ],
  [
    "a pod that opts out by annotation",
    { "istio-injection": "enabled" },
    { annotations: { "sidecar.istio.io/inject": "false" } },
    "none",
  ],
  [
    "a label that beats the annotation",
    { "istio-injection": "enabled" },
    {
      labels: { "sidecar.istio.io/inject": "true" },
      annotations: { "sidecar.istio.io/inject": "false" },
    },
    "sidecar",
  ],
  [
    "a pod that opts in where the namespace forbids it (ctx:T88)",
    { "istio-injection": "disabled" },
    { labels: { "sidecar.istio.io/inject": "true" } },
    "none",
  ],
  ["a pod that opts in", {}, { labels: { "sidecar.istio.io/inject": "true" } }, "sidecar"],
  ["a revision on the pod", {}, { labels: { "istio.io/rev": "canary" } }, "sidecar"],
  ["a namespace that says nothing", {}, {}, undefined],
  ["a namespace that was not loaded", undefined, {}, undefined],
  ["an ambient namespace", { "istio.io/dataplane-mode": "ambient" }, {}, "ambient"],
  ["an ambient pod", undefined, { labels: { "istio.io/dataplane-mode": "ambient" } }, "ambient"],
  [
    "an ambient namespace with injection",
    { "istio.io/dataplane-mode": "ambient", "istio-injection": "enabled" },
    {},
    "sidecar",
  ],
  [
    "a pod that leaves ambient mode, where the namespace says nothing of sidecars",
    { "istio.io/dataplane-mode": "ambient" },
    { labels: { "istio.io/dataplane-mode": "none" } },
    "none",
  ],
  ["what is stated", { "istio-injection": "enabled" }, { dataPlane: "none" }, "none"],
  [
    "a deployed gateway",
    undefined,
    { labels: { "gateway.networking.k8s.io/gateway-name": "edge" } },
    "gateway",
  ],
  [
    "a deployed waypoint",
    undefined,
    {
      labels: {
        "gateway.networking.k8s.io/gateway-name": "waypoint",
        "gateway.istio.io/managed": "istio.io-mesh-controller",
      },
    },
    "waypoint",
  ],
  [
    "an injected gateway",
    undefined,
    { annotations: { "inject.istio.io/templates": "gateway" } },
    "gateway",
  ],
  [
    "a running pod with a sidecar",
    {},
    { labels: { "security.istio.io/tlsMode": "istio" } },
    "sidecar",
  ],
])("the data plane of a workload with %s", (_, namespace, parts, expected) => {
  const namespaces = namespace === undefined ? [] : [handNamespace("shop", namespace)];
  const { inventory } = handMesh({ namespaces });
  const workload = handWorkload("Deployment/shop/orders", parts);
  expect(dataPlaneOf(inventory, workload)?.plane).toBe(expected);
});

test("a pod on the host's network takes no part, whatever its namespace says", () => {
  const { inventory } = handMesh({
    namespaces: [handNamespace("shop", { "istio-injection": "enabled" })],
  });
  const workload = handWorkload("Deployment/shop/orders", { hostNetwork: true });
  expect(dataPlaneOf(inventory, workload)).toMatchObject({
    plane: "none",
    from: { path: ["spec", "template", "spec", "hostNetwork"] },
  });
});

test("a proxy that runs as a router is a gateway, although nothing is injected into it", () => {
  const parts = { router: true, labels: { "sidecar.istio.io/inject": "false" } } as const;
  const workload = handWorkload("Deployment/shop/edge", parts);
  expect(dataPlaneOf(handMesh().inventory, workload)?.plane).toBe("gateway");
});

test.each<[string, Labels | undefined, Labels, string]>([
  ["opts out of injection", undefined, { "sidecar.istio.io/inject": "false" }, "gateway"],
  ["nothing is known of its injection", undefined, {}, "gateway"],
  ["no label asks for a sidecar", {}, {}, "gateway"],
  ["its namespace is injected", { "istio-injection": "enabled" }, {}, "sidecar"],
  ["it asks for a sidecar", {}, { "sidecar.istio.io/inject": "true" }, "sidecar"],
  ["ambient mode captures it", { "istio.io/dataplane-mode": "ambient" }, {}, "ambient"],
  ["its namespace keeps sidecars out", { "istio-injection": "disabled" }, {}, "none"],
])("a pod that a Gateway selects, where %s", (_, namespace, labels, plane) => {
  const gateway = handObject("Gateway/shop/edge", { selector: { app: "orders" } });
  const namespaces = namespace === undefined ? [] : [handNamespace("shop", namespace)];
  const { inventory } = handMesh({ others: [gateway], namespaces });
  const workload = handWorkload("Deployment/shop/orders", { labels: { app: "orders", ...labels } });
  expect(dataPlaneOf(inventory, workload)?.plane).toBe(plane);
});

test.each<[number, Labels, boolean]>([
  [8080, {}, true],
  [15090, {}, false],
  [15021, {}, false],
  [15020, {}, false],
  [15020, { "status.sidecar.istio.io/port": "15030" }, true],
  [15030, { "status.sidecar.istio.io/port": "15030" }, false],
  [8080, { "traffic.sidecar.istio.io/excludeInboundPorts": "9090, 8080" }, false],
  [8080, { "traffic.sidecar.istio.io/excludeInboundPorts": "" }, true],
  [8080, { "traffic.sidecar.istio.io/includeInboundPorts": "*" }, true],
  [8080, { "traffic.sidecar.istio.io/includeInboundPorts": "9090" }, false],
  [8080, { "traffic.sidecar.istio.io/includeInboundPorts": "" }, false],
])("port %i under %j is captured: %s", (port, annotations, captured) => {
  const workload = handWorkload("Deployment/shop/orders", { annotations });
  expect(whyNotCaptured(workload, port) === undefined).toBe(captured);
});

test.each<[string, readonly string[], Labels, string | undefined]>([
  ["a proxy", ["istio-proxy"], {}, "gateway"],
  ["a proxy and something beside it", ["log", "istio-proxy"], {}, "gateway"],
  ["an application", ["app"], {}, undefined],
  ["an application that opts out", ["app"], { "sidecar.istio.io/inject": "false" }, "none"],
])(
  "a pod that a Gateway selects, of which the containers are known: %s",
  (_, names, own, plane) => {
    const gateway = handObject("Gateway/shop/edge", { selector: { app: "orders" } });
    const { inventory } = handMesh({ others: [gateway], namespaces: [handNamespace("shop", {})] });
    const containers = names.map((name) => ({ name }));
    const labels = { app: "orders", ...own };
    const workload = { ...handWorkload("Deployment/shop/orders", { labels }), containers };
    expect(dataPlaneOf(inventory, workload)?.plane).toBe(plane);
  },
);

test.each<[string, Partial<Workload>, string | undefined]>([
  ["an application alone", { containers: [{ name: "app" }] }, "none"],
  ["containers that nobody knows", {}, "none"],
  ["a proxy that says not what it runs as", { containers: [{ name: "istio-proxy" }] }, "sidecar"],
  ["a proxy that runs as a sidecar", { proxied: true }, "sidecar"],
  ["what ambient mode did to it", { annotations: redirected }, "ambient"],
])("a pod that runs, in a namespace where sidecars are injected, with %s", (_, parts, plane) => {
  const { inventory } = handMesh({
    namespaces: [handNamespace("shop", { "istio-injection": "enabled" })],
  });
  const workload = handWorkload("Pod/shop/orders", { addresses: ["10.0.0.9"], ...parts });
  expect(dataPlaneOf(inventory, workload)?.plane).toBe(plane);
});

test("a machine has a ztunnel only where it says so itself: no node redirects its traffic", () => {
  const { inventory } = handMesh({
    namespaces: [handNamespace("shop", { "istio.io/dataplane-mode": "ambient" })],
  });
  const of = (parts: Partial<Workload>): string | undefined =>
    dataPlaneOf(inventory, handWorkload("WorkloadEntry/shop/vm", parts))?.plane;
  expect(of({})).toBeUndefined();
  expect(of({ labels: { "istio.io/dataplane-mode": "ambient" } })).toBeUndefined();
  expect(of({ annotations: { "ambient.istio.io/redirection": "enabled" } })).toBe("ambient");
  expect(of({ labels: { "security.istio.io/tlsMode": "istio" } })).toBe("sidecar");
});
