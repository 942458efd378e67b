import { expect, test } from "vitest";
import { checkRequest, evaluate, loadMesh } from "../src/index.ts";

const text = `apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio-injection: enabled } }
---
apiVersion: v1
kind: Service
metadata: { name: orders, namespace: shop }
spec: { selector: { app: orders }, ports: [{ name: http, port: 80 }, { name: tls, port: 443 }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: orders, namespace: shop }
spec:
  selector: { matchLabels: { app: orders } }
  template:
    metadata: { labels: { app: orders } }
    spec: { containers: [{ name: orders, image: orders }] }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: none, namespace: shop }
spec: {}
---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: legacy, namespace: shop }
spec: { hosts: [legacy], ports: [{ number: 80, name: http, protocol: HTTP }], resolution: DNS }
`;
const { mesh } = loadMesh({ files: [{ path: "mesh.yaml", text }] });

test.each([
  ["sa/shop/web", "http://orders/a"],
  ["deploy/shop/orders", "http://orders/a"],
  ["spiffe://cluster.local/ns/shop/sa/web", "http://orders/a"],
  ["sa/shop/web", "https://orders/a"],
  ["sa/web/web", "http://orders.shop/a"],
])("from %s, %s is the Service of the caller's namespace", (from, to) => {
  const verdict = evaluate(mesh, { from, to, http: { method: "GET" } });
  expect(verdict.decision).toBe("deny");
  expect(verdict.branches[0].hops.at(-1)?.proxy).toBe("shop/orders");
});

test.each([
  ["sa/web/web", "`orders` is a name within a namespace, and web has no such Service"],
  ["none", "`orders` is a name within a namespace, and nobody says which"],
])("from %s, the name alone leads nowhere", (from, message) => {
  const asked = { from, to: "http://orders/a" };
  expect(checkRequest(mesh, asked)).toMatchObject([{ message, hint: "orders.shop" }]);
});

test.each(["http://legacy/", "http://somewhere/"])("%s is no Service of the cluster", (to) => {
  expect(checkRequest(mesh, { from: "sa/web/web", to })).toEqual([]);
});

test("the namespace of references stands in for that of a caller who has none", () => {
  const asked = { from: "none", to: "http://orders/a" };
  expect(checkRequest(mesh, asked, { namespace: "shop" })).toEqual([]);
});

test.each([
  ["ds/shop/orders", "did you mean `deploy/shop/orders`?"],
  ["deploy/shop/order", "did you mean `deploy/shop/orders`?"],
  ["deploy/shop/billing", "load it, or describe it: sa/shop/SERVICE-ACCOUNT"],
])(
  "%s is not loaded: a workload of another kind that is called so, or almost so, is meant",
  (from, hint) => {
    const problems = checkRequest(mesh, { from, to: "svc/shop/orders:80" });
    expect(problems.map((each) => each.hint)).toEqual([hint]);
  },
);
