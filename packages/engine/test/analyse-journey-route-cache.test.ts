import { expect, test } from "vitest";
import type { Requests } from "../src/analyse/api.ts";
import { prove } from "../src/analyse/prove.ts";
import { journeyMesh, toOrders } from "./analyse-journey-world.ts";

const target = { through: "gateway/edge/ingress", namespace: "shop", workload: "orders" };

const authentication = {
  apiVersion: "security.istio.io/v1",
  kind: "RequestAuthentication",
  metadata: { name: "edge", namespace: "edge" },
  spec: {
    jwtRules: [
      {
        issuer: "idp",
        jwksUri: "https://idp.example/keys",
        outputClaimToHeaders: [{ header: "x-user", claim: "sub" }],
      },
    ],
  },
};

test.each([
  ["x-user", "undecided"],
  ["x-other", "violated"],
] as const)(
  "who comes without a token may be routed by %s, also where the JWT filter takes it away later",
  (header, expected) => {
    const routes = [{ match: [{ headers: { [header]: { exact: "alice" } } }], route: [toOrders] }];
    const mesh = journeyMesh([], { routes, more: [authentication] });
    const requests: Requests = {
      protocol: "http",
      token: "none",
      to: [{ operation: { methods: ["GET"] } }],
    };
    const [proof] = prove(mesh, [{ name: "it", target, requests, expect: "never-allowed" }]);
    expect(proof?.result).toBe(expected);
  },
);
