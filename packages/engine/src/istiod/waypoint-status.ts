import { gatewayOf, waypointOf } from "../kubernetes/waypoint.ts";
import type { Mesh } from "../model/mesh.ts";
import type { AuthorizationPolicy, TargetRef } from "../model/policy.ts";
import { fieldsOf, listOf, textOf } from "../parse/decode.ts";
import { rootNamespace, targetRefsOf } from "./attach-rules.ts";

/** The condition `WaypointAccepted` that istiod writes into the status of an AuthorizationPolicy with target references. */
export interface WaypointCondition {
  readonly type: "WaypointAccepted";
  readonly status: "True" | "False";
  readonly reason:
    | "Accepted"
    | "Invalid"
    | "PartiallyInvalid"
    | "AncestorNotBound"
    | "TargetNotFound";
  readonly message: string;
}

type Binding = Pick<WaypointCondition, "reason" | "message"> & { readonly bound: boolean };

/**
 * What istiod says of a policy with target references (az:AN-1); undefined for one without, and where a target was not loaded and
 * may exist. Follows istio/istio:pilot/pkg/serviceregistry/ambient/policies.go and pilot/pkg/model/service.go `flattenConditions`.
 */
export function waypointStatus(
  mesh: Mesh,
  policy: AuthorizationPolicy,
): WaypointCondition | undefined {
  const { refs } = targetRefsOf(policy);
  const bindings = refs.map((ref) => bindingOf(mesh, policy, ref));
  const known = bindings.filter((binding) => binding !== undefined);
  const [first, second] = known;
  if (first === undefined || known.length < refs.length) return undefined;
  if (second === undefined) return condition(first.bound, first.reason, first.message);
  const unbound = refs.filter((_, index) => bindings[index]?.bound !== true);
  const bound = unbound.length < refs.length;
  const told = unbound.map((ref) => ancestor(ref, policy)).join(", ");
  const message = unbound.length === 0 ? "" : `Invalid targetRefs: ${told}`;
  const reason = unbound.length === 0 ? "Accepted" : "PartiallyInvalid";
  return condition(bound, bound ? reason : "Invalid", message);
}

function condition(
  bound: boolean,
  reason: WaypointCondition["reason"],
  message: string,
): WaypointCondition {
  return { type: "WaypointAccepted", status: bound ? "True" : "False", reason, message };
}

function ancestor({ kind, group, name }: TargetRef, { key }: AuthorizationPolicy): string {
  return `${kind}.${group === undefined || group === "" ? "core" : group}:${key.namespace}/${name}`;
}

/** Whether one reference leads to a waypoint. Undefined: what it names was not loaded. */
function bindingOf(mesh: Mesh, policy: AuthorizationPolicy, ref: TargetRef): Binding | undefined {
  switch (ref.kind) {
    case "GatewayClass":
      return ofClass(mesh, policy, ref);
    case "Gateway":
      return ofGateway(mesh, policy, ref);
    case "Service":
    case "ServiceEntry":
      return ofService(mesh, policy, ref);
    default:
      return { bound: false, reason: "Invalid", message: "not bound" };
  }
}

const controller = "istio.io/mesh-controller";

function ofClass(
  mesh: Mesh,
  { key }: AuthorizationPolicy,
  { name }: TargetRef,
): Binding | undefined {
  const root = rootNamespace(mesh);
  if (key.namespace !== root) {
    const message = `AuthorizationPolicy must be in the root namespace \`${root}\` when referencing a GatewayClass`;
    return { bound: false, reason: "Invalid", message };
  }
  if (name === "istio-waypoint") return bound(name); // istiod makes it
  const found = mesh.inventory.others.find(
    (other) => other.key.kind === "GatewayClass" && other.key.name === name,
  );
  if (found === undefined) return missing(mesh, "not bound");
  if (textOf(fieldsOf(found.body["spec"])["controllerName"]) === controller) return bound(name);
  const message = `GatewayClass must use controller name \`${controller}\` for waypoints`;
  return { bound: false, reason: "Invalid", message };
}

function ofGateway(
  mesh: Mesh,
  { key }: AuthorizationPolicy,
  { name }: TargetRef,
): Binding | undefined {
  const gateway = gatewayOf(mesh.inventory, { namespace: key.namespace, name });
  if (gateway === undefined) return missing(mesh, "not bound");
  const { status } = gateway.body; // any Gateway with an address counts, an ingress too
  const isReady = status === undefined || listOf(fieldsOf(status)["addresses"]).length > 0;
  return isReady
    ? bound(`${key.namespace}/${name}`)
    : { bound: false, reason: "TargetNotFound", message: "not bound" };
}

function ofService(
  mesh: Mesh,
  { key }: AuthorizationPolicy,
  { kind, name }: TargetRef,
): Binding | undefined {
  const { inventory } = mesh;
  const text = `${key.namespace}/${name}`;
  const all = kind === "Service" ? inventory.services : inventory.others;
  const found = all.find(
    (each) =>
      each.key.kind === kind && each.key.namespace === key.namespace && each.key.name === name,
  );
  if (found === undefined) return missing(mesh, `${kind} ${text} was not found`);
  const waypoint = waypointOf(inventory, found, "service");
  return waypoint === undefined
    ? {
        bound: false,
        reason: "AncestorNotBound",
        message: `${kind} ${text} is not bound to a waypoint`,
      }
    : bound(`${waypoint.namespace}/${waypoint.name}`);
}

function bound(to: string): Binding {
  return { bound: true, reason: "Accepted", message: `bound to ${to}` };
}

function missing({ inventory }: Mesh, message: string): Binding | undefined {
  return inventory.complete ? { bound: false, reason: "TargetNotFound", message } : undefined;
}
