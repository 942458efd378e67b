import { expect, test } from "vitest";
import { evaluate } from "../src/evaluate.ts";
import { explain } from "../src/explain.ts";
import type { AccessRequest } from "../src/model/access-request.ts";
import { handPeer, handPolicy, handService } from "./mesh.ts";
import { cluster } from "./ways.ts";

const request: AccessRequest = {
  ...{ from: "spiffe://cluster.local/ns/c/sa/web", to: "deploy/shop/orders:9090" },
  ...{ transport: "mtls", source: { ip: "10.1.2.3" }, http: "GET /a" },
};

test("TLS to a port that takes none is bytes, and explained by the rules for bytes", () => {
  const rules = [{ to: [{ operation: { methods: ["PUT"] } }] }];
  const mesh = cluster({
    services: [handService("shop/orders", [{ port: 9090, name: "auto" }])],
    peerAuthentications: [handPeer("shop/d", { mtls: { mode: "DISABLE" } })],
    authorizationPolicies: [handPolicy("shop/p", { action: "AUDIT", rules })],
  });
  const verdict = evaluate(mesh, request);
  const { branches } = explain({ mesh, request, options: {}, verdict });
  const layers = branches.flatMap(({ hops }) => hops.at(-1)?.layers ?? []);
  const audit = layers.find(({ layer }) => layer === "audit");
  expect(audit?.by).toMatchObject([{ rule: 0 }]);
  expect(audit?.policies[0]?.rules[0]?.parts).toEqual([]);
});
