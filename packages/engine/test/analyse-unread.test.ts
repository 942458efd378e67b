import { expect, test } from "vitest";
import { diffMeshes, matrix, prove, whatCan, whoCan } from "../src/analyse.ts";
import { evaluate, loadMesh } from "../src/index.ts";
import type { Mesh } from "../src/model/mesh.ts";

const shop = `apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio-injection: enabled, team: shop } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: orders, namespace: shop }
spec: { selector: { matchLabels: { app: orders } }, template: { metadata: { labels: { app: orders } } } }
---
apiVersion: v1
kind: Service
metadata: { name: orders, namespace: shop }
spec: { selector: { app: orders }, ports: [{ name: http, port: 80, targetPort: 8080 }] }
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec:
  gatewayClassName: istio
  allowedListeners: { namespaces: { from: All } }
  listeners: [{ name: http, port: 80, protocol: HTTP }]
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: orders, namespace: shop }
spec: { parentRefs: [{ name: edge }], rules: [{ backendRefs: [{ name: orders, port: 80 }] }] }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: nobody, namespace: shop }
spec: {}
`;

const filter = `---
apiVersion: networking.istio.io/v1alpha3
kind: EnvoyFilter
metadata: { name: odd, namespace: shop }
spec:
  workloadSelector: { labels: { app: orders } }
  configPatches:
  - { applyTo: HTTP_FILTER, match: { context: SIDECAR_INBOUND }, patch: { operation: REMOVE } }
`;
const plugin = `---
apiVersion: extensions.istio.io/v1alpha1
kind: WasmPlugin
metadata: { name: odd, namespace: shop }
spec: { url: oci://example.com/odd, selector: { matchLabels: { app: orders } } }
`;
const listeners = `---
apiVersion: gateway.networking.k8s.io/v1
kind: ListenerSet
metadata: { name: more, namespace: shop }
spec: { parentRef: { name: edge }, listeners: [{ name: more, port: 81, protocol: HTTP }] }
`;
const ingress = `---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: more, namespace: shop, annotations: { kubernetes.io/ingress.class: istio } }
spec: {}
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: edge, namespace: istio-system, labels: {} }
spec:
  template:
    metadata: { labels: { istio: ingressgateway }, annotations: { inject.istio.io/templates: gateway } }
    spec: { containers: [{ name: istio-proxy, args: [proxy, router] }] }
`;
const selectors = `---
apiVersion: v1
kind: ConfigMap
metadata: { name: istio, namespace: istio-system }
data: { mesh: "discoverySelectors: [{ matchLabels: { team: other } }]" }
`;
const bound = `---
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: { name: own, namespace: shop }
spec:
  workloadSelector: { labels: { app: orders } }
  ingress: [{ port: { number: 8080, name: http, protocol: HTTP }, defaultEndpoint: "127.0.0.1:8080", captureMode: NONE }]
`;

function meshOf(text: string): Mesh {
  return loadMesh({ files: [{ path: "mesh.yaml", text }], istio: "1.31", admission: "skip" }).mesh;
}

const orders = "deploy/shop/orders";
const edge = "gateway/shop/edge";

const cases: readonly (readonly [what: string, more: string, point: string, why: RegExp])[] = [
  ["an EnvoyFilter", filter, orders, /^EnvoyFilter shop\/odd may decide$/],
  ["a WasmPlugin", plugin, orders, /^WasmPlugin shop\/odd may decide$/],
  ["a ListenerSet", listeners, edge, /^ListenerSet shop\/more may decide$/],
  ["an Ingress", ingress, "deploy/istio-system/edge", /^Ingress shop\/more may decide$/],
  ["a namespace that is not discovered", selectors, orders, /discoverySelectors do not select/],
  ["a port that a Sidecar binds itself", bound, orders, /^captureMode NONE/],
];

test.each(cases)("where %s decides, nothing is proved of it", (_, more, name, why) => {
  const mesh = meshOf(shop + more);
  const options = { only: (point: { readonly name: string }): boolean => point.name === name };
  const [proof] = prove(mesh, [{ name: "none", expect: "never-allowed" }], options);
  const text = expect.stringMatching(why);
  expect([proof?.result, proof?.undecided]).toEqual([
    "undecided",
    [{ because: "not-modelled", text }],
  ]);
  for (const access of [...whoCan(mesh, {}, options), ...whatCan(mesh, {}, options)])
    expect(access.undecided).toEqual([{ because: "not-modelled", text }]);
  for (const cell of matrix(mesh, options).cells)
    expect([cell.allowed, cell.undecided?.map((each) => each.text)]).toEqual(["undecided", [text]]);
});

test("and a single request is undetermined there, too", () => {
  const request = { from: "none", to: `${orders}:8080`, http: "GET /" } as const;
  expect(evaluate(meshOf(shop), request).decision).toBe("deny");
  for (const [, more, point] of cases)
    if (point === orders)
      expect(evaluate(meshOf(shop + more), request).decision).toBe("undetermined");
});

const through = { through: edge, namespace: "shop", workload: "orders" };

test.each(cases.filter(([, more]) => more !== ingress && more !== selectors))(
  "a way over %s is undecided",
  (_, more, name, why) => {
    const mesh = meshOf(shop + more);
    const [proof] = prove(mesh, [{ name: "none", target: through, expect: "never-allowed" }]);
    expect(proof?.result).toBe("undecided");
    expect(proof?.undecided[0]?.text).toMatch(
      name === edge ? why : new RegExp(why.source.slice(1)),
    );
  },
);

test("whoever says that they decide nothing gets an answer, which says so", () => {
  const options = { assume: "filters" } as const;
  const mesh = meshOf(shop + filter);
  const invariants = [
    { name: "none", target: { workload: "orders" }, expect: "never-allowed" },
    { name: "way", target: through, expect: "never-allowed" },
  ] as const;
  for (const proof of prove(mesh, invariants, options)) {
    expect(proof.result).toBe("holds");
    expect(proof.assumptions).toContain("EnvoyFilter shop/odd decides nothing");
  }
  const [access] = whoCan(mesh, {}, options);
  expect([access?.nobody, access?.assumptions.at(-1)]).toEqual([
    true,
    "EnvoyFilter shop/odd decides nothing",
  ]);
  expect(matrix(mesh, options).assumptions).toContain("EnvoyFilter shop/odd decides nothing");
});

const wider = shop.replace(
  "spec: {}",
  "spec: { rules: [{ to: [{ operation: { methods: [GET] } }] }] }",
);

test("what stays does the same on both sides of a comparison", () => {
  const [old, young] = [meshOf(shop + filter), meshOf(wider + filter)];
  expect(diffMeshes(old, meshOf(shop + filter)).result).toBe("same");
  const diff = diffMeshes(old, young);
  expect([diff.result, diff.assumptions.at(-1)]).toEqual([
    "wider",
    "EnvoyFilter shop/odd decides nothing",
  ]);
  const narrow = { name: "no more", target: { workload: "orders" } };
  const proofs = [
    ...prove(old, [{ ...narrow, expect: { "no-wider-than": young } }]),
    ...prove(young, [{ ...narrow, expect: { "no-wider-than": old } }]),
  ];
  expect(proofs.map(({ result }) => result)).toEqual(["holds", "violated"]);
});

test.each([
  [shop + filter, shop, "goes"],
  [shop, shop + filter, "comes"],
  [shop + filter, shop + filter.replace("REMOVE", "REPLACE, value: {}"), "changes"],
])("what %#s is undecided", (old, young, how) => {
  const { result, diffs } = diffMeshes(meshOf(old), meshOf(young));
  expect([result, diffs.flatMap(({ undecided }) => undecided.map(({ text }) => text))]).toEqual([
    "undecided",
    [`EnvoyFilter shop/odd may decide, and ${how}`],
  ]);
});
