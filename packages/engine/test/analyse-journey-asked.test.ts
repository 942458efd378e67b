import { expect, test } from "vitest";
import type { Requests } from "../src/analyse/api.ts";
import { prove } from "../src/analyse/prove.ts";
import type { PolicyRule } from "../src/model/policy.ts";
import { journeyMesh, type Placed, toOrders } from "./analyse-journey-world.ts";

const target = { through: "gateway/edge/ingress", namespace: "shop", workload: "orders" };

const providers: object = {
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name: "istio", namespace: "istio-system" },
  data: {
    mesh: JSON.stringify({
      extensionProviders: ["one", "two"].map((name) => ({
        name,
        envoyExtAuthzHttp: {
          service: "o.o.svc.cluster.local",
          port: 80,
          headersToUpstreamOnAllow: ["x-role"],
        },
      })),
    }),
  },
};

function role(value: string): PolicyRule {
  return { when: [{ key: "request.headers[x-role]", values: [value] }] };
}

function ask(namespace: Placed["namespace"], provider: string): Placed {
  return { namespace, action: "CUSTOM", provider, rules: [{}] };
}

const admins: Placed = { namespace: "shop", action: "ALLOW", rules: [role("admin")] };

function resultOf(policies: readonly Placed[], requests: Requests = {}): string | undefined {
  const mesh = journeyMesh(policies, { routes: [{ route: [toOrders] }], more: [providers] });
  const asked = { protocol: "http", ...requests } as const;
  return prove(mesh, [{ name: "it", target, requests: asked, expect: "never-allowed" }])[0]?.result;
}

/** The gateway refuses whom its authorizer calls so, and the workload wants to hear it. */
test.each([
  ["admin", "one", "undecided"], // a request states one answer for both places
  ["admin", "two", "violated"],
  ["*", "one", "undecided"],
  ["*", "two", "violated"],
])(
  "an authorizer that is asked again further on may write something else there, or only there: %s, asked %s",
  (refused, further, result) => {
    const gateway: Placed = { namespace: "edge", action: "DENY", rules: [role(refused)] };
    const policies = [ask("edge", "one"), gateway, ask("shop", further), admins];
    expect(resultOf(policies)).toBe(result);
  },
);

test("what it wrote at the gateway is there at the workload where it is not asked again", () => {
  const gateway = (value: string): Placed => ({
    namespace: "edge",
    action: "DENY",
    rules: [role(value)],
  });
  const none = { not: role("*") };
  expect(resultOf([ask("edge", "one"), admins], none)).toBe("violated");
  expect(resultOf([ask("edge", "one"), gateway("admin"), admins], none)).toBe("holds");
  expect(resultOf([ask("edge", "one"), gateway("other"), admins], none)).toBe("violated");
});

test("of two answers each may write its own value, whoever is asked", () => {
  const users: Placed = { namespace: "edge", action: "ALLOW", rules: [role("user")] };
  const none = { not: role("*") };
  const asked = (further: string): string | undefined =>
    resultOf([ask("edge", "one"), users, ask("shop", further), admins], none);
  expect([asked("one"), asked("two")]).toEqual(["undecided", "violated"]);
});
