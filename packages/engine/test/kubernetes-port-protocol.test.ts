import { expect, test } from "vitest";
import { portProtocol } from "../src/kubernetes/port-protocol.ts";
import type { ServicePort } from "../src/model/kubernetes.ts";

const port: ServicePort = { port: 80, targetPort: 80, transport: "TCP" };

test.each<[string, Partial<ServicePort>, string]>([
  ["the name up to its hyphen", { name: "http-api" }, "http"],
  ["in any case", { name: "HTTP2-x" }, "http"],
  ["grpc-web, which has a hyphen itself", { name: "grpc-web-x" }, "http"],
  ["https, which is TLS to a proxy", { name: "https-web" }, "tcp"],
  ["a database", { name: "redis" }, "tcp"],
  ["a name that says nothing", { name: "web" }, "auto"],
  ["a name that begins like one", { name: "httpserver" }, "auto"],
  ["no name", {}, "auto"],
  ["no name on MySQL's port", { port: 3306 }, "tcp"],
  ["a name that says nothing on MySQL's port", { port: 3306, name: "db" }, "tcp"],
  ["http on MySQL's port", { port: 3306, name: "http" }, "http"],
  ["appProtocol before the name", { name: "tcp", appProtocol: "http" }, "http"],
  ["an unknown appProtocol, whatever the name", { name: "http", appProtocol: "my-proto" }, "auto"],
  ["Kubernetes' h2c", { appProtocol: "kubernetes.io/h2c" }, "http"],
  ["Kubernetes' ws", { appProtocol: "kubernetes.io/ws" }, "http"],
  ["Kubernetes' wss", { appProtocol: "kubernetes.io/wss" }, "tcp"],
  ["Kubernetes' words as a name", { name: "kubernetes.io/h2c" }, "auto"],
  ["UDP", { name: "http", transport: "UDP" }, "udp"],
])("the protocol of a port with %s", (_, parts, expected) => {
  expect(portProtocol({ ...port, ...parts })).toBe(expected);
});
