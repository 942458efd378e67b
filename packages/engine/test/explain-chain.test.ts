import { expect, test } from "vitest";
import { evaluate } from "../src/evaluate.ts";
import type { ExplainedLayer } from "../src/explain/explanation.ts";
import { explain } from "../src/explain.ts";
import type { AccessRequest } from "../src/model/access-request.ts";
import { handPeer, handPolicy, handService } from "./mesh.ts";
import { cluster } from "./ways.ts";

function auditOf(
  transport: "mtls" | "hbone",
  mode: "DISABLE" | "PERMISSIVE",
): ExplainedLayer | undefined {
  const proxyMetadata = { ISTIO_META_ENABLE_HBONE: "true" };
  const mesh = cluster({
    config: { defaultConfig: { proxyMetadata } },
    services: [handService("shop/orders", [{ port: 9090, name: "auto" }])],
    peerAuthentications: [handPeer("shop/d", { mtls: { mode } })],
    authorizationPolicies: [
      handPolicy("shop/p", {
        action: "AUDIT",
        rules: [{ to: [{ operation: { methods: ["GET"] } }] }],
      }),
    ],
  });
  const request: AccessRequest = {
    ...{ from: "spiffe://cluster.local/ns/c/sa/web", to: "deploy/shop/orders:9090" },
    ...{ transport, source: { ip: "10.1.2.3" }, http: "GET /a" },
  };
  const verdict = evaluate(mesh, request);
  const { branches } = explain({ mesh, request, options: {}, verdict });
  const layers = branches.flatMap(({ hops }) => hops.at(-1)?.layers ?? []);
  return layers.find(({ layer }) => layer === "audit");
}

test("TLS to a port that takes none is bytes, and explained by the rules for bytes", () => {
  const { by, policies } = auditOf("mtls", "DISABLE") ?? {};
  expect(by).toMatchObject([{ rule: 0 }]);
  expect(policies?.[0]?.rules[0]?.parts).toEqual([]);
});

test("a request in a tunnel to a sidecar is explained by the rules for HTTP", () => {
  const { by, policies } = auditOf("hbone", "PERMISSIVE") ?? {};
  expect(by).toMatchObject([{ rule: 0 }]);
  expect(policies?.[0]?.rules[0]?.parts).toMatchObject([{ of: "to" }]);
});
