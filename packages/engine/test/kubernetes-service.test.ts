import { expect, test } from "vitest";
import { proxyOf } from "../src/kubernetes/proxy.ts";
import { servicePort, targetPortOf } from "../src/kubernetes/service.ts";
import { handMesh, handService, handWorkload } from "./mesh.ts";

const orders = handWorkload("Deployment/shop/orders", {
  labels: { app: "orders", version: "v1" },
  ports: [{ port: 8080, name: "web" }, { port: 9090 }],
});
const host = "orders.shop.svc.cluster.local";

test("a proxy knows the ports that its Services lead to, and takes those of UDP for bytes", () => {
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
    { port: 53, protocol: "tcp", service: { host, port: 53 } },
  ]);
});

test("of two ports with one number the one that takes connections is addressed", () => {
  const service = handService("shop/orders", [
    { port: 443, name: "http3", transport: "UDP" },
    { port: 443, name: "https" },
  ]);
  expect(servicePort(service, 443)?.name).toBe("https");
  expect(
    servicePort(handService("shop/orders", [{ port: 53, transport: "UDP" }]), 53),
  ).toBeDefined();
});

test("a name of a port is looked for among those of its transport", () => {
  const workload = handWorkload("Pod/shop/orders-1", {
    ports: [
      { port: 5353, name: "dns", transport: "UDP" },
      { port: 5354, name: "dns" },
    ],
  });
  const port = { port: 53, targetPort: "dns" };
  expect(targetPortOf({ ...port, transport: "TCP" }, workload)).toBe(5354);
  expect(targetPortOf({ ...port, transport: "UDP" }, workload)).toBe(5353);
  expect(targetPortOf({ ...port, transport: "SCTP" }, workload)).toBeUndefined();
});

test("a WorkloadEntry has ports by the name of the Service's port, then by its number", () => {
  const machine = handWorkload("WorkloadEntry/shop/vm", {
    labels: { app: "orders" },
    ports: [
      { port: 9000, name: "http" },
      { port: 9001, name: "web" },
    ],
  });
  const ports = [
    { port: 80, name: "http", targetPort: 8080 },
    { port: 81, name: "http-named", targetPort: "web" },
    { port: 82, name: "http-other", targetPort: 8082 },
    { port: 83, name: "http-none", targetPort: "none" },
    { port: 53, name: "dns", targetPort: 53, transport: "UDP" as const },
  ];
  const known = (clusterIps: readonly string[]): readonly number[] => {
    const service = { ...handService("shop/orders", ports), clusterIps };
    const { inventory } = handMesh({ services: [service], workloads: [machine] });
    return proxyOf(inventory, machine, "sidecar").ports.map(({ port }) => port);
  };
  expect(known(["10.1.1.1"])).toEqual([9000, 9001, 8082]);
  expect(known(["None"])).toEqual([]);
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
