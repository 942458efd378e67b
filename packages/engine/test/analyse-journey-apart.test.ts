import { expect, test } from "vitest";
import { prove } from "../src/analyse/prove.ts";
import type { Mesh } from "../src/model/mesh.ts";
import { atEdge, atShop } from "./analyse-journey-examples.ts";
import { journeyMesh, type Placed, toOrders } from "./analyse-journey-world.ts";

const target = { through: "gateway/edge/ingress", namespace: "shop", workload: "orders" };

function tokensAtEdge(rule: object): object {
  return {
    apiVersion: "security.istio.io/v1",
    kind: "RequestAuthentication",
    metadata: { name: "edge", namespace: "edge" },
    spec: {
      jwtRules: [{ issuer: "https://idp.example", fromHeaders: [{ name: "x-token" }], ...rule }],
    },
  };
}

function meshOf(policies: readonly Placed[], ...more: readonly object[]): Mesh {
  return journeyMesh(policies, { routes: [{ route: [toOrders] }], more });
}

function wider(before: Mesh, now: Mesh): string | undefined {
  const expected = { "no-wider-than": before } as const;
  const requests = { protocol: "http" } as const;
  return prove(now, [{ name: "it", target, requests, expect: expected }])[0]?.result;
}

const withToken = { when: [{ key: "request.headers[x-token]", values: ["*"] }] };

/** What the gateway does with a header that tokens are sent in is not followed: it is another thing where another rule looks for them. */
test("a token that the gateway keeps now, and did not before, is not the same to the workload", () => {
  const policies = [atShop("ALLOW", withToken)];
  const stripped = meshOf(policies, tokensAtEdge({}));
  const kept = meshOf(policies, tokensAtEdge({ forwardOriginalToken: true }));
  expect(wider(stripped, kept)).not.toMatch(/^holds/);
  expect(wider(kept, kept)).toBe("holds");
});

test.each(["opa", "other"])(
  "nor is a header that authorizer %s may write, where another was asked",
  (provider) => {
    const asked = (name: string): Placed => ({
      ...atEdge("CUSTOM", { to: [{ operation: { paths: ["/*"] } }] }),
      provider: name,
    });
    const config = {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "istio", namespace: "istio-system" },
      data: {
        mesh: JSON.stringify({
          extensionProviders: ["opa", "other"].map((name) => ({
            name,
            envoyExtAuthzHttp: {
              service: "authz.edge.svc.cluster.local",
              port: 80,
              headersToUpstreamOnAllow: name === "opa" ? ["x-token"] : ["x-other"],
            },
          })),
        }),
      },
    };
    const policies = [atShop("ALLOW", withToken)];
    const before = meshOf([...policies, asked("other")], config);
    const now = meshOf([...policies, asked(provider)], config);
    if (provider === "other") expect(wider(before, now)).toBe("holds");
    else expect(wider(before, now)).not.toMatch(/^holds/);
  },
);
