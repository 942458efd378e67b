import { expect, test } from "vitest";
import { evaluate } from "../src/evaluate.ts";
import { meshFrom } from "./gateway-world.ts";

const pod = (name: string, address: string): string => `
apiVersion: v1
kind: Pod
metadata:
  { name: ${name}, namespace: shop, labels: { app: ${name} }, annotations: { sidecar.istio.io/status: "{}" } }
spec: { serviceAccountName: ${name}, containers: [{ name: app }, { name: istio-proxy }] }
status: { podIP: ${address} }
---`;
const service = `
apiVersion: v1
kind: Service
metadata: { name: orders, namespace: shop }
spec: { selector: { app: orders }, clusterIP: 10.96.0.1, ports: [{ name: http, port: 80, targetPort: 8080 }] }
---`;
const sidecar = (policy: string): string => `
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: { name: default, namespace: shop }
spec: { egress: [{ hosts: ["./*"] }]${policy} }
---`;
const mesh = (policy: string): ReturnType<typeof meshFrom> =>
  meshFrom(`${pod("web", "10.0.0.2")}${pod("orders", "10.0.0.3")}${service}${sidecar(policy)}`);

test.each([
  ["no policy", "", "allow"],
  ["a mode", ", outboundTrafficPolicy: { mode: ALLOW_ANY }", "allow"],
  ["the other mode", ", outboundTrafficPolicy: { mode: REGISTRY_ONLY }", "deny"],
  ["a policy without a mode", ", outboundTrafficPolicy: {}", "deny"],
])("a Sidecar with %s lets what it does not know go out, or not", (_, policy, decision) => {
  const address = { to: "pod/shop/orders:8080", http: "GET /" };
  const host = { to: "svc/shop/orders:80", http: "GET elsewhere/" };
  for (const request of [
    { from: "pod/shop/web", ...address },
    { from: "pod/shop/web", ...host },
    { from: "sa/shop/not-loaded", ...host },
  ])
    expect([request, evaluate(mesh(policy), request).decision]).toEqual([request, decision]);
});

test("where DNS says where a Host leads that nothing names, nobody guesses; bytes go on", () => {
  const resolved = mesh(", outboundTrafficPolicy: { mode: ALLOW_ANY_DYNAMIC_DNS }");
  const decided = (request: { readonly to: string; readonly http?: string }): string =>
    evaluate(resolved, { from: "pod/shop/web", ...request }).decision;
  expect(decided({ to: "svc/shop/orders:80", http: "GET elsewhere/" })).toBe("undetermined");
  expect(decided({ to: "pod/shop/orders:8080", http: "GET elsewhere/" })).toBe("undetermined");
  expect(decided({ to: "svc/shop/orders:80", http: "GET /" })).toBe("allow");
  expect(decided({ to: "pod/shop/orders:9999", http: "none" })).toBe("allow");
});
