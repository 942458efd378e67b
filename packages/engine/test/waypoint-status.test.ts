import { expect, test } from "vitest";
import { waypointStatus } from "../src/istiod/waypoint-status.ts";
import type { AuthorizationPolicySpec } from "../src/model/policy.ts";
import { handMesh, handNamespace, handObject, handPolicy, handService } from "./mesh.ts";

const gateway = (reference: string, className: string) => ({
  ...handObject(reference, { gatewayClassName: className }),
  apiVersion: "gateway.networking.k8s.io/v1",
});
const parts = handMesh({
  namespaces: [
    handNamespace("shop", { "istio.io/use-waypoint": "waypoint" }),
    handNamespace("b", {}),
  ],
  services: [handService("shop/orders", [{}]), handService("b/orders", [{}])],
  others: [
    gateway("Gateway/shop/waypoint", "istio-waypoint"),
    handObject("GatewayClass//plain", { controllerName: "istio.io/gateway-controller" }),
  ],
});
const mesh = { ...parts, inventory: { ...parts.inventory, complete: true as const } };
const service = (name: string) => ({ kind: "Service", group: "", name });
const waypoint = (name: string) => ({ kind: "Gateway", group: "gateway.networking.k8s.io", name });
const gatewayClass = (name: string) => ({ ...waypoint(name), kind: "GatewayClass" });

test.each<[string, string, NonNullable<AuthorizationPolicySpec["targetRefs"]>, string]>([
  [
    "a Service behind a waypoint",
    "shop/p",
    [service("orders")],
    "True Accepted: bound to shop/waypoint",
  ],
  [
    "a Service behind none",
    "b/p",
    [service("orders")],
    "False AncestorNotBound: Service b/orders is not bound to a waypoint",
  ],
  [
    "no such Service",
    "shop/p",
    [service("x")],
    "False TargetNotFound: Service shop/x was not found",
  ],
  ["a Gateway", "shop/p", [waypoint("waypoint")], "True Accepted: bound to shop/waypoint"],
  ["no such Gateway", "b/p", [waypoint("waypoint")], "False TargetNotFound: not bound"],
  [
    "the class, in the root namespace",
    "istio-system/p",
    [gatewayClass("istio-waypoint")],
    "True Accepted: bound to istio-waypoint",
  ],
  [
    "the class, elsewhere",
    "shop/p",
    [gatewayClass("istio-waypoint")],
    "False Invalid: AuthorizationPolicy must be in the root namespace `istio-system` when referencing a GatewayClass",
  ],
  [
    "another class",
    "istio-system/p",
    [gatewayClass("plain")],
    "False Invalid: GatewayClass must use controller name `istio.io/mesh-controller` for waypoints",
  ],
  [
    "one of two",
    "shop/p",
    [service("orders"), service("x")],
    "True PartiallyInvalid: Invalid targetRefs: Service.core:shop/x",
  ],
  ["two", "shop/p", [service("orders"), waypoint("waypoint")], "True Accepted: "],
  [
    "none of two",
    "shop/p",
    [service("x"), waypoint("y")],
    "False Invalid: Invalid targetRefs: Service.core:shop/x, Gateway.gateway.networking.k8s.io:shop/y",
  ],
])("%s", (_, policy, targetRefs, expected) => {
  const told = waypointStatus(mesh, handPolicy(policy, { targetRefs }));
  expect(`${told?.status} ${told?.reason}: ${told?.message}`).toBe(expected);
});

test("of what was not loaded nothing is said, unless nothing else exists", () => {
  const policy = handPolicy("shop/p", { targetRefs: [service("x")] });
  expect(waypointStatus(handMesh(), policy)).toBeUndefined();
  expect(waypointStatus(mesh, handPolicy("shop/p", {}))).toBeUndefined();
});
