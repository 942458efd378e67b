import { expect, test } from "vitest";
import type { Proof } from "../src/analyse/api.ts";
import { prove } from "../src/analyse/prove.ts";
import { meshFrom, ordersBehindEdge } from "./gateway-world.ts";

/** A gateway in front of a pod in ambient mode, which calls it as a DestinationRule says. */
function proofOf(
  mode: string,
  more: string,
  expect: Proof["invariant"]["expect"],
): Proof["result"] | undefined {
  const mesh = meshFrom(`${ordersBehindEdge("istio.io/dataplane-mode: ambient")}
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
