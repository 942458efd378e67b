import { expect, test } from "vitest";
import { evaluate } from "../src/evaluate.ts";
import { programFor } from "../src/istiod/program.ts";
import { dataPlaneOf } from "../src/kubernetes/data-plane.ts";
import { proxyOf } from "../src/kubernetes/proxy.ts";
import type { AccessRequest } from "../src/model/access-request.ts";
import type { Mesh } from "../src/model/mesh.ts";
import type { AuthorizationPolicy, AuthorizationPolicySpec } from "../src/model/policy.ts";
import { handPeer, handPolicy, handService, handWorkload } from "./mesh.ts";
import { cluster, type Parts, web } from "./ways.ts";

const server = handWorkload("Deployment/shop/orders", {
  labels: { app: "orders", "security.istio.io/tlsMode": "istio" },
  annotations: { "inject.istio.io/templates": "grpc-agent" },
});
const unmarked = { ...server, labels: { app: "orders" } };
const services = [handService("shop/orders", [{ port: 80, name: "grpc", targetPort: 8080 }])];

const grpc = (parts: Parts = {}): Mesh => cluster({ workloads: [server, web], services, ...parts });
const under = (spec: AuthorizationPolicySpec, more: Partial<AuthorizationPolicy> = {}): Mesh =>
  grpc({ authorizationPolicies: [{ ...handPolicy("shop/p", spec), ...more }] });
const decide = (mesh: Mesh, request: Partial<AccessRequest> = {}): string =>
  evaluate(mesh, {
    from: "deploy/c/web",
    to: "svc/shop/orders:80",
    grpc: "shop.Orders/Get",
    ...request,
  }).decision;

const from = (account: string): AuthorizationPolicySpec => ({
  rules: [{ from: [{ source: { principals: [`cluster.local/ns/c/sa/${account}`] } }] }],
});
const everything = [{}];

test("the template of the agent makes a server proxyless", () => {
  expect(dataPlaneOf(grpc().inventory, server)?.plane).toBe("proxyless");
});

test.each<[string, AuthorizationPolicySpec, string]>([
  ["an ALLOW of the caller", from("web"), "allow"],
  ["an ALLOW of another caller", from("someone"), "deny"],
  ["a DENY of everything", { action: "DENY", rules: everything }, "deny"],
  ["an ALLOW without rules (ctx:T97)", {}, "allow"],
  ["a DENY without rules", { action: "DENY" }, "allow"],
  ["AUDIT", { action: "AUDIT", rules: everything }, "allow"],
  ["CUSTOM", { action: "CUSTOM", provider: { name: "p" }, rules: everything }, "allow"],
  [
    "an ALLOW of the method",
    { rules: [{ to: [{ operation: { paths: ["/shop.Orders/*"] } }] }] },
    "allow",
  ],
  ["an ALLOW of GET", { rules: [{ to: [{ operation: { methods: ["GET"] } }] }] }, "deny"],
  [
    "an ALLOW by token, which no filter reads",
    { rules: [{ from: [{ source: { requestPrincipals: ["*"] } }] }] },
    "deny",
  ],
  [
    "a rule on a server name",
    { rules: [{ when: [{ key: "connection.sni", values: ["a"] }] }] },
    "undetermined",
  ],
  ["a template", { rules: [{ to: [{ operation: { paths: ["/{*}/Get"] } }] }] }, "undetermined"],
  ["an unknown key", { rules: [{ when: [{ key: "no.such", values: ["a"] }] }] }, "undetermined"],
])("under %s", (_, spec, decision) => {
  expect(decide(under(spec))).toBe(decision);
});

test("a dry run is enforced (ctx:T98)", () => {
  const annotations = { "istio.io/dry-run": "true" };
  expect(decide(under({ action: "DENY", rules: everything }, { annotations }))).toBe("deny");
});

test("a denial is a status of gRPC", () => {
  const verdict = evaluate(under(from("someone")), {
    from: "deploy/c/web",
    to: "svc/shop/orders:80",
    grpc: "shop.Orders/Get",
  });
  expect(verdict).toMatchObject({ layer: "allow", outcome: { grpcStatus: 7 } });
  expect(verdict.branches[0].hops.at(-1)).toMatchObject({
    point: "proxyless",
    chain: "inbound-mtls",
  });
  expect(verdict.facts).toContainEqual({
    id: "proxyless:deploy/shop/orders",
    state: "derived",
    value: "by istiod's source, no recording shows it",
  });
});

test("a principal of another trust domain of the mesh is not the mesh's own", () => {
  const mesh = under(from("web"));
  const aliased = { ...mesh, config: { trustDomain: "td", trustDomainAliases: ["cluster.local"] } };
  expect(decide(aliased)).toBe("deny");
  expect(decide({ ...mesh, config: {} })).toBe("allow");
});

const modes = ["STRICT", "PERMISSIVE", "DISABLE"] as const;
test.each([
  [server, ["inbound-mtls", "inbound-mtls", "inbound-plaintext"]],
  [unmarked, ["inbound-mtls", "inbound-plaintext", "inbound-plaintext"]],
])(
  "PERMISSIVE is STRICT where the label says so, and else DISABLE (an:PA-63): %#",
  (workload, chains) => {
    const made = modes.map((mode) => {
      const peerAuthentications = [handPeer("shop/d", { mtls: { mode } })];
      const mesh = grpc({ workloads: [workload, web], peerAuthentications });
      const program = programFor(mesh, proxyOf(mesh.inventory, workload, "proxyless"));
      return program.listeners[0]?.chains.map(({ name }) => name);
    });
    expect(made).toEqual(chains.map((name) => [name]));
  },
);

test("plain text is refused where the label asks for TLS, and is what clients send without it", () => {
  expect(decide(grpc(), { from: "none" })).toBe("deny");
  const plain = grpc({ workloads: [unmarked, web] });
  expect(decide(plain, { from: "none" })).toBe("allow");
  expect(decide({ ...plain, authorizationPolicies: [handPolicy("shop/p", from("web"))] })).toBe(
    "deny",
  );
});

test("what is not gRPC, or comes to a port that istiod does not know, is not evaluated", () => {
  expect(decide(grpc(), { http: "GET /", to: "svc/shop/orders:80" })).toBe("undetermined");
  expect(decide(grpc(), { to: "deploy/shop/orders:9999" })).toBe("undetermined");
});

test("notes say what has no effect there", () => {
  const policies = [
    handPolicy("shop/nothing", {}),
    handPolicy("shop/audit", { action: "AUDIT", rules: everything }),
    { ...handPolicy("shop/tried", from("web")), annotations: { "istio.io/dry-run": "true" } },
  ];
  const mesh = grpc({ authorizationPolicies: policies });
  const { notes } = programFor(mesh, proxyOf(mesh.inventory, server, "proxyless"));
  expect(notes.map(({ because, effect }) => [because, effect])).toEqual([
    ["proxyless-action", "none"],
    ["proxyless-no-rules", "wider"],
    ["proxyless-dry-run", "narrower"],
  ]);
});
