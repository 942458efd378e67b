import { loadMesh } from "../src/load.ts";
import type { Mesh } from "../src/model/mesh.ts";
import type { PolicyRule } from "../src/model/policy.ts";

/** A policy in a namespace: at the gateway (edge) or the workload (shop). */
export interface Placed {
  readonly namespace: "edge" | "shop";
  readonly action: string;
  readonly rules?: readonly PolicyRule[];
  readonly provider?: string;
}

/** A gateway, its routes to a workload, and what the files say besides. */
export interface Roads {
  readonly routes: readonly object[]; // spec.http of a VirtualService
  readonly hosts?: readonly string[];
  readonly more?: readonly object[];
}

export const toOrders = {
  destination: { host: "orders.shop.svc.cluster.local", port: { number: 80 } },
};

export const toOther = {
  destination: { host: "other.shop.svc.cluster.local", port: { number: 80 } },
};

function workload(namespace: string, name: string, annotations: object = {}): object {
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name, namespace, labels: { app: name }, annotations },
    spec: {
      serviceAccountName: name,
      containers: [
        { name: "app", ports: [{ containerPort: 8080 }] },
        { name: "istio-proxy", args: ["proxy", namespace === "edge" ? "router" : "sidecar"] },
      ],
    },
    status: { podIP: namespace === "edge" ? "10.9.0.1" : "10.9.0.2" },
  };
}

function service(namespace: string, name: string): object {
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name, namespace },
    spec: { selector: { app: name }, ports: [{ name: "http", port: 80, targetPort: 8080 }] },
  };
}

/** A mesh with a gateway in front of a workload. */
export function journeyMesh(policies: readonly Placed[], roads: Roads): Mesh {
  const { routes, hosts = ["a.example", "*.example"], more = [] } = roads;
  const namespace = (name: string): object => ({
    apiVersion: "v1",
    kind: "Namespace",
    metadata: { name, labels: { "istio-injection": "enabled" } },
  });
  const objects = [
    ...["edge", "shop"].map(namespace),
    workload("edge", "ingress", { "inject.istio.io/templates": "gateway" }),
    service("edge", "ingress"),
    ...["orders", "other"].flatMap((name) => [
      workload("shop", name, { "sidecar.istio.io/status": "{}" }),
      service("shop", name),
    ]),
    {
      apiVersion: "networking.istio.io/v1",
      kind: "Gateway",
      metadata: { name: "public", namespace: "edge" },
      spec: {
        selector: { app: "ingress" },
        servers: [{ port: { number: 80, name: "http", protocol: "HTTP" }, hosts: ["*"] }],
      },
    },
    ...(routes.length === 0 ? [] : hosts).map((host, index) => ({
      apiVersion: "networking.istio.io/v1",
      kind: "VirtualService",
      metadata: { name: index === 0 ? "shop" : `shop-${index}`, namespace: "shop" },
      spec: { hosts: [host], gateways: ["edge/public"], http: routes },
    })),
    ...policies.map(({ namespace: place, action, rules, provider }, index) => ({
      apiVersion: "security.istio.io/v1",
      kind: "AuthorizationPolicy",
      metadata: { name: `p${index}`, namespace: place },
      spec: {
        action,
        ...(rules ? { rules } : {}),
        selector: { matchLabels: { app: place === "edge" ? "ingress" : "orders" } },
        ...(provider ? { provider: { name: provider } } : {}),
      },
    })),
    ...more,
  ];
  const text = objects.map((each) => JSON.stringify(each)).join("\n---\n");
  const { mesh, findings } = loadMesh({
    files: [{ path: "mesh.yaml", text }],
    istio: "1.31",
    allowEmpty: true,
  });
  const wrong = findings.find(({ severity }) => severity === "error");
  if (wrong) throw new Error(wrong.message);
  return mesh;
}

/** A caller with a sidecar, which has an address. */
export const callingPod: object = {
  apiVersion: "v1",
  kind: "Pod",
  metadata: {
    name: "web",
    namespace: "shop",
    labels: { app: "web" },
    annotations: { "sidecar.istio.io/status": "{}" },
  },
  spec: { serviceAccountName: "web", containers: [{ name: "istio-proxy" }] },
  status: { podIP: "10.9.0.7" },
};
