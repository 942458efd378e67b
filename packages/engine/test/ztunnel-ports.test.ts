import { expect, test } from "vitest";
import { evaluate } from "../src/evaluate.ts";
import type { Verdict } from "../src/model/verdict.ts";
import { meshFrom } from "./gateway-world.ts";

const pod = (name: string, ports: string): string => `
apiVersion: v1
kind: Pod
metadata: {name: ${name}, namespace: shop, labels: {app: ${name}}}
spec: {serviceAccountName: ${name}, containers: [{name: app, ports: [${ports}]}]}
---
`;
const service = (ports: string): string => `
apiVersion: v1
kind: Service
metadata: {name: orders, namespace: shop}
spec: {selector: {app: orders}, ports: [${ports}]}
---
`;

function ask(plane: string, ports: string, containerPorts: string): Verdict {
  const namespace = `
apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {${plane}}}
---
`;
  const text = namespace + service(ports) + pod("orders", containerPorts) + pod("web", "");
  const request = { from: "pod/shop/web", to: "svc/shop/orders:80", http: "GET /" };
  return evaluate(meshFrom(text), request);
}

const ambient = "istio.io/dataplane-mode: ambient";
const sidecar = "istio-injection: enabled";
const tcp = "{name: http, port: 80, targetPort: 8080}";
const udp = "{name: quic, port: 80, targetPort: 9090, protocol: UDP}";
const named = (name: string, protocol = "TCP"): string =>
  `{name: n-${name}, port: 80, targetPort: ${name}, protocol: ${protocol}}`;
const declared = "{name: web, containerPort: 7000}, {name: dns, containerPort: 53, protocol: UDP}";

/** The port of the pod that ztunnel connects to, as recorded; undefined: nobody. */
test.each<[string, number | undefined]>([
  [tcp, 8080],
  [`${tcp}, ${udp}`, 9090],
  [`${udp}, ${tcp}`, 8080],
  [udp, 9090],
  [named("web"), 7000],
  [named("web", "UDP"), 7000],
  [named("dns", "UDP"), undefined],
  [named("gone"), undefined],
  [`${tcp}, ${named("web", "UDP")}`, 7000],
  [`${tcp}, ${named("gone", "UDP")}`, undefined],
  [`${named("gone")}, ${udp}`, 9090],
])("of the ports %s ztunnel takes %s", (ports, port) => {
  const verdict = ask(ambient, ports, declared);
  const [hop] = verdict.branches[0].hops;
  expect(verdict.decision).toBe(port === undefined ? "deny" : "allow");
  expect(hop?.saw?.destinationPort).toBe(port);
});

test("everybody else takes the one for TCP", () => {
  const { branches } = ask(sidecar, `${tcp}, ${udp}`, declared);
  expect(branches[0].hops.at(-1)?.saw?.destinationPort).toBe(8080);
});

test("a name that no pod has leads nowhere: 503 of the caller's sidecar", () => {
  const { decision, outcome } = ask(sidecar, named("gone"), declared);
  expect(decision).toBe("deny");
  expect(outcome).toMatchObject({ status: 503, details: "no_healthy_upstream" });
});
