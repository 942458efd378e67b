import { describe, expect, test } from "vitest";
import { boundAuthorizationPolicies, boundRequestAuthentications } from "../src/istiod/attach.ts";
import type { AuthorizationPolicySpec, TargetRef } from "../src/model/policy.ts";
import type { Proxy } from "../src/model/program.ts";
import { ap, meshOf, ra, reviews, type World } from "./istiod-world.ts";

const gatewayName = "gateway.networking.k8s.io/gateway-name";
const gateway: Proxy = {
  ...reviews,
  kind: "gateway",
  labels: { [gatewayName]: "web", app: "web" },
};
const waypoint: Proxy = { ...gateway, kind: "waypoint", labels: { [gatewayName]: "web" } };
const classic: Proxy = { ...reviews, kind: "gateway", labels: { istio: "ingressgateway" } };

const gatewayRef: TargetRef = { group: "gateway.networking.k8s.io", kind: "Gateway", name: "web" };
const classRef: TargetRef = { ...gatewayRef, kind: "GatewayClass", name: "istio-waypoint" };
const serviceRef: TargetRef = { kind: "Service", name: "orders" };
const service = { kind: "Service", namespace: "foo", name: "orders" } as const;
const app = { matchLabels: { app: "reviews" } };

/** Why a policy does not bind, or "bound". */
function bound(id: string, spec: AuthorizationPolicySpec, proxy: Proxy, world: World = {}): string {
  const mesh = meshOf({ ...world, policies: [ap(id, spec)] });
  const attached = boundAuthorizationPolicies(mesh, proxy, service);
  if (attached.bound.length > 0) return "bound";
  return attached.notes.map(({ because }) => because).join() || "unrelated";
}

test.each<[string, string, AuthorizationPolicySpec, Proxy, string]>([
  ["no selector, same namespace", "foo/p", {}, reviews, "bound"],
  ["empty selector", "foo/p", { selector: {} }, reviews, "bound"],
  ["matching selector", "foo/p", { selector: app }, reviews, "bound"],
  [
    "a label the workload lacks",
    "foo/p",
    { selector: { matchLabels: { app: "web" } } },
    reviews,
    "selector-mismatch",
  ],
  ["root namespace", "istio-system/p", {}, reviews, "bound"],
  ["root namespace with a selector", "istio-system/p", { selector: app }, reviews, "bound"],
  ["another namespace", "bar/p", {}, reviews, "unrelated"],
  ["another namespace, as if meant for it", "bar/p", { selector: app }, reviews, "other-namespace"],
  ["target reference", "foo/p", { targetRefs: [gatewayRef] }, reviews, "target-reference"],
  [
    "target reference and matching selector",
    "foo/p",
    { selector: app, targetRef: gatewayRef },
    reviews,
    "target-reference",
  ],
  [
    "a classic gateway is no target",
    "foo/p",
    { targetRefs: [gatewayRef] },
    classic,
    "target-reference",
  ],
  ["a classic gateway by namespace", "foo/p", {}, classic, "bound"],
  ["its Gateway", "foo/p", { targetRefs: [gatewayRef] }, gateway, "bound"],
  ["its Gateway by the single field", "foo/p", { targetRef: gatewayRef }, gateway, "bound"],
  [
    "one of several",
    "foo/p",
    { targetRefs: [{ ...gatewayRef, name: "x" }, gatewayRef] },
    gateway,
    "bound",
  ],
  [
    "the list counts, not the single field",
    "foo/p",
    { targetRef: gatewayRef, targetRefs: [{ ...gatewayRef, name: "x" }] },
    gateway,
    "other-target",
  ],
  [
    "targets decide, not the selector",
    "foo/p",
    { selector: app, targetRefs: [gatewayRef] },
    gateway,
    "bound",
  ],
  [
    "another Gateway",
    "foo/p",
    { targetRefs: [{ ...gatewayRef, name: "x" }] },
    gateway,
    "other-target",
  ],
  [
    "a Gateway of the core group",
    "foo/p",
    { targetRefs: [{ kind: "Gateway", name: "web" }] },
    gateway,
    "other-target",
  ],
  [
    "a Gateway in another namespace",
    "foo/p",
    { targetRefs: [{ ...gatewayRef, namespace: "bar" }] },
    gateway,
    "other-target",
  ],
  [
    "a Gateway named from the root namespace",
    "istio-system/p",
    { targetRefs: [gatewayRef] },
    gateway,
    "other-target",
  ],
  [
    "a Gateway API gateway by selector",
    "foo/p",
    { selector: { matchLabels: { app: "web" } } },
    gateway,
    "bound",
  ],
  ["a waypoint by namespace", "foo/p", {}, waypoint, "waypoint-without-target"],
  ["a waypoint by root namespace", "istio-system/p", {}, waypoint, "waypoint-without-target"],
  ["a waypoint by name", "foo/p", { targetRefs: [gatewayRef] }, waypoint, "bound"],
  ["a waypoint by class", "istio-system/p", { targetRefs: [classRef] }, waypoint, "bound"],
  [
    "a waypoint by class, outside the root namespace",
    "foo/p",
    { targetRefs: [classRef] },
    waypoint,
    "other-target",
  ],
  ["a gateway by class", "istio-system/p", { targetRefs: [classRef] }, gateway, "other-target"],
  ["a waypoint's Service", "foo/p", { targetRefs: [serviceRef] }, waypoint, "bound"],
  [
    "a waypoint's Service by its other group",
    "foo/p",
    { targetRefs: [{ ...serviceRef, group: "core" }] },
    waypoint,
    "bound",
  ],
  [
    "a waypoint's other Service",
    "foo/p",
    { targetRefs: [{ ...serviceRef, name: "x" }] },
    waypoint,
    "other-target",
  ],
  ["a Service at a gateway", "foo/p", { targetRefs: [serviceRef] }, gateway, "other-target"],
])("%s: %s %j at the proxy is %s", (_, id, spec, proxy, expected) => {
  expect(bound(id, spec, proxy)).toBe(expected);
});

test("a pod with the gateway's label is treated as a Gateway API gateway", () => {
  const proxy = { ...reviews, labels: { [gatewayName]: "web" } };
  expect(bound("foo/p", { targetRefs: [gatewayRef] }, proxy)).toBe("bound");
});

test("selectors of Gateway API gateways can be switched off", () => {
  const features = { ENABLE_SELECTOR_BASED_K8S_GATEWAY_POLICY: "false" };
  expect(bound("foo/p", {}, gateway, { features })).toBe("gateway-selector-off");
  expect(bound("foo/p", {}, reviews, { features })).toBe("bound");
});

test("another root namespace takes over", () => {
  const config = { rootNamespace: "mesh-root" };
  expect(bound("istio-system/p", { selector: app }, reviews, { config })).toBe("other-namespace");
  expect(bound("mesh-root/p", {}, reviews, { config })).toBe("bound");
});

test("a control plane with a revision leaves objects of other revisions alone", () => {
  const labels = { "istio.io/rev": "canary" };
  const policies = [ap("foo/p", {}, { labels })];
  const stable = meshOf({ policies, features: { REVISION: "stable" } });
  expect(boundAuthorizationPolicies(stable, reviews)).toMatchObject({
    bound: [],
    notes: [{ because: "other-revision" }],
  });
  expect(boundAuthorizationPolicies(meshOf({ policies }), reviews).bound).toHaveLength(1);
});

describe("RequestAuthentications", () => {
  test("come from the workload's namespace first, then from the root's, each by age and name", () => {
    const policies = [
      ra("istio-system/a", {}),
      ra("foo/c", {}),
      ra("foo/b", {}),
      ra("foo/old", {}, { createdAt: 1 }),
      ra("bar/x", {}),
    ];
    const { bound: names } = boundRequestAuthentications(meshOf({ policies }), reviews);
    expect(names.map(({ key }) => key.name)).toEqual(["old", "b", "c", "a"]);
  });
});
