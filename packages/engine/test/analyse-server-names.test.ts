import { expect, test } from "vitest";
import { prove, whoCan } from "../src/analyse.ts";
import { type AccessRequest, evaluate, type Mesh } from "../src/index.ts";
import { meshFrom } from "./gateway-world.ts";

const policies = {
  listed: "{rules: [{when: [{key: connection.sni, values: [b.example.com]}]}]}",
  denied: "{action: DENY, rules: [{when: [{key: connection.sni, values: [b.example.com]}]}]}",
  "without any": "{rules: [{when: [{key: connection.sni, notValues: ['*']}]}]}",
  open: "{rules: [{}]}",
};

const servers = {
  tcp: `{port: {number: 8443, name: tcp, protocol: TCP}, hosts: ["*"]}`,
  http: `{port: {number: 8443, name: http, protocol: HTTP}, hosts: ["*"]}`,
  https: `{port: {number: 8443, name: https, protocol: HTTPS}, hosts: ["*"], tls: {mode: SIMPLE, credentialName: c}}`,
  passthrough: `{port: {number: 8443, name: tls, protocol: TLS}, hosts: [a.example.com], tls: {mode: PASSTHROUGH}}`,
};

function gateway(kinds: readonly (keyof typeof servers)[], spec: string): string {
  return `
apiVersion: v1
kind: Pod
metadata: {name: p, namespace: foo, labels: {app: p}}
spec: {containers: [{name: istio-proxy, args: [proxy, router]}]}
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: g, namespace: foo}
spec: {selector: {app: p}, servers: [${kinds.map((kind) => servers[kind]).join(", ")}]}
---
apiVersion: v1
kind: Service
metadata: {name: shop, namespace: shop}
spec: {clusterIP: 10.1.0.1, ports: [{name: tcp, port: 9000}]}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: shop, namespace: shop}
spec:
  hosts: ["*"]
  gateways: [foo/g]
  http: [{route: [{destination: {host: shop, port: {number: 9000}}}]}]
  tls: [{match: [{sniHosts: [a.example.com]}], route: [{destination: {host: shop, port: {number: 9000}}}]}]
  tcp: [{route: [{destination: {host: shop, port: {number: 9000}}}]}]
---
${policy(spec)}`;
}

function sidecar(mode: string, spec: string): string {
  return `
apiVersion: v1
kind: Pod
metadata: {name: p, namespace: foo, labels: {app: p}}
spec: {containers: [{name: app}, {name: istio-proxy, args: [proxy, sidecar]}]}
---
apiVersion: v1
kind: Service
metadata: {name: p, namespace: foo}
spec: {selector: {app: p}, ports: [{name: any, port: 8443}]}
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: {name: p, namespace: foo}
spec: {mtls: {mode: ${mode}}}
---
${policy(spec)}`;
}

function policy(spec: string): string {
  return `
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: p, namespace: foo}
spec: ${spec}
---
`;
}

type Protocols = readonly ("http" | "tcp")[];
const both: Protocols = ["http", "tcp"];

const worlds: readonly (readonly [string, string, Protocols, (spec: string) => string])[] = [
  ["bytes at a gateway", "gateway/foo/p:8443", ["tcp"], (spec) => gateway(["tcp"], spec)],
  [
    "bytes beside TLS",
    "gateway/foo/p:8443",
    ["tcp"],
    (spec) => gateway(["tcp", "passthrough"], spec),
  ],
  ["HTTP at a gateway", "gateway/foo/p:8443", ["http"], (spec) => gateway(["http"], spec)],
  ["HTTPS at a gateway", "gateway/foo/p:8443", ["http"], (spec) => gateway(["https"], spec)],
  ["a permissive sidecar", "pod/foo/p:8443", both, (spec) => sidecar("PERMISSIVE", spec)],
  ["a strict sidecar", "pod/foo/p:8443", both, (spec) => sidecar("STRICT", spec)],
  ["a sidecar without mutual TLS", "pod/foo/p:8443", both, (spec) => sidecar("DISABLE", spec)],
];

const names = ["", "a.example.com", "b.example.com", "c.example.com"];
const alpn = {
  http: ["istio-http/1.1", "istio", "http/1.1"],
  tcp: ["istio-peer-exchange", "istio"],
};

/** Whoever may come: in plain text, or with TLS and a server name. */
function callers(to: string, protocol: "http" | "tcp"): readonly AccessRequest[] {
  const http = protocol === "tcp" ? ("none" as const) : { method: "GET", path: "/" };
  const source = { ip: "192.0.2.7" };
  const bare = { to, http, source };
  const tls = names.map((sni) => ({ ...bare, transport: "tls" as const, ...(sni ? { sni } : {}) }));
  if (to.startsWith("gateway")) return [{ ...bare, transport: "plaintext" }, ...tls];
  const certificate = { uris: ["spiffe://cluster.local/ns/foo/sa/x"] };
  const mutual = names.map((sni) => ({
    to,
    http,
    connection: {
      transport: "mtls" as const,
      ...(sni ? { sni } : {}),
      alpn: alpn[protocol],
      certificate,
      sourceIp: source.ip,
      destinationPort: 8443,
    },
  }));
  return [{ ...bare, transport: "plaintext" }, ...tls, ...mutual];
}

function getsThrough(mesh: Mesh, request: AccessRequest): boolean {
  const { branches = [] } = evaluate(mesh, request);
  return branches.some(({ hops }) => hops[0]?.outcome.kind === "forwarded");
}

const nameOf = ({ sni, connection }: AccessRequest): string => sni ?? connection?.sni ?? "";

const spoken = [
  { what: { values: ["b.example.com"] }, takes: (name: string) => name === "b.example.com" },
  { what: { values: ["*"] }, takes: (name: string) => name !== "" },
  { what: { notValues: ["*"] }, takes: (name: string) => name === "" },
  { what: { notValues: ["b.example.com"] }, takes: (name: string) => name !== "b.example.com" },
  { what: { values: ["a.example.com"] }, takes: (name: string) => name === "a.example.com" },
];

const all = worlds.flatMap(([world, to, protocols, meshOf]) =>
  Object.entries(policies).flatMap(([rules, spec]) =>
    spoken.flatMap(({ what, takes }) =>
      protocols.map((protocol) => ({
        title: `${world}, ${rules}, ${JSON.stringify(what)}, ${protocol}`,
        to,
        text: meshOf(spec),
        what,
        takes,
        protocol,
      })),
    ),
  ),
);

test.each(all)("who gets in with a server name is whom the evaluator lets in: $title", (each) => {
  const { to, text, what, takes, protocol } = each;
  const mesh = meshFrom(text);
  const requests = { protocol, when: [{ key: "connection.sni", ...what }] };
  const target = { namespace: "foo", workload: "p" };
  const [proof] = prove(mesh, [{ name: "it", target, requests, expect: "never-allowed" }]);
  const through = callers(to, protocol).filter(
    (request) => takes(nameOf(request)) && getsThrough(mesh, request),
  );
  expect(proof?.undecided).toEqual([]);
  expect(proof?.result.startsWith("holds")).toBe(through.length === 0);
  const [access] = whoCan(mesh, requests).filter(({ points }) => points.length > 0);
  const shown = [...(proof?.violations ?? []), ...(access ? [access] : [])];
  for (const { request } of shown.flatMap(({ regions }) => regions.map(({ witness }) => witness))) {
    expect([request, getsThrough(mesh, request)]).toEqual([request, true]);
    expect(takes(nameOf(request))).toBe(true);
    if (request.transport === "plaintext") expect(request.sni).toBeUndefined();
  }
});

test("somebody without an identity gets in by a server name, as TLS of the application's own", () => {
  const mesh = meshFrom(sidecar("PERMISSIVE", policies.listed));
  const requests = { protocol: "tcp", from: [{ source: { notPrincipals: ["*"] } }] } as const;
  const [proof] = prove(mesh, [{ name: "nobody", requests, expect: "never-allowed" }]);
  expect(proof?.result).toBe("violated");
  const request = proof?.violations[0]?.regions[0]?.witness.request;
  expect(request).toMatchObject({ from: "none", transport: "tls", sni: "b.example.com" });
  expect(request && evaluate(mesh, request).decision).toBe("allow");
});
