import { expect, test } from "vitest";
import { declaredPorts } from "../src/kubernetes/proxy.ts";
import { meshFrom } from "./gateway-world.ts";

const pod = `
apiVersion: v1
kind: Pod
metadata: {name: shop, namespace: s, labels: {app: shop}}
spec:
  containers:
    - name: app
      ports: [{name: own, containerPort: 8081}, {name: udp, containerPort: 5300, protocol: UDP}]
status: {podIP: 10.1.0.1, podIPs: [{ip: 10.1.0.1}]}
---
`;
const service = `
apiVersion: v1
kind: Service
metadata: {name: shop, namespace: s, creationTimestamp: "2024-01-01T00:00:00Z"}
spec: {selector: {app: shop}, ports: [{name: web, port: 80, targetPort: 8080}]}
---
`;
const entry = (spec: string, day = "2023-01-01", namespace = "s"): string => `
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: e, namespace: ${namespace}, creationTimestamp: "${day}T00:00:00Z"}
spec: {hosts: [ext.example], resolution: STATIC, ${spec}}
---
`;
const http = "ports: [{number: 80, name: http, protocol: HTTP, targetPort: 8080}]";
const selecting = "workloadSelector: {labels: {app: shop}}";

function portsOf(text: string): readonly (readonly [number, string])[] {
  const { inventory } = meshFrom(pod + text);
  const [workload] = inventory.workloads;
  return workload
    ? declaredPorts(inventory, workload).map(({ port, protocol }) => [port, protocol])
    : [];
}

test.each<[string, string, readonly (readonly [number, string])[]]>([
  ["a ServiceEntry that selects it", entry(`${selecting}, ${http}`), [[8080, "http"]]],
  [
    "one that has its address",
    entry(`endpoints: [{address: 10.1.0.1}], ${http}`),
    [[8080, "http"]],
  ],
  [
    "an endpoint with a port of its own",
    entry(`endpoints: [{address: 10.1.0.1, ports: {http: 9090}}], ${http}`),
    [[9090, "http"]],
  ],
  [
    "one whose port has the name of the workload's own, which counts before the number",
    entry(`${selecting}, ports: [{number: 80, name: own, protocol: HTTP, targetPort: 8080}]`),
    [[8081, "http"]],
  ],
  [
    "one whose port has the name of a UDP port",
    entry(`${selecting}, ports: [{number: 5353, name: udp, protocol: TCP}]`),
    [[5353, "tcp"]],
  ],
  ["one that selects others", entry(`workloadSelector: {labels: {app: x}}, ${http}`), []],
  ["one of another namespace", entry(`${selecting}, ${http}`, "2023-01-01", "t"), []],
  ["an older one than the Service", service + entry(`${selecting}, ${http}`), [[8080, "http"]]],
  [
    "a younger one than the Service",
    service + entry(`${selecting}, ${http}`, "2025-01-01"),
    [[8080, "auto"]],
  ],
])("the ports of a workload: %s (an:PA-22)", (_, text, expected) => {
  expect(portsOf(text)).toEqual(expected);
});
