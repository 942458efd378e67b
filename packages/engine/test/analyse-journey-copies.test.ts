import { expect, test } from "vitest";
import type { Invariant, Proof } from "../src/analyse/api.ts";
import { prove } from "../src/analyse/prove.ts";
import { atShop } from "./analyse-journey-examples.ts";
import { journeyMesh, toOrders, toOther } from "./analyse-journey-world.ts";
import { to } from "./analyse-spoken.ts";

const mirror = { host: "orders.shop.svc.cluster.local", port: { number: 80 } };

function proofOf(copied: object, expected: Invariant["expect"], workload = "orders"): Proof {
  const routes = [
    { match: [{ uri: { prefix: "/orders" } }], route: [toOrders] },
    { route: [toOther], ...copied },
  ];
  const mesh = journeyMesh([atShop("DENY", to({ methods: ["DELETE"] }))], { routes });
  const target = { through: "gateway/edge/ingress", namespace: "shop", workload };
  const requests = { protocol: "http" } as const;
  const [proof] = prove(mesh, [{ name: "it", target, requests, expect: expected }]);
  if (!proof) throw new Error("no proof");
  return proof;
}

const only = { "allowed-only-if": [to({ paths: ["/orders*"] })] };

test("nothing is proved of who gets copies of what is sent elsewhere", () => {
  expect(proofOf({}, only).result).toBe("holds");
  for (const copied of [{ mirror }, { mirrors: [{ destination: mirror }] }]) {
    const { result, undecided } = proofOf(copied, only);
    expect([result, undecided.map(({ text }) => text)]).toEqual([
      "undecided",
      [
        "not followed: copies of requests, which pod/edge/ingress mirrors to orders.shop.svc.cluster.local",
      ],
    ]);
  }
  expect(proofOf({ mirror, mirrorPercentage: { value: 0 } }, only).result).toBe("holds");
});

test("what is refused of a copy is not refused to who sent it, and others get none", () => {
  const noDelete = { "allowed-only-if": [{ not: to({ methods: ["DELETE"] }) }] };
  expect(proofOf({ mirror }, "always-allowed", "other").result).toBe("holds");
  expect(proofOf({ mirror }, only, "other").result).toBe("violated");
  expect(proofOf({ mirror }, "never-allowed").result).toBe("violated");
  expect(proofOf({ mirror }, noDelete).result).toBe("undecided");
});
