import { expect, test } from "vitest";
import { deployedPoints } from "../src/analyse/deployed.ts";
import { evaluate } from "../src/evaluate.ts";
import { describe } from "../src/explain/describe.ts";
import { isProblem } from "../src/journey/problem.ts";
import { gatewayWorkloads } from "../src/lint/gateway-points.ts";
import { lintMesh } from "../src/lint/lint.ts";
import { loadMesh } from "../src/load.ts";
import type { Mesh } from "../src/model/mesh.ts";

/** A Gateway of which no pods were loaded, in front of a workload that takes what its account sends. */
const world = (metadata: string, spec: string, more: string): string => `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop${metadata} }
spec:
  gatewayClassName: istio
  listeners: [{ name: http, port: 80, protocol: HTTP }]
  ${spec}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: all, namespace: shop }
spec:
  parentRefs: [{ name: edge }]
  rules: [{ backendRefs: [{ name: orders, port: 80 }] }]
---
apiVersion: v1
kind: Service
metadata: { name: orders, namespace: shop }
spec: { selector: { app: orders }, ports: [{ name: http, port: 80, targetPort: 8080 }] }
---
apiVersion: v1
kind: Pod
metadata:
  { name: orders, namespace: shop, labels: { app: orders }, annotations: { sidecar.istio.io/status: "{}" } }
spec: { containers: [{ name: app }] }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
${more}`;
const meshOf = (
  metadata: string,
  spec: string,
  more: string,
  features: Mesh["features"] = {},
): Mesh =>
  loadMesh({
    files: [{ path: "mesh.yaml", text: world(metadata, spec, more) }],
    istio: "1.31",
    features,
  }).mesh;

const denied = (label: string): string =>
  `metadata: { name: deny, namespace: shop }\nspec: { action: DENY, selector: { matchLabels: { ${label} } }, rules: [{}] }`;
const onlyFrom = (account: string): string =>
  `metadata: { name: edge, namespace: shop }
spec: { selector: { matchLabels: { app: orders } }, rules: [{ from: [{ source: { principals: [cluster.local/ns/shop/sa/${account}] } }] }] }`;
const xff = (hops: number): string =>
  `annotations: { proxy.istio.io/config: "{ gatewayTopology: { numTrustedProxies: ${hops} } }" }`;
const outsider = `metadata: { name: out, namespace: shop }
spec: { action: DENY, selector: { matchLabels: { gateway.networking.k8s.io/gateway-name: edge } }, rules: [{ from: [{ source: { remoteIpBlocks: [203.0.113.9] } }] }] }`;

// biome-ignore format: a table
test.each<[string, string, string, string, string]>([
  ["no label of its own", "", "", denied("app: edge"), "allow"],
  ["a label of the Gateway", ", labels: { app: edge }", "", denied("app: edge"), "deny"],
  ["a label of its infrastructure", "", "infrastructure: { labels: { app: edge } }", denied("app: edge"), "deny"],
  ["a label of the Gateway, and another of its infrastructure", ", labels: { app: edge }", "infrastructure: { labels: { a: b } }", denied("app: edge"), "allow"],
  ["a label of the Gateway, of whose infrastructure nothing is said", ", labels: { app: edge }", "infrastructure: { labels: ~ }", denied("app: edge"), "deny"],
  ["no label, where its infrastructure has none", ", labels: { app: edge }", "infrastructure: { labels: {} }", denied("app: edge"), "allow"],
  ["the label of its class", "", "", denied("gateway.networking.k8s.io/gateway-class-name: istio"), "deny"],
  ["the label of its name", "", "", denied("service.istio.io/canonical-name: edge-istio"), "deny"],
  ["the account of its name", "", "", onlyFrom("edge-istio"), "allow"],
  ["another account", `, annotations: { gateway.istio.io/service-account: edge }`, "", onlyFrom("edge"), "allow"],
  ["another account than the one of its name", `, annotations: { gateway.istio.io/service-account: edge }`, "", onlyFrom("edge-istio"), "deny"],
  ["another name, which is no account", `, annotations: { gateway.istio.io/name-override: other }`, "", onlyFrom("edge-istio"), "allow"],
  ["a proxy config of its own", `, ${xff(1)}`, "", outsider, "deny"],
  ["a proxy config of its infrastructure", "", `infrastructure: { ${xff(1)} }`, outsider, "deny"],
  ["no proxy config", "", "", outsider, "allow"],
])("what istiod deploys for a Gateway has %s", (_, metadata, spec, policy, decision) => {
  const mesh = meshOf(metadata, spec, policy);
  const headers = { "x-forwarded-for": "203.0.113.9" };
  const request = {
    from: "external/198.51.100.7",
    to: "gateway/shop/edge:80",
    http: { method: "GET", path: "/", host: "shop.example", headers },
  };
  expect(evaluate(mesh, request).decision).toBe(decision);
});

test("whoever asks is told of the same pods", () => {
  const metadata = ", labels: { a: b }, annotations: { gateway.istio.io/service-account: edge }";
  const mesh = meshOf(metadata, "", denied("a: b"));
  const [workload] = gatewayWorkloads(mesh);
  const [point] = deployedPoints(mesh);
  const { labels, serviceAccount } = workload ?? {};
  expect([point?.proxy.labels, point?.proxy.serviceAccount]).toEqual([labels, serviceAccount]);
  expect([labels?.["a"], serviceAccount]).toEqual(["b", "edge"]);
  expect(JSON.stringify(describe(mesh, "gateway/shop/edge"))).toContain('"deny"');
});

test("istiod can be told to copy nothing", () => {
  const off = { PILOT_ENABLE_GATEWAY_API_COPY_LABELS_ANNOTATIONS: "false" };
  const [own] = gatewayWorkloads(meshOf(", labels: { app: edge }", "", denied("app: edge"), off));
  expect(own?.labels["app"]).toBeUndefined();
});

// biome-ignore format: a table
test.each<[string, string, Mesh["features"], boolean]>([
  ["no address", "", {}, true],
  ["an IP address", "addresses: [{ value: 192.0.2.1 }]", {}, true],
  ["a Service's name", "addresses: [{ type: Hostname, value: in.edge.svc.cluster.local }]", {}, false],
  ["an address of another kind", "addresses: [{ type: NamedAddress, value: in }]", {}, false],
  ["two addresses", "addresses: [{ value: 192.0.2.1 }, { value: 192.0.2.2 }]", {}, false],
  ["a Service's name that istiod is told to ignore", "addresses: [{ type: Hostname, value: in }]", { ENABLE_GATEWAY_API_MANUAL_DEPLOYMENT: "false" }, true],
])("istiod deploys a Gateway with %s, or not", (_, spec, features, deployed) => {
  const mesh = meshOf(", labels: { app: edge }", spec, denied("app: edge"), features);
  const found = [gatewayWorkloads(mesh).length, deployedPoints(mesh).length];
  expect(found).toEqual(deployed ? [1, 1] : [0, 0]);
  expect(isProblem(describe(mesh, "gateway/shop/edge"))).toBe(!deployed);
});

test("a policy for pods that nobody deploys selects nothing", () => {
  const address = "addresses: [{ type: Hostname, value: in.edge.svc.cluster.local }]";
  const codes = (spec: string): readonly string[] =>
    lintMesh(meshOf(", labels: { app: edge }", spec, denied("app: edge"))).map(({ code }) => code);
  expect(codes("")).not.toContain("binding/selects-nothing");
  expect(codes(address)).toContain("binding/selects-nothing");
});
