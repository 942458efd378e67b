import { expect, test } from "vitest";
import { evaluate } from "../src/evaluate.ts";
import { explain } from "../src/explain.ts";
import { loadMesh } from "../src/load.ts";
import type { AccessRequest, EvaluateOptions } from "../src/model/access-request.ts";
import type { AuthorizationPolicySpec, PolicyRule } from "../src/model/policy.ts";
import { handPolicy } from "./mesh.ts";
import { cluster } from "./ways.ts";

const rule = (one: PolicyRule): AuthorizationPolicySpec => ({ rules: [one] });
const from = (source: object): AuthorizationPolicySpec => rule({ from: [{ source }] });
const operation = (one: object): AuthorizationPolicySpec => rule({ to: [{ operation: one }] });
const unless = (key: string, ...notValues: readonly string[]): AuthorizationPolicySpec =>
  rule({ when: [{ key, notValues }] });

const ask: AccessRequest = {
  from: "deploy/c/web",
  to: "svc/shop/orders:80",
  http: { method: "GET", host: "orders.shop:80", path: "/a", headers: { "x-ip": "10.0.0.0/8" } },
  source: { ip: "10.1.2.3" },
};

/** The traps that a request under one policy is told of, by their names. */
function trapsOf(
  spec: AuthorizationPolicySpec,
  request: AccessRequest = ask,
  options: EvaluateOptions = {},
): readonly string[] {
  const mesh = cluster({ authorizationPolicies: [handPolicy("shop/p", spec)] });
  const verdict = evaluate(mesh, request, options);
  expect(verdict.decision).toBe("deny");
  const { branches } = explain({ mesh, request, options, verdict });
  return branches.flatMap(({ traps }) => traps.map(({ id }) => id));
}

const web = "cluster.local/ns/c/sa/web";

/** The value that is refused is there in both; the other one of the list is what a trap is about. */
const refusedValues: readonly (readonly [
  string,
  AuthorizationPolicySpec,
  AuthorizationPolicySpec,
])[] = [
  [
    "a-principal-names-its-trust-domain",
    from({ principals: ["old/ns/c/sa/web"] }),
    from({ notPrincipals: ["old/ns/c/sa/web", web] }),
  ],
  [
    "principals-are-written-without-spiffe",
    from({ principals: ["spiffe://a/ns/b/sa/c"] }),
    from({ notPrincipals: ["spiffe://a/ns/b/sa/c", web] }),
  ],
  [
    "hosts-are-compared-with-their-port",
    operation({ hosts: ["orders.shop"] }),
    operation({ notHosts: ["orders.shop", "orders.shop:80"] }),
  ],
  [
    "a-service-has-several-names",
    operation({ hosts: ["orders.shop.svc"] }),
    operation({ notHosts: ["orders.shop.svc", "*:80"] }),
  ],
  [
    "a-star-in-the-middle-is-a-star",
    operation({ hosts: ["o*s.shop:80"] }),
    operation({ notHosts: ["o*s.shop:80", "*:80"] }),
  ],
  [
    "a-grpc-method-is-a-path",
    operation({ methods: ["/a.B/C"] }),
    operation({ notMethods: ["/a.B/C", "GET"] }),
  ],
  [
    "paths-are-compared-without-the-query",
    operation({ paths: ["/a?b"] }),
    operation({ notPaths: ["/a?b", "/a"] }),
  ],
  [
    "a-block-of-addresses-in-a-header-is-text",
    rule({ when: [{ key: "request.headers[x-ip]", values: ["10.0.0.0/9"] }] }),
    unless("request.headers[x-ip]", "10.0.0.0/9", "10.0.0.0/8"),
  ],
];

test.each(refusedValues)(
  "what a value means that does not match is told where it should, and not where another one keeps the caller out: %s",
  (id, missed, refused) => {
    expect(trapsOf(missed)).toContain(id);
    expect(trapsOf(refused)).not.toContain(id);
  },
);

test("a block that must not hold the peer is told of a client behind it that stands outside", () => {
  const behind = (address: string): AccessRequest => ({
    ...ask,
    http: { path: "/a", headers: { "x-forwarded-for": address } },
  });
  const id = "the-peer-is-not-the-client";
  expect(trapsOf(from({ ipBlocks: ["192.0.2.0/24"] }), behind("192.0.2.1"))).toContain(id);
  expect(trapsOf(from({ ipBlocks: ["192.0.2.0/24"] }), behind("10.0.0.1"))).not.toContain(id);
  expect(trapsOf(from({ notIpBlocks: ["10.0.0.0/8"] }), behind("192.0.2.1"))).toContain(id);
  expect(trapsOf(from({ notIpBlocks: ["10.0.0.0/8"] }), behind("10.0.0.1"))).not.toContain(id);
});

test("a policy for a waypoint is told of where none is on the way, and not behind it", () => {
  const text = (use: string): string => `apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio.io/dataplane-mode: ambient${use} } }
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: waypoint, namespace: shop }
spec: { gatewayClassName: istio-waypoint, listeners: [{ name: mesh, port: 15008, protocol: HBONE }] }
---
apiVersion: v1
kind: Service
metadata: { name: orders, namespace: shop }
spec: { clusterIP: 10.0.0.1, selector: { app: orders }, ports: [{ name: http, port: 80, targetPort: 8080 }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: orders, namespace: shop }
spec: { template: { metadata: { labels: { app: orders } } } }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: at-ztunnel, namespace: shop }
spec: { rules: [{ from: [{ source: { namespaces: [nobody] } }] }] }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: other, namespace: shop }
spec: { targetRefs: [{ kind: Service, group: "", name: other }], rules: [{}] }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: at-waypoint, namespace: shop }
spec: { targetRefs: [{ kind: Service, group: "", name: orders }], rules: [{}] }
`;
  const told = (use: string, to: string): readonly string[] => {
    const { mesh } = loadMesh({ files: [{ path: "m.yaml", text: text(use) }], istio: "1.31" });
    const request = { from: "sa/shop/web", to, http: "GET /a" };
    const verdict = evaluate(mesh, request);
    expect(verdict.decision).toBe("deny");
    const { branches } = explain({ mesh, request, options: {}, verdict });
    return branches.flatMap(({ traps }) => traps.map((trap) => `${trap.id}: ${trap.text}`));
  };
  const use = ", istio.io/use-waypoint: waypoint";
  const id = "a-policy-with-a-target-is-for-the-waypoint: shop/at-waypoint is for";
  const [direct, without, behind] = [
    told(use, "deploy/shop/orders:8080"),
    told("", "svc/shop/orders:80"),
    told(use, "svc/shop/orders:80"),
  ].map((each) => each.join("\n"));
  expect(direct).toContain(id);
  expect(direct).toContain("does not pass shop/waypoint");
  expect(without).toContain(id);
  expect(without).toContain("it has none");
  expect(behind).not.toContain("waypoint is for");
  for (const each of [direct, without, behind]) expect(each).not.toContain("shop/other");
  for (const each of [direct, without, behind]) expect(each).not.toContain("nothing of HTTP");
});
