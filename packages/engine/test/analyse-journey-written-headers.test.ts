import { expect, test } from "vitest";
import { prove } from "../src/analyse/prove.ts";
import { atShop } from "./analyse-journey-examples.ts";
import { journeyMesh, toOrders } from "./analyse-journey-world.ts";

const target = { through: "gateway/edge/ingress", namespace: "shop", workload: "orders" };

test.each(["x-envoy-original-path", "x-envoy-original-host"])(
  "%s, which a gateway takes away and its rewrite writes, is there for who asks behind it",
  (header) => {
    const there = { when: [{ key: `request.headers[${header}]`, values: ["*"] }] };
    const routes = [{ rewrite: { uri: "/new", authority: "b.example" }, route: [toOrders] }];
    const requests = { protocol: "http" } as const;
    const results = (["ALLOW", "DENY"] as const).map((action) => {
      const mesh = journeyMesh([atShop(action, there)], { routes });
      return prove(mesh, [
        { name: "never", target, requests, expect: "never-allowed" },
        { name: "always", target, requests, expect: "always-allowed" },
      ]).map(({ result }) => result);
    });
    expect(results).toEqual([
      ["violated", "undecided"],
      ["undecided", "violated"],
    ]);
  },
);

test("a header that a route adds to stands beside what the client sent", () => {
  const admin = { when: [{ key: "request.headers[x-role]", values: ["admin"] }] };
  const result = (how: "add" | "set"): string | undefined => {
    const headers = { request: { [how]: { "x-role": "user" } } };
    const mesh = journeyMesh([atShop("ALLOW", admin)], {
      routes: [{ headers, route: [toOrders] }],
    });
    const requests = { protocol: "http" } as const;
    return prove(mesh, [{ name: "it", target, requests, expect: "never-allowed" }])[0]?.result;
  };
  expect(result("set")).toBe("holds");
  expect(result("add")).not.toMatch(/^holds/);
});
