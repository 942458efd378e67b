import { expect, test } from "vitest";
import { authz } from "./program.ts";

const mesh = `apiVersion: v1
kind: ConfigMap
metadata: { name: istio, namespace: istio-system }
data: { mesh: "{ trustDomain: prod.corp, trustDomainAliases: [old.corp] }" }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: orders, namespace: shop }
spec:
  rules:
  - from: [{ source: { principals: [old.corp/ns/shop/sa/web] } }]
  - to: [{ operation: { methods: [GET] } }]
    when: [{ key: "request.nothing", values: [x] }]
`;

test("what istiod changes is not said to be ignored, and what it leaves out is", async () => {
  const { code, out } = await authz(
    { "mesh.yaml": mesh },
    ...["check", "-f", "mesh.yaml", "--from", "sa/shop/web", "--http", "GET /"],
    ...["--to", "ns/shop,app=orders:8080", "--istio", "1.31", "--admission", "bypass"],
  );
  expect(code).toBe(0);
  const lines = out.split("\n").filter((line) => /^(?:changed|ignored): /.test(line));
  expect(lines.map((line) => line.split(": ", 2).join(": "))).toEqual([
    "changed: shop/orders",
    "ignored: shop/orders",
  ]);
  expect(lines[0]).toContain("mesh.yaml:11:");
  expect(lines[1]).toContain("mesh.yaml:13:");
});
