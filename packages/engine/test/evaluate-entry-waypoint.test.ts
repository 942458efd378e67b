import { expect, test } from "vitest";
import { evaluate } from "../src/evaluate.ts";
import { loadMesh } from "../src/load.ts";
import type { Verdict } from "../src/model/verdict.ts";

const world = `
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio.io/dataplane-mode: ambient } }
---
apiVersion: v1
kind: Namespace
metadata: { name: out, labels: { istio.io/use-waypoint: egress, tier: edge } }
---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: api, namespace: out }
spec: { hosts: [api.example.com], ports: [{ number: 80, name: http, protocol: HTTP }, { number: 443, name: tls, protocol: TLS }], resolution: DNS }
---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: fixed, namespace: out }
spec: { hosts: [fixed.example.com], addresses: [203.0.113.7], ports: [{ number: 80, name: http, protocol: HTTP }], resolution: NONE }
---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: bare, namespace: out }
spec: { hosts: [bare.example.com], ports: [{ number: 80, name: http, protocol: HTTP }], resolution: NONE }
---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: any, namespace: out }
spec: { hosts: ["*.example.net"], ports: [{ number: 80, name: http, protocol: HTTP }], resolution: DYNAMIC_DNS }
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: egress, namespace: out }
spec: { gatewayClassName: istio-waypoint, listeners: [{ name: mesh, port: 15008, protocol: HBONE, allowedRoutes: { namespaces: { from: All } } }] }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: only-web, namespace: out }
spec:
  targetRefs: [{ kind: Gateway, group: gateway.networking.k8s.io, name: egress }]
  rules: [{ from: [{ source: { principals: [cluster.local/ns/shop/sa/web] } }] }]
`;

interface Asked {
  readonly from?: string;
  readonly text?: string;
  readonly istio?: string;
  readonly meshConfig?: Readonly<Record<string, unknown>>;
}

function ask(
  to: string,
  { from = "sa/shop/other", text = world, istio = "1.31", ...more }: Asked = {},
): Verdict {
  const { mesh, findings } = loadMesh({ files: [{ path: "a.yaml", text }], istio, ...more });
  expect(findings.filter(({ severity }) => severity === "error")).toEqual([]);
  return evaluate(mesh, { from, to, http: "GET /" });
}

test.each([
  ["a host that DNS resolves", "http://api.example.com/", "deny"],
  ["its TLS port", "https://api.example.com/", "deny"],
  ["a host with an address", "http://fixed.example.com/", "deny"],
  ["that address", "host/203.0.113.7:80", "deny"],
  ["a host of many", "http://a.example.net/", "deny"],
  ["a host that has no address and gets none", "http://bare.example.com/", "allow"],
])("ztunnel leads to the waypoint of a ServiceEntry: %s", (_name, to, decision) => {
  expect(ask(to).decision).toBe(decision);
  expect(ask(to, { from: "sa/shop/web" }).decision).toBe("allow");
});

test("on a port that the entry does not have nothing is reached: its waypoint has no chain for it, ztunnel no endpoint, unless it is led on", () => {
  for (const to of [
    "host/api.example.com:81",
    "host/fixed.example.com:81",
    "host/203.0.113.7:81",
  ]) {
    const { decision, branches } = ask(to, { from: "sa/shop/web" });
    expect(decision).toBe("deny");
    expect(branches[0].hops.map(({ point }) => point)).toEqual(["waypoint"]);
  }
  const text = world.replace("istio.io/use-waypoint: egress, ", "");
  expect(ask("host/api.example.com:81", { text }).decision).toBe("deny");
  expect(ask("host/fixed.example.com:81", { text }).decision).toBe("allow");
});

test("a sidecar goes to no waypoint, and neither does who resolves the name elsewhere", () => {
  const sidecars = world.replace("istio.io/dataplane-mode: ambient", "istio-injection: enabled");
  expect(ask("http://api.example.com/", { text: sidecars }).decision).toBe("allow");
  const verdict = ask("http://api.example.com/");
  const assumed = { id: "dns-capture:api.example.com", state: "assumed", value: "by ztunnel" };
  expect(verdict.facts).toContainEqual(expect.objectContaining(assumed));
  expect(verdict.branches[0].hops[0]).toMatchObject({ point: "waypoint", proxy: "out/egress" });
});

test("an entry of the caller's namespace counts before older ones", () => {
  const own = `${world}
---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: own, namespace: shop }
spec: { hosts: [api.example.com], ports: [{ number: 80, name: http, protocol: HTTP }], resolution: DNS }
`;
  expect(ask("http://api.example.com/", { text: own }).decision).toBe("allow");
});

const visibility = (visible: string): Readonly<Record<string, unknown>> => ({
  serviceEntryVisibility: {
    defaultVisibility: "PUBLIC",
    policies: [
      {
        visibility: visible,
        matchingRules: [{ namespaceSelector: { matchLabels: { tier: "edge" } } }],
      },
    ],
  },
});

test("serviceEntryVisibility hides an entry from ztunnels since 1.31: nothing leads to its waypoint", () => {
  const to = "http://api.example.com/";
  expect(ask(to, { meshConfig: visibility("PUBLIC") }).decision).toBe("deny");
  expect(ask(to, { meshConfig: visibility("NAMESPACE") }).decision).toBe("allow");
  expect(ask(to, { meshConfig: visibility("NONE") }).decision).toBe("allow");
  expect(ask(to, { meshConfig: visibility("NONE"), istio: "1.30" }).decision).toBe("deny");
});

const service = (weight: string): string => `
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio.io/dataplane-mode: ambient } }
---
apiVersion: v1
kind: Service
metadata: { name: orders, namespace: shop, labels: { istio.io/use-waypoint: blue, istio.io/use-waypoint-canary: green }, annotations: { ${weight} } }
spec: { selector: { app: orders }, clusterIP: 10.1.1.1, ports: [{ name: http, port: 80 }] }
---
apiVersion: v1
kind: Pod
metadata: { name: orders, namespace: shop, labels: { app: orders }, annotations: { ambient.istio.io/redirection: enabled } }
spec: { containers: [{ name: a }] }
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: blue, namespace: shop }
spec: { gatewayClassName: istio-waypoint, listeners: [{ name: mesh, port: 15008, protocol: HBONE }] }
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: green, namespace: shop }
spec: { gatewayClassName: istio-waypoint, listeners: [{ name: mesh, port: 15008, protocol: HBONE }] }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: blue, namespace: shop }
spec:
  targetRefs: [{ kind: Gateway, group: gateway.networking.k8s.io, name: blue }]
  rules: [{ from: [{ source: { principals: [cluster.local/ns/shop/sa/web] } }] }]
`;

test.each([
  ['istio.io/use-waypoint-canary-weight: "10"', "1.31", "undetermined"],
  ['istio.io/use-waypoint-canary-weight: "100"', "1.31", "allow"],
  ['istio.io/use-waypoint-canary-weight: "0"', "1.31", "deny"],
  ['istio.io/use-waypoint-canary-weight: "101"', "1.31", "deny"],
  ["", "1.31", "deny"],
  ['istio.io/use-waypoint-canary-weight: "100"', "1.30", "deny"],
])(
  "a second waypoint takes its share of the connections since 1.31: %s, %s",
  (weight, istio, decision) => {
    expect(ask("svc/shop/orders:80", { text: service(weight), istio }).decision).toBe(decision);
  },
);

test("the second waypoint enforces what is for the Service, too", () => {
  const text = service('istio.io/use-waypoint-canary-weight: "100"').replace(
    "{ kind: Gateway, group: gateway.networking.k8s.io, name: blue }",
    '{ kind: Service, group: "", name: orders }',
  );
  expect(ask("svc/shop/orders:80", { text })).toMatchObject({ decision: "deny" });
  expect(ask("svc/shop/orders:80", { text, from: "sa/shop/web" })).toMatchObject({
    decision: "allow",
    branches: [{ hops: [{ proxy: "shop/green" }, {}] }],
  });
});

test("a headless Service has no address: its waypoint is not on the way, that of its pods is", () => {
  const headless = service("").replace("clusterIP: 10.1.1.1", "clusterIP: None");
  const verdict = ask("svc/shop/orders:80", { text: headless });
  expect(verdict.decision).toBe("allow");
  expect(verdict.facts).toContainEqual(
    expect.objectContaining({ value: expect.stringContaining("a pod is addressed") }),
  );
  const forPods = headless
    .replace("ambient }", "ambient, istio.io/use-waypoint: blue }")
    .replace(
      "name: blue, namespace: shop }",
      "name: blue, namespace: shop, labels: { istio.io/waypoint-for: all } }",
    );
  expect(ask("svc/shop/orders:80", { text: forPods }).decision).toBe("deny");
  expect(ask("svc/shop/orders:80", { text: forPods, from: "sa/shop/web" }).decision).toBe("allow");
});

test("ztunnel knows a ServiceEntry by its block of addresses since 1.30", () => {
  const text = world.replace("addresses: [203.0.113.7]", "addresses: [203.0.113.0/24]");
  expect(ask("host/203.0.113.9:80", { text }).decision).toBe("deny");
  expect(ask("host/203.0.114.9:80", { text }).decision).toBe("allow");
  expect(ask("host/203.0.113.9:80", { text, istio: "1.29" }).decision).toBe("allow");
});

const inside = `
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio.io/dataplane-mode: ambient } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: orders, namespace: shop }
spec: { selector: { matchLabels: { app: orders } }, template: { metadata: { labels: { app: orders } }, spec: { containers: [{ name: a }] } } }
---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: inside, namespace: shop }
spec: { hosts: [inside.example.com], location: MESH_INTERNAL, addresses: [10.250.0.1], resolution: STATIC, ports: [{ number: 80, name: http, protocol: HTTP, targetPort: 8080 }], workloadSelector: { labels: { app: orders } } }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: only-web, namespace: shop }
spec:
  selector: { matchLabels: { app: orders } }
  rules: [{ from: [{ source: { principals: [cluster.local/ns/shop/sa/web] } }], to: [{ operation: { ports: ["8080"] } }] }]
`;

test.each([["http://inside.example.com/"], ["host/10.250.0.1:80"], ["se/shop/inside:80"]])(
  "ztunnel leads to the pods that a ServiceEntry selects, whose policies count: %s",
  (to) => {
    expect(ask(to, { text: inside }).decision).toBe("deny");
    expect(ask(to, { text: inside, from: "sa/shop/web" })).toMatchObject({
      decision: "allow",
      by: [{ rule: 0 }],
    });
    const nobody = inside.replace(
      "app: orders } } }\n---\napiVersion: security",
      "app: none } } }\n---\napiVersion: security",
    );
    expect(ask(to, { text: nobody, from: "sa/shop/web" }).decision).toBe("deny");
  },
);

test("an entry with the address counts before those with a block around it, and of these the smallest", () => {
  const entry = (name: string, address: string, space: string, at: number): string => `
---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: ${name}, namespace: ${space}, creationTimestamp: "20${at}-01-01T00:00:00Z" }
spec: { hosts: [${name}.example.com], addresses: [${address}], ports: [{ number: 80, name: http, protocol: HTTP }], resolution: NONE }
`;
  const blocks = (wide: string, close: string): string =>
    world +
    entry("wide", "198.51.0.0/16", wide, 20) +
    entry("close", "198.51.100.0/24", close, 21) +
    entry("one", "198.51.100.7", "w", 22);
  const at = (address: string, text: string): string =>
    ask(`host/${address}:80`, { text }).decision;
  expect(at("198.51.100.9", blocks("w", "out"))).toBe("deny"); // out: behind the waypoint
  expect(at("198.51.100.9", blocks("out", "w"))).toBe("allow");
  expect(at("198.51.100.7", blocks("out", "out"))).toBe("allow");
  expect(at("198.51.100.9", blocks("shop", "out"))).toBe("allow"); // its own namespace before any
});

test("the waypoint sees the address that is called, and not the block that has it", () => {
  const text = world.replace("addresses: [203.0.113.7]", "addresses: [203.0.113.0/24]");
  const saw = (to: string): string | undefined =>
    ask(to, { text }).branches[0].hops[0]?.saw?.destinationIp;
  expect(saw("host/203.0.113.9:80")).toBe("203.0.113.9");
  expect(saw("http://fixed.example.com/")).toBeUndefined();
  const near = text.replace(
    "rules: [{ from: [{ source: { principals: [cluster.local/ns/shop/sa/web] } }] }]",
    "rules: [{ when: [{ key: destination.ip, values: [203.0.113.9] }] }]",
  );
  expect(ask("host/203.0.113.9:80", { text: near }).decision).toBe("allow");
  expect(ask("host/203.0.113.8:80", { text: near }).decision).toBe("deny");
  expect(ask("http://fixed.example.com/", { text: near }).decision).toBe("undetermined");
});

test("of two hosts with one address the client's namespace has the better claim, by whichever name it is called", () => {
  const near = world.concat(`---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: near, namespace: shop }
spec: { hosts: [near.example.com], addresses: [203.0.113.7], ports: [{ number: 80, name: http, protocol: HTTP }], resolution: NONE }
`);
  expect(ask("http://fixed.example.com/").decision).toBe("deny");
  expect(ask("http://fixed.example.com/", { text: near }).decision).toBe("allow");
  expect(ask("http://near.example.com/", { text: near, from: "sa/w/other" }).decision).toBe("deny");
});

test("the address of a ServiceEntry leads a client in ambient mode to its endpoint", () => {
  const fixed = "resolution: STATIC, endpoints: [{ address: 198.51.100.1 }]";
  const text = world
    .replace("resolution: NONE }", `${fixed} }`)
    .replace("use-waypoint: egress, ", "");
  expect(ask("host/203.0.113.7:80", { text }).decision).toBe("allow");
  expect(ask("host/203.0.113.7:80", { text, from: "node" }).decision).toBe("deny");
});

test("before 1.30 a ServiceEntry that has a block among its addresses is unknown as a whole", () => {
  const mixed = "addresses: [203.0.113.7, 198.51.100.0/24]";
  const text = world.replace("addresses: [203.0.113.7]", mixed);
  const to = "host/203.0.113.7:80";
  expect(ask(to, { text }).decision).toBe(ask(to).decision);
  expect(ask(to, { text, istio: "1.29" }).decision).toBe("allow");
});
