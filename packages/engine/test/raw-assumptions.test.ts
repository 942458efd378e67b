import { expect, test } from "vitest";
import { evaluate, loadMesh } from "../src/index.ts";

const text = `apiVersion: v1
kind: Service
metadata: { name: orders, namespace: shop }
spec: { selector: { app: orders }, ports: [{ name: http, port: 80, targetPort: 8080 }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: orders, namespace: shop }
spec:
  selector: { matchLabels: { app: orders } }
  template:
    metadata: { labels: { app: orders } }
    spec: { serviceAccountName: orders, containers: [{ name: main, image: main }] }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: orders, namespace: shop }
spec: { rules: [{ to: [{ operation: { hosts: [orders.example] } }] }] }
`;
const { mesh } = loadMesh({ files: [{ path: "mesh.yaml", text }], istio: "1.31" });
const to = "svc/shop/orders:80";

test("nothing of a raw request is assumed, and what is not stated of another is", () => {
  const raw = { version: "1.1", method: "GET", target: "/", host: "orders.example", headers: [] };
  const said = (request: object): readonly string[] =>
    evaluate(mesh, { from: "sa/shop/web", to, ...request })
      .facts.filter(({ state }) => state === "assumed")
      .map(({ id }) => id);
  expect(said({ raw })).not.toEqual(expect.arrayContaining(["host"]));
  expect(said({ raw })).not.toEqual(expect.arrayContaining(["http.version"]));
  expect(said({ http: "GET /" })).toEqual(expect.arrayContaining(["host", "http.version"]));
});
