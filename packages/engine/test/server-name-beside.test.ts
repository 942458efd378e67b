import { expect, test } from "vitest";
import { prove } from "../src/analyse.ts";
import { evaluate, type Mesh } from "../src/index.ts";
import { meshFrom } from "./gateway-world.ts";

const tcp = `{port: {number: 31400, name: tcp, protocol: TCP}, hosts: ["*"]}`;
const tls = `{port: {number: 31400, name: tls, protocol: TLS}, hosts: [a.example.com], tls: {mode: PASSTHROUGH}}`;

function meshOf(servers: readonly string[], spec: string): Mesh {
  return meshFrom(`
apiVersion: v1
kind: Pod
metadata: {name: ingress, namespace: istio-system, labels: {istio: ingressgateway}}
spec: {containers: [{name: istio-proxy, args: [proxy, router]}]}
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: g, namespace: istio-system}
spec: {selector: {istio: ingressgateway}, servers: [${servers.join(", ")}]}
---
apiVersion: v1
kind: Service
metadata: {name: shop, namespace: shop}
spec: {clusterIP: 10.1.0.1, ports: [{name: tcp, port: 9000}]}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: bytes, namespace: shop}
spec:
  hosts: ["*"]
  gateways: [istio-system/g]
  tls: [{match: [{sniHosts: [a.example.com]}], route: [{destination: {host: shop, port: {number: 9000}}}]}]
  tcp: [{route: [{destination: {host: shop, port: {number: 9000}}}]}]
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: names, namespace: istio-system}
spec: ${spec}
---
`);
}

const listed = `{rules: [{when: [{key: connection.sni, values: [b.example.com]}]}]}`;
const denied = `{action: DENY, rules: [{when: [{key: connection.sni, values: [b.example.com]}]}]}`;
const to = "gateway/istio-system/ingress:31400";

function decided(mesh: Mesh, sni: string): string | undefined {
  const transport = "tls";
  const verdict = evaluate(mesh, { to, transport, sni, http: "none", source: { ip: "192.0.2.7" } });
  return verdict.branches?.[0]?.hops[0]?.outcome.kind;
}

// istiod 1.31 and Envoy 1.39.3 do the same; recorded as sni-beside-*
test.each<[string, readonly string[], string, string, string]>([
  ["a list lets in what it names", [tls, tcp], listed, "b.example.com", "forwarded"],
  ["and not what it does not name", [tls, tcp], listed, "c.example.com", "closed"],
  ["a DENY rule finds it", [tls, tcp], denied, "b.example.com", "closed"],
  ["in any case", [tls, tcp], denied, "B.example.com", "closed"],
  ["where nobody looks for TLS it is not known", [tcp], denied, "b.example.com", "forwarded"],
  ["nor for a list", [tcp], listed, "b.example.com", "closed"],
])("a server for bytes beside one for TLS: %s", (_name, servers, spec, sni, outcome) => {
  expect(decided(meshOf(servers, spec), sni)).toBe(outcome);
});

test.each<[string, readonly string[], string, string]>([
  ["beside TLS a name may be let in", [tls, tcp], listed, "violated"],
  ["alone none is", [tcp], listed, "holds"],
  ["others are", [tls, tcp], denied, "violated"],
])("proofs know the name, too: %s", (_name, servers, spec, result) => {
  const [proof] = prove(meshOf(servers, spec), [
    {
      name: "nobody",
      target: { namespace: "istio-system", workload: "ingress" },
      requests: { protocol: "tcp" },
      expect: "never-allowed",
    },
  ]);
  expect(proof?.result).toBe(result);
});
