import { expect, test } from "vitest";
import { evaluate } from "../src/evaluate.ts";
import { serve } from "../src/journey/serve.ts";
import type { AccessRequest, EvaluateOptions } from "../src/model/access-request.ts";
import type { Mesh } from "../src/model/mesh.ts";
import type { AuthorizationPolicySpec } from "../src/model/policy.ts";
import type { Verdict } from "../src/model/verdict.ts";
import { handObject, handPeer, handPolicy, handService, handWorkload } from "./mesh.ts";
import { cluster, orders, type Parts, web } from "./ways.ts";

const to = "svc/shop/orders:80";
const principal = (account: string): string => `cluster.local/ns/c/sa/${account}`;
const from = (account: string): AuthorizationPolicySpec => ({
  rules: [{ from: [{ source: { principals: [principal(account)] } }] }],
});
const policies = (spec: AuthorizationPolicySpec, parts: Parts = {}): Mesh =>
  cluster({ authorizationPolicies: [handPolicy("shop/p", spec)], ...parts });

function ask(mesh: Mesh, request: Partial<AccessRequest> = {}, options?: EvaluateOptions): Verdict {
  return evaluate(mesh, { from: "deploy/c/web", to, http: "GET /", ...request }, options);
}

test("an ALLOW by identity lets its client in and names its rule", () => {
  const verdict = ask(policies(from("web")));
  expect(verdict).toMatchObject({
    decision: "allow",
    layer: "allow",
    by: [{ policy: { kind: "AuthorizationPolicy", namespace: "shop", name: "p" }, rule: 0 }],
    outcome: { kind: "forwarded" },
  });
  expect(verdict.branches[0].hops).toMatchObject([
    { point: "sidecar", proxy: "c/web", side: "outbound", enforced: false },
    { point: "sidecar", proxy: "shop/orders", enforced: true },
  ]);
});

test("who is not allowed gets 403", () => {
  expect(ask(policies(from("someone")))).toMatchObject({
    decision: "deny",
    layer: "allow",
    outcome: { kind: "reply", status: 403 },
  });
});

test.each<[string, Parts, Partial<AccessRequest>, string, string | undefined]>([
  [
    "a plaintext client under STRICT",
    { peerAuthentications: [handPeer("shop/d", { mtls: { mode: "STRICT" } })] },
    { from: "none" },
    "deny",
    "mtls",
  ],
  [
    "a mesh client under STRICT",
    { peerAuthentications: [handPeer("shop/d", { mtls: { mode: "STRICT" } })] },
    {},
    "allow",
    undefined,
  ],
  [
    "forced mTLS on a DISABLE port",
    { peerAuthentications: [handPeer("shop/d", { mtls: { mode: "DISABLE" } })] },
    { transport: "mtls" },
    "deny",
    "mtls",
  ],
  [
    "the pod's address under STRICT (ctx:T80)",
    { peerAuthentications: [handPeer("shop/d", { mtls: { mode: "STRICT" } })] },
    { to: "deploy/shop/orders:8080" },
    "deny",
    "mtls",
  ],
  [
    "REGISTRY_ONLY and an unknown Host",
    { config: { outboundTrafficPolicy: { mode: "REGISTRY_ONLY" } } },
    { http: "GET elsewhere/x" },
    "deny",
    "route",
  ],
])("%s", (_, parts, request, decision, layer) => {
  const verdict = ask(cluster(parts), request);
  expect([verdict.decision, verdict.layer]).toEqual([decision, layer]);
});

test("a DestinationRule that turns TLS off takes the identity away (ctx:T82)", () => {
  const others = [
    handObject("DestinationRule/c/r", {
      host: "orders.shop.svc.cluster.local",
      trafficPolicy: { tls: { mode: "DISABLE" } },
    }),
  ];
  expect(ask(policies(from("web"), { others })).decision).toBe("deny");
});

test("nothing is enforced on a port that is not captured, and the hop says so (ctx:T84)", () => {
  const annotations = { "traffic.sidecar.istio.io/excludeInboundPorts": "8080" };
  const mesh = policies({}, { workloads: [{ ...orders, annotations }, web] });
  const verdict = ask(mesh, { from: "none" });
  expect(verdict).toMatchObject({ decision: "allow", layer: "capture" });
  expect(verdict.branches[0].hops[0]).toMatchObject({ enforced: false, point: "none" });
});

test("two workloads of one service account are the same caller (ctx:T95)", () => {
  const other = handWorkload("Deployment/c/other", { serviceAccount: "web" });
  const mesh = policies(from("web"), { workloads: [orders, web, other] });
  expect(ask(mesh, { from: "deploy/c/other" }).decision).toBe("allow");
});

test("an HTTP rule on a TCP port leaves an ALLOW that nothing matches (ctx:T93)", () => {
  const services = [handService("shop/orders", [{ name: "tcp-api", targetPort: 8080 }])];
  const mesh = policies({ rules: [{ to: [{ operation: { methods: ["GET"] } }] }] }, { services });
  expect(ask(mesh)).toMatchObject({ decision: "deny", outcome: { kind: "closed" } });
});

test("a provider's answer is asked unless the request states it", () => {
  const config = {
    extensionProviders: [
      { name: "oauth", envoyExtAuthzHttp: { service: "oauth.c.svc", port: 80 } },
    ],
  };
  const spec: AuthorizationPolicySpec = {
    action: "CUSTOM",
    provider: { name: "oauth" },
    rules: [{}],
  };
  const mesh = policies(spec, { config });
  const open = ask(mesh);
  expect(open.decision).toBe("undetermined");
  expect(open.facts.find(({ state }) => state === "unknown")?.id).toBe("ext-authz:oauth");
  expect(ask(mesh, { providers: { oauth: "allow" } }).decision).toBe("allow");
  expect(ask(mesh, { providers: { oauth: "deny" } })).toMatchObject({
    decision: "deny",
    layer: "custom",
  });
});

test("what goes out of the mesh is held against nothing, and that is said", () => {
  const verdict = ask(cluster(), { to: "https://api.stripe.test/x" });
  expect(verdict).toMatchObject({ decision: "allow", layer: "capture" });
  expect(verdict.branches[0].hops).toMatchObject([
    {
      proxy: "c/web",
      side: "outbound",
      enforced: false,
      why: expect.stringContaining("enforces nothing"),
    },
    {
      point: "none",
      proxy: "api.stripe.test",
      enforced: false,
      why: expect.stringContaining("outside"),
    },
  ]);
  expect(verdict.facts).toContainEqual({
    id: "outside:api.stripe.test",
    state: "assumed",
    value: "outside the mesh",
  });
});

test("a request that is wrong as it stands is refused with a TypeError", () => {
  expect(() => ask(cluster(), { from: "someone" })).toThrow(TypeError);
});

test("the raw level addresses one proxy with a connection of its own", () => {
  const connection = {
    transport: "mtls",
    destinationPort: 8080,
    alpn: ["istio"],
    certificate: { uris: ["spiffe://cluster.local/ns/c/sa/web"] },
  } as const;
  expect(ask(policies(from("web")), { from: "none", connection }).decision).toBe("allow");
});

test("a program is made once for a mesh and a proxy", () => {
  const mesh = policies(from("web"));
  const proxy = {
    kind: "sidecar",
    namespace: "shop",
    name: "orders",
    labels: {},
    serviceAccount: "orders",
    addresses: [],
    ports: [],
  } as const;
  const facts = { now: 0, ask: () => "" };
  const connection = { transport: "plaintext", destinationPort: 80 } as const;
  const notes = [0, 1].map(() => serve(mesh, { ...proxy }, connection, undefined, facts).notes);
  expect(notes[0]?.[0]).toBe(notes[1]?.[0]);
});
