import { expect, test } from "vitest";
import { proxyOf } from "../src/kubernetes/proxy.ts";
import { handMesh, handService, handWorkload } from "./mesh.ts";

const orders = handWorkload("Deployment/shop/orders", {
  labels: { app: "orders", version: "v1" },
  ports: [{ port: 8080, name: "web" }, { port: 9090 }],
});
const host = "orders.shop.svc.cluster.local";

test("a proxy knows the ports that its Services lead to", () => {
  const service = handService("shop/orders", [
    { port: 80, name: "http", targetPort: "web" },
    { port: 9000, name: "tcp-admin", targetPort: 9090 },
    { port: 53, transport: "UDP" },
    { port: 81, targetPort: "no-such-port" },
  ]);
  const other = handService("other/orders", [{ port: 1 }]);
  const { inventory } = handMesh({ services: [service, other], workloads: [orders] });
  expect(proxyOf(inventory, orders, "sidecar").ports).toEqual([
    { port: 8080, protocol: "http", service: { host, port: 80 } },
    { port: 9090, protocol: "tcp", service: { host, port: 9000 } },
  ]);
});

test("of two Services that lead to one port, the older one's protocol counts", () => {
  const young = handService("shop/a", [{ name: "tcp", targetPort: 8080 }], {
    selector: { app: "orders" },
    createdAt: 2000,
  });
  const old = handService("shop/b", [{ name: "http", targetPort: 8080 }], {
    selector: { version: "v1" },
    createdAt: 1000,
  });
  const { inventory } = handMesh({ services: [young, old], workloads: [orders] });
  expect(proxyOf(inventory, orders, "sidecar").ports.map(({ protocol }) => protocol)).toEqual([
    "http",
  ]);
});

test("a Service without a selector leads to no workload", () => {
  const service = handService("shop/orders", [{ port: 8080 }], { selector: {} });
  const { inventory } = handMesh({ services: [service], workloads: [orders] });
  expect(proxyOf(inventory, orders, "sidecar").ports).toEqual([]);
});

test("ports that a suite states are known without a Service", () => {
  const stated = handWorkload("Workload/shop/orders", {
    ports: [{ port: 8080, protocol: "http" }],
  });
  expect(proxyOf(handMesh().inventory, stated, "sidecar").ports).toEqual([
    { port: 8080, protocol: "http" },
  ]);
});
