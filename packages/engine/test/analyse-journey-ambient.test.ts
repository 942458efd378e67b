import { expect, test } from "vitest";
import type { Proof } from "../src/analyse/api.ts";
import { prove } from "../src/analyse/prove.ts";
import { meshFrom } from "./gateway-world.ts";

/** A gateway in front of a pod in ambient mode, which calls it as a DestinationRule says. */
function proofOf(
  mode: string,
  more: string,
  expect: Proof["invariant"]["expect"],
): Proof["result"] | undefined {
  const mesh = meshFrom(`apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {istio.io/dataplane-mode: ambient}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: orders, namespace: shop}
spec: {template: {metadata: {labels: {app: orders}}}}
---
apiVersion: v1
kind: Service
metadata: {name: orders, namespace: shop}
spec: {selector: {app: orders}, ports: [{name: http, port: 80, targetPort: 8080}]}
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: edge, namespace: shop}
spec: {gatewayClassName: istio, listeners: [{name: http, port: 80, protocol: HTTP}]}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: orders, namespace: shop}
spec: {parentRefs: [{name: edge}], rules: [{backendRefs: [{name: orders, port: 80}]}]}
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: orders, namespace: shop}
spec: {host: orders.shop.svc.cluster.local, trafficPolicy: {tls: {mode: ${mode}}}}
---
${more}
`);
  const target = { through: "gateway/shop/edge", namespace: "shop", workload: "orders" };
  const requests = { protocol: "http" } as const;
  return prove(mesh, [{ name: "it", target, requests, expect }])[0]?.result;
}

const strict = `apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: {name: default, namespace: shop}
spec: {mtls: {mode: STRICT}}`;
const nobody = `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: nobody, namespace: shop}
spec: {selector: {matchLabels: {app: orders}}, rules: [{from: [{source: {notPrincipals: ["*"]}}]}]}`;

test.each([
  ["ISTIO_MUTUAL", "STRICT mode", strict, "always-allowed", "violated"],
  ["DISABLE", "STRICT mode", strict, "always-allowed", "violated"],
  ["ISTIO_MUTUAL", "who lets in nobody with a name", nobody, "always-allowed", "holds"],
  ["ISTIO_MUTUAL", "who lets in nobody with a name", nobody, "never-allowed", "violated"],
] as const)(
  "a gateway's %s TLS brings ztunnel no identity: %s",
  (mode, _, more, expected, result) => {
    expect(proofOf(mode, more, expected)).toBe(result);
  },
);
