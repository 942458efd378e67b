import { expect, test } from "vitest";
import { authz, filesBelow, type Ran } from "./program.ts";

const files = filesBelow("policies/examples/bookinfo");
const mesh = ["-f", "policies/examples/bookinfo", "--istio", "1.31"];

test.each([
  ["who-can", ["who-can", "svc/bookinfo/reviews:9080"]],
  ["who-can-get", ["who-can", "svc/bookinfo/reviews:9080", "--http", "GET /reviews/0", "-v"]],
  ["what-can", ["what-can", "sa/bookinfo/bookinfo-productpage"]],
  ["what-can-nobody", ["what-can", "none", "-v"]],
  ["matrix", ["matrix"]],
])("%s is answered for all requests there can be", async (name, args) => {
  const { out, err, code } = await authz(files, ...args, ...mesh);
  expect([code, err]).toEqual([0, ""]);
  await expect(out).toMatchFileSnapshot(`access/${name}.txt`);
});

test("a workload that no proxy stands in front of lets everybody in: by its name, by its Service, and where nothing else is asked about", async () => {
  const text = `apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio-injection: disabled } }
---
apiVersion: v1
kind: Service
metadata: { name: orders, namespace: shop }
spec: { selector: { app: orders }, ports: [{ name: http, port: 80, targetPort: 8080 }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: orders, namespace: shop }
spec: { template: { metadata: { labels: { app: orders } } } }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: none, namespace: shop }
spec: {}
`;
  for (const [asked, told] of [
    [["who-can", "svc/shop/orders:80"], "everybody"],
    [["who-can", "deploy/shop/orders"], "everybody"],
    [["who-can", "ns/shop"], "everybody"],
    [["what-can", "sa/shop/web"], "every request"],
    [["matrix"], "all"],
  ] as const) {
    const { out, code } = await authz({ "m.yaml": text }, ...asked, "-f", "m.yaml");
    expect([code, out]).toEqual([0, expect.stringContaining("deploy/shop/orders")]);
    expect(out).toContain(told);
    expect(out).toContain("no proxy enforces anything at deploy/shop/orders");
  }
  const elsewhere = "metadata: { name: none, namespace: elsewhere }";
  const apart = text.replace("metadata: { name: none, namespace: shop }", elsewhere);
  const { out } = await authz({ "m.yaml": apart }, "what-can", "none", "-f", "m.yaml");
  expect(out).toBe("nothing enforces policies here\n");
});

test.each([
  ["csv", "csv"],
  ["markdown", "md"],
  ["html", "html"],
  ["dot", "dot"],
  ["mermaid", "mmd"],
  ["json", "json"],
])("a matrix as %s", async (format, extension) => {
  const { out } = await authz(files, "matrix", "-o", format, ...mesh);
  await expect(out).toMatchFileSnapshot(`access/matrix.${extension}`);
});

test.each([
  [["who-can"], "which workload?"],
  [["who-can", "deploy/nowhere/x"], "nowhere"],
  [["who-can", "svc/bookinfo/reviews:1"], "the Service has no port 1"],
  [["what-can"], "which caller?"],
  [["what-can", "Jim"], "`Jim` is no caller"],
])("%j is answered with what is missing", async (args, told) => {
  const { code, err } = await authz(files, ...args, ...mesh);
  expect([code, err.includes(told)]).toEqual([2, true]);
});

test.each([
  [["who-can", "svc/bookinfo/reviews:9080"]],
  [["what-can", "sa/bookinfo/bookinfo-productpage"]],
])("a value of %j that does not mean what it seems to is warned of, once", async (args) => {
  const { err } = await authz(files, ...args, "--http", "GET /reviews/*/stars", ...mesh);
  const warning = "authz: warning: `/reviews/*/stars` does not mean what it seems to: ";
  expect(err.split(warning)).toHaveLength(2);
  expect(err).toContain("= /reviews/{*}/stars\n");
});

test.each([
  [
    "GET /a?b=c",
    "`/a?b=c` does not mean what it seems to: a path is compared without its query",
    "/a",
  ],
  ["get /a", "`get` does not mean what it seems to: methods are compared letter by letter", "GET"],
  [
    "GET reviews-of-bookinfo",
    "`--http GET reviews-of-bookinfo` asks for the host",
    "a path begins with a slash",
  ],
])("of --http %j is told what is asked, not what a policy would mean", async (http, told, hint) => {
  for (const question of [
    ["who-can", "svc/bookinfo/reviews:9080"],
    ["what-can", "ns/bookinfo"],
  ]) {
    const { err } = await authz(files, ...question, "--http", http, ...mesh);
    expect(err).toContain(`authz: warning: ${told}`);
    expect(err).toContain(`= ${hint}\n`);
    expect(err).not.toMatch(/istiod|polic|rule/);
  }
});

test("a workload that no file has may be described by its labels", async () => {
  const text =
    "apiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata: { name: p, namespace: shop }\nspec: { selector: { matchLabels: { app: orders } }, rules: [{ from: [{ source: { namespaces: [web] } }] }] }\n";
  const ask = (workload: string): Promise<Ran> =>
    authz({ "p.yaml": text }, "who-can", workload, "-f", "p.yaml", "--istio", "1.31");
  const [selected, other] = [
    await ask("ns/shop,app=orders:8080"),
    await ask("ns/shop,app=other:8080"),
  ];
  expect(selected.out).toMatch(/peer is .*\bweb\b/);
  expect(other.out).toContain("HTTP: everybody");
});

const led = `
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio.io/dataplane-mode: ambient, istio.io/use-waypoint: wp } }
---
apiVersion: v1
kind: Service
metadata: { name: orders, namespace: shop }
spec: { selector: { app: orders }, ports: [{ port: 80, targetPort: 8080, name: http }, { port: 81, name: http-two }] }
---
apiVersion: v1
kind: Service
metadata: { name: open, namespace: shop }
spec: { selector: { app: orders }, ports: [{ port: 80, targetPort: 8080, name: http }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: orders, namespace: shop }
spec: { selector: { matchLabels: { app: orders } }, template: { metadata: { labels: { app: orders } } } }
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: wp, namespace: shop, labels: { istio.io/waypoint-for: service } }
spec: { gatewayClassName: istio-waypoint, listeners: [{ name: mesh, port: 15008, protocol: HBONE }] }
status: { conditions: [{ type: Programmed, status: "True" }], addresses: [{ type: IPAddress, value: 10.1.1.9 }] }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: ops, namespace: shop }
spec:
  targetRefs: [{ kind: Service, group: "", name: orders }]
  rules: [{ from: [{ source: { namespaces: [ops] } }], to: [{ operation: { ports: ["80"] } }] }]
`;

test.each([
  ["svc/shop/orders:80", "peer is namespace ops"],
  ["svc/shop/orders:81", "nobody"],
  ["svc/shop/open:80", "everybody"],
])("who gets to %s is asked of the waypoint in front as well", async (target, said) => {
  const mesh = ["-f", "mesh.yaml", "--istio", "1.31"];
  const { out, code } = await authz(
    { "mesh.yaml": led },
    "who-can",
    target,
    "--http",
    "GET /",
    ...mesh,
  );
  expect([code, out]).toEqual([0, expect.stringContaining("`through: waypoint/shop/wp`")]);
  const [first, answer] = out.split("\n");
  expect([first, answer]).toEqual(["waypoint/shop/wp", expect.stringContaining(said)]);
  expect(out).toContain("deploy/shop/orders\n  everybody\n");
});

test("a workload that is named itself is asked alone", async () => {
  const mesh = ["-f", "mesh.yaml", "--istio", "1.31"];
  const { out } = await authz({ "mesh.yaml": led }, "who-can", "deploy/shop/orders", ...mesh);
  expect(out).not.toContain("waypoint");
});

const sliced = `
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio-injection: enabled } }
---
apiVersion: v1
kind: Service
metadata: { name: orders, namespace: shop }
spec: { ports: [{ port: 80, name: http }, { port: 81, name: http-two }] }
---
apiVersion: v1
kind: Service
metadata: { name: lost, namespace: shop }
spec: { ports: [{ port: 80, name: http }] }
---
apiVersion: v1
kind: Pod
metadata: { name: a, namespace: shop, labels: { app: orders } }
spec: { containers: [{ name: istio-proxy, args: [proxy, sidecar] }] }
status: { podIP: 10.0.0.7 }
---
apiVersion: v1
kind: Pod
metadata: { name: b, namespace: shop, labels: { app: orders } }
spec: { containers: [{ name: istio-proxy, args: [proxy, sidecar] }] }
status: { podIP: 10.0.0.8 }
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: { name: orders-1, namespace: shop, labels: { kubernetes.io/service-name: orders } }
addressType: IPv4
ports: [{ name: http, port: 9000 }, { name: http-two, port: 9001 }]
endpoints: [{ addresses: [10.0.0.7], targetRef: { kind: Pod, name: a, namespace: shop } }]
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: p, namespace: shop }
spec: { rules: [{ from: [{ source: { namespaces: [ops] } }], to: [{ operation: { ports: ["9000"] } }] }] }
`;

test("a Service that selects nothing leads where its EndpointSlices say", async () => {
  const ask = (target: string): Promise<Ran> =>
    authz(
      { "m.yaml": sliced },
      ...["who-can", target, "--http", "GET /", "-f", "m.yaml", "--istio", "1.31"],
    );
  const [first, second, lost] = [
    await ask("svc/shop/orders:80"),
    await ask("svc/shop/orders:81"),
    await ask("svc/shop/lost:80"),
  ];
  expect(first.out).toMatch(/^pod\/shop\/a\n.*peer is namespace ops/);
  expect(first.out).not.toContain("pod/shop/b");
  expect(second.out).toMatch(/^pod\/shop\/a\n.*nobody/);
  expect([lost.code, lost.err]).toEqual([2, expect.stringContaining("no EndpointSlice of it")]);
});

const egress = `apiVersion: v1
kind: Pod
metadata: { name: out, namespace: net, labels: { app: out }, annotations: { inject.istio.io/templates: gateway } }
spec: { containers: [{ name: istio-proxy, args: [proxy, router] }] }
---
apiVersion: v1
kind: Service
metadata: { name: out, namespace: net }
spec: { selector: { app: out }, ports: [{ name: https, port: 443, targetPort: 8443 }] }
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: out, namespace: net }
spec:
  selector: { app: out }
  servers: [{ port: { number: 443, name: https, protocol: HTTPS }, tls: { mode: ISTIO_MUTUAL }, hosts: [news.test] }]
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: out, namespace: net }
spec: { selector: { matchLabels: { app: out } }, rules: [{ from: [{ source: { namespaces: [news] } }] }] }
`;

test.each(["443", "8443"])(
  "port %s of a gateway is one of its Service, or its own",
  async (port) => {
    const flags = ["-f", "mesh.yaml", "--istio", "1.31", "--http", "GET news.test/", "-v"];
    const files = { "mesh.yaml": egress };
    const { out } = await authz(files, "who-can", `gateway/net/out:${port}`, ...flags);
    expect(out).toContain("pod/net/out\n  - peer is namespace news");
    expect(out).toContain("spiffe://cluster.local/ns/news/sa/default");
  },
);

/** A Service with one number for UDP, which stands first or last, and TCP; a pod in one of two data planes. */
function dnsMesh(mode: string, first: "UDP" | "TCP"): string {
  const ports = [
    "{ name: dns, port: 53, protocol: UDP, targetPort: 5353 }",
    "{ name: tcp-dns, port: 53, targetPort: 5354 }",
  ];
  return `apiVersion: v1
kind: Namespace
metadata: { name: net, labels: { ${mode} } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: dns, namespace: net }
spec: { template: { metadata: { labels: { app: dns } }, spec: { containers: [{ name: dns }] } } }
---
apiVersion: v1
kind: Service
metadata: { name: dns, namespace: net }
spec: { selector: { app: dns }, ports: [${(first === "UDP" ? ports : ports.toReversed()).join(", ")}, { name: web, port: 80, targetPort: web }] }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: dns, namespace: net }
spec: { rules: [{ to: [{ operation: { ports: ["5354"] } }] }] }
`;
}

test.each([
  ["istio-injection: enabled", "UDP", 0, /bytes: everybody/],
  ["istio-injection: enabled", "TCP", 0, /bytes: everybody/],
  ["istio.io/dataplane-mode: ambient", "UDP", 0, /bytes: everybody/],
  [
    "istio.io/dataplane-mode: ambient",
    "TCP",
    2,
    /in ambient mode to port 5353 and others to port 5354/,
  ],
] as const)("one port for UDP and TCP, %s, %s first", async (mode, first, code, told) => {
  const mesh = { "m.yaml": dnsMesh(mode, first) };
  const ran = await authz(mesh, "who-can", "svc/net/dns:53", "-f", "m.yaml", "--istio", "1.31");
  expect(ran.code).toBe(code);
  expect(`${ran.out}${ran.err}`).toMatch(told);
});

test("a port of a Service that no workload has is told", async () => {
  const mesh = { "m.yaml": dnsMesh("istio-injection: enabled", "UDP") };
  const { code, err } = await authz(mesh, "who-can", "svc/net/dns:80", "-f", "m.yaml");
  expect(code).toBe(2);
  expect(err).toContain("no workload behind `svc/net/dns:80` has the port that it leads to");
});
