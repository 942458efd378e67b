import { expect, test } from "vitest";
import { evaluate } from "../src/evaluate.ts";
import type { AccessRequest, EvaluateOptions } from "../src/model/access-request.ts";
import type { Mesh } from "../src/model/mesh.ts";
import type { AuthorizationPolicySpec } from "../src/model/policy.ts";
import type { Verdict } from "../src/model/verdict.ts";
import { handPolicy, handService, handWorkload } from "./mesh.ts";
import { cluster, type Parts, web } from "./ways.ts";

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

test("an unknown path is tried with what the policies tell apart", () => {
  const mesh = policies({ rules: [{ to: [{ operation: { paths: ["/public*"] } }] }] });
  const verdict = ask(mesh, { http: { method: "GET" } });
  expect(verdict.decision).toBe("undetermined");
  const path = verdict.facts.find(({ id }) => id === "http.path");
  expect(path).toMatchObject({ state: "unknown" });
  expect(path?.then?.map(({ decision }) => decision).toSorted()).toEqual(["allow", "deny"]);
});

test("without http, method and path are unknown on an HTTP port, and bytes are sent on a TCP port", () => {
  const mesh = policies({ rules: [{ to: [{ operation: { methods: ["GET"] } }] }] });
  const { decision, facts } = evaluate(mesh, { from: "deploy/c/web", to });
  expect(decision).toBe("undetermined");
  expect(facts.map(({ id }) => id)).toContain("http.method");
  const services = [handService("shop/orders", [{ name: "tcp", targetPort: 8080 }])];
  const bytes = evaluate(cluster({ services }), { from: "deploy/c/web", to });
  expect(bytes.decision).toBe("allow");
});

test("an unknown caller is nobody or anybody", () => {
  const verdict = evaluate(policies(from("web")), { to, http: "GET /" });
  expect(verdict.decision).toBe("undetermined");
  expect(verdict.facts.map(({ id }) => id)).toEqual(
    expect.arrayContaining(["from", "source.principal"]),
  );
  const everyone = policies({ action: "DENY", rules: [{}] });
  expect(evaluate(everyone, { to, http: "GET /" }).decision).toBe("deny");
});

test.each<[string, Parts, string | undefined]>([
  ["where others of its namespace were, that a Service is there is assumed", {}, "assumed"],
  [
    "where none of its namespace were, a Service is there by being named",
    { services: [] },
    undefined,
  ],
])("%s", (_name, parts, state) => {
  const { facts } = ask(policies({ rules: [{}] }, parts), { to: "svc/shop/order:80" });
  expect(facts.find(({ id }) => id === "service:svc/shop/order")?.state).toBe(state);
});

test("behind a Service that was not loaded, a selector makes a difference", () => {
  const spec: AuthorizationPolicySpec = {
    selector: { matchLabels: { app: "orders" } },
    ...from("x"),
  };
  const verdict = ask(policies(spec, { services: [] }));
  expect(verdict.decision).toBe("undetermined");
  const labels = verdict.facts.find(({ id }) => id === "labels:svc/shop/orders");
  expect(labels?.then).toEqual([
    { value: "app=orders", decision: "deny" },
    { value: "", decision: "allow" },
  ]);
  expect(ask(policies(from("web"), { services: [] })).decision).toBe("allow");
});

test("behind a Service that was not loaded, a policy on ports makes a difference", () => {
  const spec: AuthorizationPolicySpec = { rules: [{ to: [{ operation: { ports: ["8080"] } }] }] };
  const verdict = ask(policies(spec, { services: [] }));
  expect(verdict.decision).toBe("undetermined");
  expect(verdict.facts.map(({ id }) => id)).toContain("target-port:svc/shop/orders:80");
});

test("a described workload needs no inventory, and says what it assumes", () => {
  const mesh = policies(from("web"), { namespaces: [], services: [], workloads: [] });
  const verdict = ask(mesh, { from: "sa/c/web", to: "ns/shop,app=orders:8080" });
  expect(verdict.decision).toBe("allow");
  const assumed = verdict.facts.filter(({ state }) => state === "assumed").map(({ id }) => id);
  expect(assumed).toEqual(
    expect.arrayContaining([
      "data-plane:ns/shop,app=orders",
      "data-plane:sa/c/web",
      "protocol:ns/shop,app=orders:8080",
      "transport:ns/shop,app=orders",
      "further-policies",
      "http.version",
    ]),
  );
});

test("the alternatives show which assumption decides", () => {
  const mesh = policies(from("web"), { namespaces: [], services: [], workloads: [] });
  const request = { from: "sa/c/web", to: "ns/shop,app=orders:8080" };
  const { facts } = ask(mesh, request, { alternatives: true });
  const then = (id: string): unknown => facts.find((fact) => fact.id === id)?.then;
  expect(then("transport:ns/shop,app=orders")).toEqual([
    { value: "mtls", decision: "allow" },
    { value: "plaintext", decision: "deny" },
  ]);
  expect(then("http.version")).toEqual([
    { value: "1.1", decision: "allow" },
    { value: "2", decision: "allow" },
  ]);
});

test("a stated fact is used instead of an assumption", () => {
  const mesh = policies(from("web"), { namespaces: [] });
  const facts = { "data-plane:deploy/shop/orders": "none" };
  const verdict = ask(mesh, { from: "none" }, { facts });
  expect(verdict).toMatchObject({ decision: "allow", layer: "capture" });
  expect(verdict.facts).toContainEqual({
    id: "data-plane:deploy/shop/orders",
    state: "given",
    value: "none",
  });
});

test("a Service that leads to different workloads is undetermined where they differ", () => {
  const v1 = handWorkload("Deployment/shop/v1", { labels: { app: "orders", version: "v1" } });
  const v2 = handWorkload("Deployment/shop/v2", { labels: { app: "orders", version: "v2" } });
  const spec = { selector: { matchLabels: { version: "v2" } }, ...from("someone") };
  const verdict = ask(policies(spec, { workloads: [v1, v2, web] }));
  expect(verdict.decision).toBe("undetermined");
  expect(verdict.branches.map(({ when, decision }) => [when[0]?.value, decision])).toEqual([
    ["deploy/shop/v1", "allow"],
    ["deploy/shop/v2", "deny"],
  ]);
});

test("a release that nobody stated is an assumption, and the others can be asked for", () => {
  const mesh = policies(from("web"), {
    release: { istio: "1.31.0", envoy: "1.39.3", stated: false },
  });
  const { facts } = ask(mesh, {}, { alternatives: true });
  const release = facts.find(({ id }) => id === "release");
  expect(release).toMatchObject({ state: "assumed", value: "1.31.0" });
  expect(release?.then?.length).toBeGreaterThan(3);
  expect(new Set(release?.then?.map(({ decision }) => decision))).toEqual(new Set(["allow"]));
});

const asksProvider = handPolicy("shop/ask", {
  action: "CUSTOM",
  provider: { name: "p" },
  rules: [{}],
});
const config = {
  extensionProviders: [{ name: "p", envoyExtAuthzGrpc: { service: "p.c", port: 9000 } }],
};

test("a provider that nobody knows may set the header that a later rule asks for", () => {
  const rules = [{ when: [{ key: "request.headers[x-user]", values: ["alice"] }] }];
  const authorizationPolicies = [asksProvider, handPolicy("shop/alice", { rules })];
  const { decision, facts } = ask(cluster({ config, authorizationPolicies }));
  expect(decision).toBe("undetermined");
  const answers = facts.find(({ id }) => id === "ext-authz:p")?.then ?? [];
  expect(answers).toContainEqual({ value: "allow, x-user: alice", decision: "allow" });
  expect(answers).toContainEqual({ value: "allow", decision: "deny" });
});

test("a provider that nobody knows may bring the token that a later rule asks for", () => {
  const rules = [{ from: [{ source: { requestPrincipals: ["*"] } }] }];
  const requestAuthentications = [
    {
      key: { kind: "RequestAuthentication", namespace: "shop", name: "jwt" },
      labels: {},
      annotations: {},
      spec: { jwtRules: [{ issuer: "https://login.example" }] },
    },
  ];
  const authorizationPolicies = [asksProvider, handPolicy("shop/alice", { rules })];
  const mesh = cluster({ config, authorizationPolicies, requestAuthentications });
  expect(ask(mesh).decision).toBe("undetermined");
  expect(ask(mesh, { providers: { p: "allow" } }).decision).toBe("deny");
});
