import { expect, test } from "vitest";
import { evaluate } from "../src/evaluate.ts";
import { meshFrom } from "./gateway-world.ts";

/** A client with a sidecar, and two hosts outside on one port, the older one first. */
const world = (protocol: string, dns: string): string => `
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop, annotations: { sidecar.istio.io/status: "{}", ${dns} } }
spec: { serviceAccountName: web, containers: [{ name: app }, { name: istio-proxy }] }
status: { podIP: 10.0.0.2 }
${["old", "new"]
  .map(
    (name, year) => `---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: ${name}, namespace: shop, creationTimestamp: "202${year}-01-01T00:00:00Z" }
spec: { hosts: [${name}.example], resolution: DNS, ports: [{ number: 27017, name: p, protocol: ${protocol} }] }
`,
  )
  .join("")}`;
const capturing = (value: string): string =>
  `proxy.istio.io/config: "{ proxyMetadata: { ISTIO_META_DNS_CAPTURE: '${value}' } }"`;

test.each([
  ["TCP", "", "old"],
  ["MONGO", "", "old"],
  ["TCP", capturing("true"), "new"],
  ["TCP", capturing("1"), "new"],
  ["TCP", capturing("f"), "old"],
  ["HTTP", "", "new"],
])("of hosts without addresses the first gets the bytes on a port: %s %s", (protocol, dns, to) => {
  const mesh = meshFrom(world(protocol, dns));
  const request = { from: "pod/shop/web", to: "http://new.example:27017", http: "GET /" };
  const [hop] = evaluate(mesh, request).branches[0].hops;
  expect(hop?.leaves?.cluster).toBe(`outbound|27017||${to}.example`);
});
