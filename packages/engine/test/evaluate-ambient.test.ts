import { expect, test } from "vitest";
import { evaluate } from "../src/evaluate.ts";
import type { AccessRequest, EvaluateOptions } from "../src/model/access-request.ts";
import type { Mesh } from "../src/model/mesh.ts";
import type { AuthorizationPolicySpec } from "../src/model/policy.ts";
import {
  handMesh,
  handNamespace,
  handPeer,
  handPolicy,
  handService,
  handWorkload,
} from "./mesh.ts";

const to = "svc/shop/orders:80";

function ambient(spec: AuthorizationPolicySpec | undefined, parts: Partial<Mesh> = {}): Mesh {
  return handMesh({
    namespaces: [handNamespace("shop", { "istio.io/dataplane-mode": "ambient" })],
    services: [handService("shop/orders", [{ port: 80, name: "http", targetPort: 8080 }])],
    workloads: [
      handWorkload("Deployment/shop/orders"),
      handWorkload("Deployment/shop/web", { serviceAccount: "web" }),
    ],
    authorizationPolicies: spec === undefined ? [] : [handPolicy("shop/orders", spec)],
    ...parts,
  });
}

const webOnly: AuthorizationPolicySpec = {
  rules: [{ from: [{ source: { principals: ["cluster.local/ns/shop/sa/web"] } }] }],
};
const decide = (mesh: Mesh, request: Partial<AccessRequest>, options?: EvaluateOptions): string =>
  evaluate(mesh, { to, http: "GET /", ...request }, options).decision;

test("HBONE carries the identity of an ambient client", () => {
  expect(decide(ambient(webOnly), { from: "sa/shop/web" })).toBe("allow");
  expect(decide(ambient(webOnly), { from: "deploy/shop/orders" })).toBe("deny");
});

test("a client outside the mesh has no identity", () => {
  expect(decide(ambient(webOnly), { from: "external/203.0.113.9" })).toBe("deny");
  expect(decide(ambient(undefined), { from: "external/203.0.113.9" })).toBe("allow");
});

test("STRICT refuses plain text and takes HBONE", () => {
  const peerAuthentications = [handPeer("shop/default", { mtls: { mode: "STRICT" } })];
  const mesh = ambient(undefined, { peerAuthentications });
  expect(decide(mesh, { from: "none" })).toBe("deny");
  expect(decide(mesh, { from: "sa/shop/web" })).toBe("allow");
});

test("a caller that nobody names is everyone whom the policies tell apart", () => {
  const verdict = evaluate(ambient(webOnly), { to });
  expect(verdict.decision).toBe("undetermined");
  const from = verdict.facts.find(({ id }) => id === "from");
  expect(from?.then).toContainEqual({ value: "none", decision: "deny" });
  expect(from?.then).toContainEqual({
    value: "spiffe://cluster.local/ns/shop/sa/web",
    decision: "allow",
  });
});

test("a caller that nobody names may be of any namespace that a policy names", () => {
  const rules = [{ from: [{ source: { namespaces: ["jobs"] } }] }];
  expect(decide(ambient({ action: "DENY", rules }), {})).toBe("undetermined");
  const both = [{ from: [{ source: { namespaces: ["j*"], notNamespaces: ["*x"] } }] }];
  expect(decide(ambient({ rules: both }), {})).toBe("undetermined");
});

test("who asks does not matter where everybody is refused", () => {
  expect(decide(ambient({}), {})).toBe("deny");
  expect(decide(ambient(undefined), {})).toBe("allow");
});

test("an unknown source address matters only if a policy looks at it", () => {
  const office: AuthorizationPolicySpec = {
    rules: [{ from: [{ source: { ipBlocks: ["192.0.2.0/24"] } }] }],
  };
  const verdict = evaluate(ambient(office), { from: "sa/shop/web", to });
  expect(verdict.decision).toBe("undetermined");
  expect(verdict.facts.find(({ state }) => state === "unknown")?.id).toBe("source.ip");
  expect(verdict.branches.map(({ decision }) => decision).toSorted()).toEqual(["allow", "deny"]);
  expect(decide(ambient(office), { from: "sa/shop/web", source: { ip: "192.0.2.1" } })).toBe(
    "allow",
  );
});

test("what was derived and what was assumed is told", () => {
  const { facts } = evaluate(ambient(webOnly), { from: "sa/shop/web", to });
  expect(facts).toContainEqual(
    expect.objectContaining({ id: "data-plane:sa/shop/web", state: "derived", value: "ambient" }),
  );
  expect(facts).toContainEqual({
    id: "further-policies",
    state: "assumed",
    value: "none in istio-system and shop",
  });
});

test("without assumptions, policies that were not loaded may decide", () => {
  const verdict = evaluate(ambient(webOnly), { from: "sa/shop/web", to }, { assume: "none" });
  expect(verdict.decision).toBe("undetermined");
});

test("the alternatives of an assumption are decided, too", () => {
  const { facts } = evaluate(ambient(webOnly), { from: "sa/shop/web", to }, { alternatives: true });
  expect(facts.find(({ id }) => id === "further-policies")?.then).toEqual([
    { value: "none in istio-system and shop", decision: "allow" },
    { value: "there are more", decision: "undetermined" },
  ]);
});

test("a waypoint is met by clients in ambient mode only", () => {
  const service = handService("shop/orders", [{ port: 80, name: "http" }], {
    labels: { "istio.io/use-waypoint": "waypoint" },
  });
  const { inventory } = ambient(undefined);
  const mesh = ambient(undefined, { inventory: { ...inventory, services: [service] } });
  const points = (from: string): readonly string[] =>
    evaluate(mesh, { to, from, http: "GET /" }).branches[0].hops.map(({ point }) => point);
  expect(points("sa/shop/web")).toEqual(["waypoint", "ztunnel"]);
  expect(points("none")).toEqual(["ztunnel"]);
});

test("the pod's own node gets past ztunnel, another node does not", () => {
  const verdict = evaluate(ambient(webOnly), { from: "node", to });
  expect(verdict.decision).toBe("undetermined");
  expect(verdict.branches.map(({ decision, hops }) => [decision, hops[0]?.enforced])).toEqual([
    ["allow", false],
    ["deny", true],
  ]);
});

test("what rests on a difference between releases that was only read is listed among the facts", () => {
  const annotations = { "istio.io/dry-run": "true" };
  const rehearsal = { ...handPolicy("shop/orders", { action: "DENY", rules: [{}] }), annotations };
  const features = { AMBIENT_ENABLE_DRY_RUN_AUTHORIZATION_POLICY: "true" };
  const mesh = ambient(undefined, { authorizationPolicies: [rehearsal], features });
  const ids = (of: Mesh): readonly string[] =>
    evaluate(of, { to, from: "sa/shop/web", http: "GET /" }).facts.map(({ id }) => id);
  expect(ids(mesh)).toContain("release:ambient-dry-run");
  expect(ids({ ...mesh, features: {} })).not.toContain("release:ambient-dry-run");
});
