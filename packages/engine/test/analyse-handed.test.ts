import { expect, test } from "vitest";
import { type Invariant, prove, type Requests } from "../src/analyse.ts";
import { evaluate } from "../src/evaluate.ts";
import { meshFrom } from "./gateway-world.ts";

/** An authorizer that lets users log in, and rules about the token that it hands on. */
const world = (provider: string, more = ""): string => `
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio-injection: enabled } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: orders, namespace: shop }
spec: { template: { metadata: { labels: { app: orders } } } }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: istio, namespace: istio-system }
data:
  mesh: |
    extensionProviders:
    - name: oauth
      ${provider}
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: ask, namespace: shop }
spec: { action: CUSTOM, provider: { name: oauth }, rules: [{ to: [{ operation: { paths: ["/login*"] } }] }] }
---
apiVersion: security.istio.io/v1
kind: RequestAuthentication
metadata: { name: jwt, namespace: shop }
spec: { jwtRules: [{ issuer: "https://i", jwksUri: "https://i/keys"${more} }] }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: users, namespace: shop }
spec: { rules: [{ from: [{ source: { requestPrincipals: ["https://i/*"] } }] }] }
`;

const http = (headers: string): string =>
  `envoyExtAuthzHttp: { service: o.o.svc.cluster.local, port: 80, headersToUpstreamOnAllow: [${headers}] }`;
const grpc = "envoyExtAuthzGrpc: { service: o.o.svc.cluster.local, port: 80 }";

const anonymous: Requests = { protocol: "http", token: "none" };
const at = (path: string): Requests => ({
  ...anonymous,
  to: [{ operation: { paths: [path] } }],
});

test.each<[string, string, string | undefined, Requests, string]>([
  ["may set authorization", http("authorization"), undefined, anonymous, "violated"],
  ["may set authorization", http("authorization"), undefined, at("/login"), "violated"],
  ["is not asked", http("authorization"), undefined, at("/other"), "holds"],
  ["may set another header", http("x-user"), undefined, anonymous, "holds"],
  ["may set any header", grpc, undefined, anonymous, "violated"],
  [
    "may set the header of the rule",
    http("x-tok*"),
    ", fromHeaders: [{ name: x-tok }]",
    anonymous,
    "violated",
  ],
  ["may set the cookie of the rule", http("cookie"), ", fromCookies: [tok]", anonymous, "violated"],
])(
  "who has no token gets one of an authorizer that %s (%#)",
  (_, provider, more, requests, result) => {
    const mesh = meshFrom(world(provider, more));
    const [proof] = prove(mesh, [{ name: "it", requests, expect: "never-allowed" }]);
    expect([proof?.result, proof?.undecided]).toEqual([result, []]);
    for (const { witness } of proof?.violations.flatMap(({ regions }) => regions) ?? []) {
      const oauth = witness.request.providers?.["oauth"];
      const set = typeof oauth === "object" && "allow" in oauth ? oauth.allow.set : {};
      const [raw = ""] = Object.values(set ?? {}).map((each) => each.replace(/^Bearer |^tok=/, ""));
      const options = { keys: { "https://i": "trusted" }, signatures: { [raw]: "valid" } } as const;
      expect(evaluate(mesh, witness.request, options).decision).toBe("allow");
      const denied = { ...witness.request, providers: { oauth: "allow" } } as const;
      expect(evaluate(mesh, denied, options).decision).toBe("deny");
    }
  },
);

test("a token that was handed on must be one that the rules take", () => {
  const mesh = meshFrom(world(http("authorization")));
  const stated = (from: string): Invariant => ({
    name: "it",
    requests: { protocol: "http", from: [{ source: { requestPrincipals: [from] } }] },
    expect: "always-allowed",
  });
  const results = prove(mesh, ["https://i/*", "https://j/*"].map(stated));
  expect(results.map(({ result }) => result)).toEqual(["violated", "violated"]);
});

/** A gateway that verifies tokens and sends them on, to a workload that verifies them, too. */
const way = (route: string, atGateway: string): string => `${world(http("x-user"))}---
apiVersion: v1
kind: Service
metadata: { name: orders, namespace: shop }
spec: { selector: { app: orders }, ports: [{ name: http, port: 80, targetPort: 8080 }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: ingress, namespace: edge }
spec: { template: { metadata: { labels: { app: ingress }, annotations: { inject.istio.io/templates: gateway } } } }
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: edge, namespace: edge }
spec: { selector: { app: ingress }, servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: ["*"] }] }
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: orders, namespace: edge }
spec:
  hosts: ["*"]
  gateways: [edge]
  http: [{ route: [{ destination: { host: orders.shop.svc.cluster.local } }]${route} }]
---
apiVersion: security.istio.io/v1
kind: RequestAuthentication
metadata: { name: jwt, namespace: edge }
spec: { jwtRules: [{ issuer: "https://i", jwksUri: "https://i/keys", forwardOriginalToken: true${atGateway} }] }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: strangers, namespace: shop }
spec: { action: DENY, rules: [{ from: [{ source: { requestPrincipals: ["*"] } }] }] }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: everybody, namespace: shop }
spec: { rules: [{}] }
`;

test.each([
  ["sends it on", "", "", "holds"],
  ["takes its header away", ", headers: { request: { remove: [authorization] } }", "", "violated"],
  [
    "puts another header there",
    ", headers: { request: { set: { Authorization: none } } }",
    "",
    "violated",
  ],
  ["looks for it where the workload does not", "", ", fromHeaders: [{ name: x-tok }]", "violated"],
])("a gateway that %s decides what the workload sees of a token", (_, route, places, result) => {
  const mesh = meshFrom(way(route, places));
  const target = { through: "gateway/edge/ingress", namespace: "shop", workload: "orders" };
  const when = [{ key: "request.auth.principal", values: ["https://i/s"] }];
  const requests = { protocol: "http", when } as const;
  const [proof] = prove(mesh, [{ name: "it", target, requests, expect: "never-allowed" }]);
  expect([proof?.result, proof?.undecided.length === 0]).toEqual([result, true]);
});
