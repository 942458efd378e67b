import { expect, test } from "vitest";
import type { AccessRequest } from "../src/model/access-request.ts";
import type { Other } from "../src/model/kubernetes.ts";
import type { MutualTlsMode } from "../src/model/policy.ts";
import { handObject, handPeer, handService, handWorkload } from "./mesh.ts";
import { cluster, orders, type Parts, transports, ways, web } from "./ways.ts";

const mode = (mode: MutualTlsMode): object => ({ mtls: { mode } });
const port = {
  selector: { matchLabels: { app: "orders" } },
  portLevelMtls: { 8080: { mode: "DISABLE" } },
} as const;

test.each<[string, Parts, string]>([
  ["STRICT", { peerAuthentications: [handPeer("shop/default", mode("STRICT"))] }, "mtls"],
  ["DISABLE", { peerAuthentications: [handPeer("shop/default", mode("DISABLE"))] }, "plaintext"],
  ["DISABLE on the port", { peerAuthentications: [handPeer("shop/orders", port)] }, "plaintext"],
  ["auto mTLS off", { config: { enableAutoMtls: false } }, "plaintext"],
  [
    "DISABLE of the namespace and STRICT of the workload (an:PA-93)",
    {
      peerAuthentications: [
        handPeer("shop/default", mode("DISABLE")),
        handPeer("shop/orders", {
          selector: { matchLabels: { app: "orders" } },
          ...mode("STRICT"),
        }),
      ],
    },
    "plaintext",
  ],
])("a client with a sidecar goes by the server's mode: %s", (_, parts, expected) => {
  expect(transports(cluster(parts))).toEqual([expected]);
});

test.each<[string, Partial<AccessRequest>, readonly string[]]>([
  ["an external client", { from: "external/203.0.113.9" }, ["plaintext"]],
  ["nobody", { from: "none" }, ["plaintext"]],
  ["an account", { from: "sa/c/web" }, ["mtls"]],
  ["another trust domain", { from: "spiffe://td/ns/a/sa/b" }, ["mtls"]],
  [
    "a pod's address, which the sidecar does not know (ctx:T80)",
    { to: "deploy/shop/orders:8080" },
    ["plaintext"],
  ],
  ["what is stated", { from: "none", transport: "tls" }, ["tls"]],
  ["mutual TLS of who has no identity", { from: "none", transport: "mtls" }, ["mtls"]],
  ["the Service by another of its names", { http: "GET orders.shop/x" }, ["mtls"]],
  ["the Service in capitals, with a port", { http: "GET Orders.Shop.svc:8080/x" }, ["mtls"]],
  ["a Host that the sidecar does not know", { http: "GET shop.example.com/x" }, ["plaintext"]],
  [
    "a Host that a gateway may know",
    { from: "spiffe://td/ns/a/sa/b", http: "GET shop.example.com/x" },
    ["mtls", "plaintext"],
  ],
])("the transport of %s", (_, request, expected) => {
  expect(transports(cluster(), request)).toEqual(expected);
});

test("a Host of another Service leads there", () => {
  const services = ["shop/orders", "shop/other"].map((name) =>
    handService(name, [{ name: "http" }]),
  );
  expect(transports(cluster({ services }), { http: "GET other.shop/x" })).toEqual([
    "not evaluated",
  ]);
});

test("a VirtualService of the mesh is not evaluated yet; one of a gateway does not matter", () => {
  const route = (gateways?: readonly string[]): Other =>
    handObject("VirtualService/shop/r", { hosts: ["orders"], ...(gateways ? { gateways } : {}) });
  expect(transports(cluster({ others: [route()] }))).toEqual(["not evaluated"]);
  expect(transports(cluster({ others: [route(["shop/edge"])] }))).toEqual(["mtls"]);
  expect(transports(cluster({ others: [route()] }), { from: "none" })).toEqual(["plaintext"]);
});

test("a port that is not captured is not enforced; a sidecar sends TLS to it all the same (ctx:T84, ctx:T85)", () => {
  const annotations = { "traffic.sidecar.istio.io/excludeInboundPorts": "8080" };
  const mesh = cluster({ workloads: [{ ...orders, annotations }, web] });
  expect(transports(mesh, { from: "none" })).toEqual(["unenforced, plaintext"]);
  expect(transports(mesh)).toEqual(["unenforced, mtls"]);
});

test("nothing is enforced on a pod without data plane, and clients know", () => {
  const labels = {
    app: "orders",
    "sidecar.istio.io/inject": "false",
    "istio.io/dataplane-mode": "none",
  };
  const mesh = cluster({ workloads: [{ ...orders, labels }, web] });
  expect(transports(mesh)).toEqual(["unenforced, plaintext"]);
});

test("a sidecar says by ALPN whether it sends HTTP, and by SNI to which Service", () => {
  const alpn = (request: Partial<AccessRequest>, name = "http"): unknown => {
    const services = [handService("shop/orders", [{ name, targetPort: 8080 }])];
    const [way] = ways(cluster({ services }), request);
    return (
      way?.kind === "sidecar" && [way.connection.alpn?.[0], way.connection.sni, way.http?.host]
    );
  };
  const sni = "outbound_.80_._.orders.shop.svc.cluster.local";
  const host = "orders.shop.svc.cluster.local";
  expect(alpn({})).toEqual(["istio-http/1.1", sni, host]);
  expect(alpn({ grpc: "a.B/C" })).toEqual(["istio-h2", sni, host]);
  expect(alpn({}, "tcp")).toEqual(["istio-peer-exchange", sni, host]);
  expect(alpn({}, "auto")).toEqual(["istio-http/1.1", sni, host]);
});

test.each([
  [{ PILOT_DISABLE_MX_ALPN: "1" }, ["istio"]],
  [{ PILOT_DISABLE_MX_ALPN: "0" }, ["istio-peer-exchange", "istio"]],
  [{ PILOT_ENABLE_METADATA_EXCHANGE: "F" }, ["istio"]],
  [{ PILOT_ENABLE_ALPN_FILTER: "False" }, ["istio-peer-exchange", "istio"]],
])("variables of istiod are read as Go reads them: %o", (features, alpn) => {
  const name = "PILOT_ENABLE_ALPN_FILTER" in features ? "http" : "tcp";
  const services = [handService("shop/orders", [{ name, targetPort: 8080 }])];
  const [way] = ways({ ...cluster({ services }), features }, {});
  expect(way?.kind === "sidecar" && way.connection.alpn).toEqual(alpn);
});

test("workloads behind one Service are told apart where a policy could tell them apart", () => {
  const workloads = [
    handWorkload("Deployment/shop/v1", { labels: { app: "orders", version: "v1", hash: "a" } }),
    handWorkload("Deployment/shop/v2", { labels: { app: "orders", version: "v2", hash: "b" } }),
    handWorkload("Deployment/shop/v2b", { labels: { app: "orders", version: "v2", hash: "c" } }),
    web,
  ];
  expect(ways(cluster({ workloads }), {})).toHaveLength(1);
  const selector = { matchLabels: { version: "v2" } };
  const peerAuthentications = [handPeer("shop/v2", { selector })];
  const names = ways(cluster({ workloads, peerAuthentications }), {}).map(
    (way) => way.kind === "sidecar" && way.proxy.name,
  );
  expect(names).toEqual(["v1", "v2"]);
});

test("behind a Service that was not loaded, the labels are whatever the policies tell apart", () => {
  const mesh = cluster({
    services: [],
    peerAuthentications: ["a", "orders"].map((app) =>
      handPeer(`shop/${app}`, { selector: { matchLabels: { app } } }),
    ),
  });
  const labels = ways(mesh, {}).map((way) => way.kind === "sidecar" && way.proxy.labels);
  expect(labels).toEqual([{ app: "orders" }, {}, { app: "a" }]);
});

test("a port of which nothing is known is taken for HTTP by a request that is", () => {
  const [way] = ways(cluster(), { to: "ns/shop,app=x:9000" });
  expect(way?.kind === "sidecar" && way.proxy.ports).toEqual([{ port: 9000, protocol: "http" }]);
});

test("for a workload named without its Service, a DestinationRule that may count is a question", () => {
  const rule = { host: "*.shop.svc.cluster.local", trafficPolicy: { tls: { mode: "DISABLE" } } };
  const others = [handObject("DestinationRule/c/r", rule)];
  expect(transports(cluster({ others }), { to: "ns/shop,app=x:80" })).toEqual([
    "mtls",
    "plaintext",
  ]);
  expect(transports(cluster({ others: [] }), { to: "ns/shop,app=x:80" })).toEqual(["mtls"]);
});

test("HBONE to a sidecar that was not told to take it is not evaluated", () => {
  expect(transports(cluster(), { transport: "hbone" })).toEqual(["not evaluated"]);
});

test("HBONE to a sidecar is taken if the mesh config says so", () => {
  const proxyMetadata = { ISTIO_META_ENABLE_HBONE: "true" };
  const told = cluster({ config: { defaultConfig: { proxyMetadata } } });
  expect(transports(told, { transport: "hbone" })).toEqual(["hbone"]);
});
