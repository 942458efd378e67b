import { expect, test } from "vitest";
import { authz, filesBelow } from "./program.ts";

test("the way over several proxies is a line each, with what each saw, and the one that decides marked", async () => {
  const files = filesBelow("policies/examples/bookinfo-gateway");
  const { out } = await authz(files, "check", "policies/examples/bookinfo-gateway", "-v");
  expect(out).toContain(`way
    1  gateway istio-system/istio-ingressgateway: lets it through (istio-system/entrance[1]); saw
       GET /api/reviews/0 from no identity
  > 2  sidecar bookinfo/reviews-v1: allow refuses; saw GET //0 from
       sa/istio-system/istio-ingressgateway
`);
});

test("one proxy needs no overview", async () => {
  const files = filesBelow("policies/examples/tcp-database");
  const asked = ["--from", "none", "--to", "ns/data,app=redis:6379", "--istio", "1.31"];
  const mesh = ["-f", "policies/examples/tcp-database/policies.yaml"];
  const { out } = await authz(files, "explain", ...mesh, ...asked);
  expect(out).toContain("sidecar ");
  expect(out).not.toMatch(/^way$/m);
});

test("what a waypoint and then a ztunnel let through has the status that the caller sees", async () => {
  const mesh = `apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio.io/dataplane-mode: ambient, istio.io/use-waypoint: wp } }
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: wp, namespace: shop }
spec: { gatewayClassName: istio-waypoint, listeners: [{ name: mesh, port: 15008, protocol: HBONE }] }
---
apiVersion: v1
kind: Service
metadata: { name: orders, namespace: shop }
spec: { selector: { app: orders }, ports: [{ name: http, port: 80, targetPort: 8080 }] }
---
apiVersion: v1
kind: Pod
metadata: { name: orders, namespace: shop, labels: { app: orders } }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: p, namespace: shop }
spec: { targetRefs: [{ kind: Service, group: "", name: orders }], rules: [{ to: [{ operation: { methods: [GET] } }] }] }
`;
  const asked = ["--from", "sa/shop/web", "--to", "svc/shop/orders:80", "--http", "GET /"];
  const { out } = await authz({ "m.yaml": mesh }, "check", "-f", "m.yaml", ...asked, "-o", "json");
  const { results } = JSON.parse(out);
  expect(results[0]).toMatchObject({ decision: "allow", status: 200 });
});
