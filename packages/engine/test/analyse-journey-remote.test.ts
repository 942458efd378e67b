import { expect, test } from "vitest";
import type { Invariant } from "../src/analyse/api.ts";
import { prove } from "../src/analyse/prove.ts";
import { atShop } from "./analyse-journey-examples.ts";
import { journeyMesh, toOrders } from "./analyse-journey-world.ts";
import { from } from "./analyse-spoken.ts";

const target = { through: "gateway/edge/ingress", namespace: "shop", workload: "orders" };
const own = from({ remoteIpBlocks: ["192.0.2.0/24"] });

function resultOf(trusted: number, requests: Invariant["requests"]): string | undefined {
  const gatewayTopology = { numTrustedProxies: trusted };
  const config = {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: "istio", namespace: "istio-system" },
    data: { mesh: JSON.stringify({ defaultConfig: { gatewayTopology } }) },
  };
  const mesh = journeyMesh([atShop("ALLOW", own)], {
    routes: [{ route: [toOrders] }],
    more: [config],
  });
  const invariant = { name: "it", target, requests, expect: "never-allowed" } as const;
  return prove(mesh, [{ ...invariant, requests: { protocol: "http", ...requests } }])[0]?.result;
}

test("the workload sees whom the gateway takes for its client, where that is its peer", () => {
  expect(resultOf(0, { not: own })).toBe("holds");
  expect(resultOf(0, own)).toBe("violated");
});

/** The workload takes the last address of the list, which is the gateway's peer: the one that the gateway trusts stands before it. */
test("behind a proxy that the gateway trusts the workload may see somebody else", () => {
  expect(resultOf(1, { not: own })).not.toMatch(/^holds/);
});
