import { expect, test } from "vitest";
import type { Requests } from "../src/analyse/api.ts";
import { prove } from "../src/analyse/prove.ts";
import type { Mesh } from "../src/model/mesh.ts";
import type { PolicyRule } from "../src/model/policy.ts";
import { journeyMesh, type Placed, toOrders } from "./analyse-journey-world.ts";

const target = { through: "gateway/edge/ingress", namespace: "shop", workload: "orders" };

function header(name: string, value: string): PolicyRule {
  return { when: [{ key: `request.headers[${name}]`, values: [value] }] };
}

interface Around {
  readonly more?: readonly object[];
  readonly headers?: object; // that the route writes or takes away
  readonly actions?: Readonly<Record<string, string>>; // on underscores, by namespace
}

function resultOf(
  policies: readonly Placed[],
  requests: Requests,
  { more = [], headers, actions }: Around = {},
): string | undefined {
  const routes = [{ route: [toOrders], ...(headers ? { headers } : {}) }];
  const made = journeyMesh(policies, { routes, more });
  const mesh = actions ? withUnderscores(made, actions) : made;
  const asked = { protocol: "http", ...requests } as const;
  return prove(mesh, [{ name: "it", target, requests: asked, expect: "never-allowed" }])[0]?.result;
}

/** What the gateway and the workload do with names that have an underscore. */
function withUnderscores(mesh: Mesh, actions: Readonly<Record<string, string>>): Mesh {
  const workloads = mesh.inventory.workloads.map((workload) => {
    const httpHeadersWithUnderscoresAction = `HEADERS_WITH_UNDERSCORES_${actions[workload.key.namespace]}`;
    const config = JSON.stringify({ connectionSettings: { httpHeadersWithUnderscoresAction } });
    return {
      ...workload,
      annotations: { ...workload.annotations, "proxy.istio.io/config": config },
    };
  });
  return { ...mesh, inventory: { ...mesh.inventory, workloads } };
}

test.each([
  ["ALLOW", "ALLOW", "holds"],
  ["ALLOW", "DROP_HEADER", "violated"], // nobody looks at it there
  ["ALLOW", "REJECT_REQUEST", "undecided"],
  ["DROP_HEADER", "ALLOW", "holds-vacuously"],
  ["REJECT_REQUEST", "ALLOW", "holds-vacuously"],
])(
  "a header with an underscore: %s at the gateway, %s at the workload: %s",
  (edge, shop, result) => {
    const denied: Placed = { namespace: "shop", action: "DENY", rules: [header("x_role", "a")] };
    const around = { actions: { edge, shop } };
    expect(resultOf([denied], header("x_role", "a"), around)).toBe(result);
  },
);

const verified: readonly object[] = ["edge", "shop"].map((namespace) => ({
  apiVersion: "security.istio.io/v1",
  kind: "RequestAuthentication",
  metadata: { name: "jwt", namespace },
  spec: {
    jwtRules: [
      {
        issuer: "https://i",
        jwksUri: "https://i/keys",
        forwardOriginalToken: namespace === "edge",
      },
    ],
  },
}));
const tokens: PolicyRule = { from: [{ source: { requestPrincipals: ["https://i/a"] } }] };

test("a route that takes away the header of a token takes the token away", () => {
  const denied: Placed = { namespace: "shop", action: "DENY", rules: [tokens] };
  const removed = { request: { remove: ["authorization"] } };
  expect(resultOf([denied], tokens, { more: verified })).toBe("holds");
  expect(resultOf([denied], tokens, { more: verified, headers: removed })).not.toMatch(/^holds/);
});

test("a token that the gateway takes away is in no header further on, and other texts are", () => {
  const there = header("authorization", "*");
  const [forwarding] = verified;
  const gateway = {
    ...(verified[0] as { spec: object }),
    spec: { jwtRules: [{ issuer: "https://i", jwksUri: "https://i/keys" }] },
  };
  const denied: Placed = { namespace: "shop", action: "DENY", rules: [there] };
  expect(resultOf([denied], tokens, { more: [gateway] })).not.toMatch(/^holds/);
  expect(resultOf([denied], tokens, { more: [forwarding ?? {}] })).not.toBe("violated");
});
