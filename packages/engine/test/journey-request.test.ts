import { expect, test } from "vitest";
import { splitHttp } from "../src/journey/http.ts";
import { checkRequest, understand } from "../src/journey/request.ts";
import type { AccessRequest } from "../src/model/access-request.ts";
import { handMesh, handService, handWorkload } from "./mesh.ts";

const mesh = handMesh({
  services: [handService("shop/orders", [{ port: 80, name: "http", targetPort: 8080 }])],
  workloads: [
    handWorkload("Deployment/shop/orders", { ports: [{ port: 8080, name: "web" }] }),
    handWorkload("Workload/shop/stated", { ports: [{ port: 9000, protocol: "http" }] }),
    handWorkload("Pod/shop/orders-1", { addresses: ["10.0.0.1"] }),
    handWorkload("Deployment/shop/edge"),
  ],
});
const to = "svc/shop/orders:80";
const read = (request: AccessRequest, namespace?: string): unknown =>
  understand(mesh, request, namespace === undefined ? {} : { namespace });

test.each<[string, object]>([
  ["GET /x", { method: "GET", path: "/x" }],
  ["GET /x?a=b", { method: "GET", path: "/x?a=b" }],
  ["GET shop.example.com/api", { method: "GET", host: "shop.example.com", path: "/api" }],
  ["GET shop.example.com:8080", { method: "GET", host: "shop.example.com:8080", path: "/" }],
  ["GET http://shop/a/../b", { method: "GET", host: "shop", path: "/a/../b" }],
  ["GET //x", { method: "GET", path: "//x" }],
  ["OPTIONS *", { method: "OPTIONS", path: "*" }],
  ["CONNECT shop:443", { method: "CONNECT", host: "shop:443" }],
  ["GET /x HTTP/2", { method: "GET", path: "/x", version: "2" }],
  ["/x", { path: "/x" }],
  ["DELETE", { method: "DELETE" }],
])("%s is split into its parts", (text, expected) => {
  expect(splitHttp(text)).toEqual(expected);
});

test("a workload of almost that name is named", () => {
  expect(read({ from: "deploy/shop/ordres", to })).toMatchObject([
    { path: ["from"], hint: "did you mean `deploy/shop/orders`?" },
  ]);
});

test.each(["", "GET /a b", "shop.example.com/api", "G=T /"])("%j is no request", (text) => {
  expect(splitHttp(text)).toMatchObject({ path: ["http"] });
});

test.each<[string | undefined, object]>([
  ["sa/shop/web", { kind: "account", namespace: "shop", serviceAccount: "web" }],
  ["deploy/shop/orders", { kind: "workload", workload: { key: { name: "orders" } } }],
  ["pod/shop/orders-1", { kind: "workload", workload: { key: { name: "orders-1" } } }],
  ["workload/shop/stated", { kind: "workload", workload: { key: { name: "stated" } } }],
  ["stated", { kind: "workload", workload: { key: { name: "stated" } } }],
  ["shop/stated", { kind: "workload", workload: { key: { name: "stated" } } }],
  ["spiffe://other/ns/a/sa/b", { kind: "identity", uri: "spiffe://other/ns/a/sa/b" }],
  ["external/203.0.113.9", { kind: "external", ip: "203.0.113.9" }],
  ["external/2001:db8::5", { kind: "external", ip: "2001:db8::5" }],
  ["none", { kind: "none" }],
  ["node", { kind: "node" }],
  [undefined, { kind: "unknown" }],
])("from %s is understood", (from, caller) => {
  expect(read(from === undefined ? { to } : { from, to })).toMatchObject({ caller });
});

test("a reference without namespace takes the suite's", () => {
  expect(read({ from: "sa/web", to: "svc/orders:80" }, "shop")).toMatchObject({
    caller: { namespace: "shop", serviceAccount: "web" },
    target: { namespace: "shop", name: "orders" },
  });
});

test.each<[AccessRequest["to"], object]>([
  [to, { kind: "service", port: 80, service: { key: { name: "orders" } } }],
  ["svc/shop/orders", { kind: "service", port: 80 }],
  ["svc/shop/orders:http", { kind: "service", port: 80 }],
  ["svc/shop/unknown:80", { kind: "service", name: "unknown", port: 80 }],
  ["deploy/shop/orders:8080", { kind: "workload", port: 8080, by: "address" }],
  ["deploy/shop/orders:web", { kind: "workload", port: 8080 }],
  ["deploy/shop/orders", { kind: "workload", port: 8080 }],
  ["stated:9000", { kind: "workload", port: 9000, by: "name" }],
  [
    "ns/shop,app=orders,v=1:80",
    {
      kind: "described",
      destination: { namespace: "shop", labels: { app: "orders", v: "1" }, port: 80 },
    },
  ],
  ["ns/shop:80", { kind: "described", destination: { namespace: "shop", labels: {}, port: 80 } }],
  [
    { namespace: "shop", port: 80 },
    { kind: "described", destination: { namespace: "shop", port: 80 } },
  ],
  ["http://orders.shop/api", { kind: "service", name: "orders", port: 80 }],
  ["http://orders.shop.svc.cluster.local:80/api", { kind: "service", name: "orders", port: 80 }],
  ["host/orders.shop.svc:80", { kind: "service", name: "orders", port: 80 }],
  ["https://shop.example.com/api", { kind: "host", port: 443, tls: true }],
  ["host/api.stripe.com:443", { kind: "host", host: "api.stripe.com" }],
  ["host/10.0.0.9:80", { kind: "address", address: "10.0.0.9", port: 80 }],
  ["gateway/shop/edge:80", { kind: "gateway", workload: { dataPlane: "gateway" }, port: 80 }],
])("to %j is understood", (destination, target) => {
  expect(read({ to: destination })).toMatchObject({ target });
});

test.each<[string, AccessRequest, readonly (string | number)[]]>([
  ["an unknown caller", { from: "someone", to }, ["from"]],
  ["a workload that was not loaded", { from: "deploy/shop/web", to }, ["from"]],
  ["a broken SPIFFE id", { from: "spiffe://x", to }, ["from"]],
  ["a broken address", { from: "external/1.2.3", to }, ["from"]],
  ["an unknown destination", { to: "nowhere" }, ["to"]],
  ["a gateway that was not loaded", { to: "gateway/shop/nowhere:80" }, ["to"]],
  ["a port the Service does not have", { to: "svc/shop/orders:81" }, ["to"]],
  ["no port", { to: "svc/shop/unknown" }, ["to"]],
  ["a port beyond the last", { to: "svc/shop/unknown:65536" }, ["to"]],
  ["a label without value", { to: "ns/shop,app:80" }, ["to"]],
  ["no namespace", { to: { namespace: "", port: 80 } }, ["to", "namespace"]],
  [
    "an unknown data plane",
    { to: { namespace: "a", port: 80, dataPlane: "envoy" } },
    ["to", "dataPlane"],
  ],
  [
    "a header name with a blank",
    { to, http: { headers: { "a b": "c" } } },
    ["http", "headers", "a b"],
  ],
  [
    "a header value of two lines",
    { to, http: { headers: { a: "b\r\nc: d" } } },
    ["http", "headers", "a"],
  ],
  ["a gRPC method without service", { to, grpc: "Method" }, ["grpc"]],
  ["a token nobody knows", { to, http: "GET /", token: "alice" }, ["token"]],
  [
    "the second of two tokens",
    { to, http: "GET /", token: ["a.b.c", { use: "bob" }] },
    ["token", 1],
  ],
  ["a time without zone", { to, now: "2026-09-01T10:00:00" }, ["now"]],
  ["a source that is no address", { to, source: { ip: "here" } }, ["source", "ip"]],
])("%s is a problem with its place", (_, request, path) => {
  expect(checkRequest(mesh, request)).toMatchObject([{ path }]);
});

test("several problems are reported together", () => {
  const request = { from: "someone", to: "nowhere", http: "x y z", now: "soon" };
  expect(checkRequest(mesh, request).map(({ path }) => path[0])).toEqual([
    "from",
    "to",
    "http",
    "now",
  ]);
});

test.each<[string, AccessRequest, object]>([
  ["a header by default", { to, token: "a.b.c" }, { headers: [["authorization", "Bearer a.b.c"]] }],
  [
    "another header",
    { to, token: { raw: "a.b.c", header: "x-jwt", prefix: "" } },
    { headers: [["x-jwt", "a.b.c"]] },
  ],
  [
    "the query",
    { to, http: "GET /x", token: { raw: "a.b.c", param: "t" } },
    { target: "/x?t=a.b.c" },
  ],
  [
    "a cookie beside another",
    { to, http: { headers: { Cookie: "a=b" } }, token: { raw: "a.b.c", cookie: "t" } },
    { headers: [["Cookie", "a=b; t=a.b.c"]] },
  ],
  ["nothing", { to, http: "GET /x", token: "none" }, { headers: [] }],
])("a token is sent in %s", (_, request, message) => {
  expect(read(request)).toMatchObject({ message });
});

test("a gRPC method is a POST over HTTP/2", () => {
  expect(read({ to, grpc: "shop.Orders/Get" })).toMatchObject({
    message: { method: "POST", target: "/shop.Orders/Get", version: "2" },
  });
});

test("a URL says path and Host, and `http` says them better", () => {
  expect(read({ to: "http://orders.shop/a?b", http: "POST" })).toMatchObject({
    message: { method: "POST", target: "/a?b", host: "orders.shop" },
  });
  expect(read({ to: "http://orders.shop/a", http: "GET /c" })).toMatchObject({
    message: { target: "/c", host: "orders.shop" },
  });
});

test("text beyond ASCII is sent as UTF-8", () => {
  expect(read({ to, http: { path: "/é", headers: { a: "ü" } } })).toMatchObject({
    message: { target: "/\u00c3\u00a9", headers: [["a", "\u00c3\u00bc"]] },
  });
});

test("a Host line is the Host", () => {
  expect(read({ to, http: { headers: { Host: "a", x: "b" } } })).toMatchObject({
    message: { host: "a", headers: [["x", "b"]] },
  });
});

test("a name that no workload has leads to the Service of that name, and to its versions", () => {
  const mesh = handMesh({
    services: [handService("shop/reviews", [{ port: 9080 }])],
    workloads: [handWorkload("Deployment/shop/reviews-v1")],
  });
  expect(checkRequest(mesh, { to: "reviews:9080" })).toMatchObject([
    { hint: "did you mean svc/shop/reviews:9080, shop/reviews-v1:9080?" },
  ]);
});

test.each<[string, Partial<AccessRequest>, readonly (readonly string[])[]]>([
  ["a message beside raw", { http: "GET /" }, [["http"]]],
  ["a gRPC method beside raw", { grpc: "a.B/C" }, [["grpc"]]],
  ["a token beside raw", { token: "ey.a.b" }, [["token"]]],
  ["that there is no token", { token: "none" }, []],
  ["a source beside a connection", { source: { ip: "10.0.0.1" }, sni: "x" }, [["source"], ["sni"]]],
  ["another transport", { transport: "mtls" }, [["transport"]]],
  ["the same transport", { transport: "plaintext" }, []],
])("%s is what nobody reads, and refused: %j", (_, part, expected) => {
  const request: AccessRequest = {
    to,
    connection: { transport: "plaintext", destinationPort: 8080, sourceIp: "10.0.0.1" },
    raw: { version: "1.1", method: "GET", target: "/", host: "orders", headers: [] },
    ...part,
  };
  expect(checkRequest(mesh, request).map(({ path }) => path)).toEqual(expected);
});
