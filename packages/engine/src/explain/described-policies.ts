import { boundAuthorizationPolicies, boundRequestAuthentications } from "../istiod/attach.ts";
import type { TargetService } from "../istiod/attach-rules.ts";
import { isDryRun } from "../istiod/authorization/dry-run.ts";
import { servedServices } from "../istiod/listener/waypoint-services.ts";
import { peerModes } from "../istiod/peer-authentication.ts";
import { type WaypointCondition, waypointStatus } from "../istiod/waypoint-status.ts";
import { type ZtunnelCondition, ztunnelStatus } from "../istiod/ztunnel-status.ts";
import { gatewayNameLabel } from "../kubernetes/gateway-class.ts";
import type { Mesh } from "../model/mesh.ts";
import { keyText, type ResourceKey } from "../model/place.ts";
import type { Action, AuthorizationPolicy } from "../model/policy.ts";
import type { Program, Proxy } from "../model/program.ts";

/** A policy that applies to a workload. */
export interface DescribedPolicy {
  readonly key: ResourceKey;
  readonly target?: TargetService; // of a waypoint: what it applies to; absent: all that goes through
  readonly action?: Action; // of an AuthorizationPolicy
  readonly dryRun?: true;
  readonly rules?: number;
}

/** A condition that istiod writes into a policy's status. */
export interface DescribedStatus {
  readonly key: ResourceKey;
  readonly condition: ZtunnelCondition | WaypointCondition;
}

const order: readonly Action[] = ["CUSTOM", "AUDIT", "DENY", "ALLOW"];

/** What applies to a proxy, in the order in which it is asked. */
export function policiesOf(mesh: Mesh, proxy: Proxy, program: Program): readonly DescribedPolicy[] {
  if (proxy.kind === "waypoint") return policiesAt(mesh, proxy);
  const authorization = inOrder(boundIn(mesh, proxy, program).map((each) => described(each)));
  if (proxy.kind === "ztunnel") return authorization;
  const requests = boundRequestAuthentications(mesh, proxy).bound;
  const peers = proxy.kind === "sidecar" ? peerModes(mesh, proxy).policies : [];
  return [...[...peers, ...requests].map(({ key }) => ({ key })), ...authorization];
}

function inOrder(policies: readonly DescribedPolicy[]): readonly DescribedPolicy[] {
  const place = ({ action = "ALLOW" }: DescribedPolicy): number => order.indexOf(action);
  return policies.toSorted((a, b) => place(a) - place(b));
}

function described(policy: AuthorizationPolicy, target?: TargetService): DescribedPolicy {
  const { key, spec } = policy;
  return {
    key,
    action: spec.action ?? "ALLOW",
    rules: spec.rules?.length ?? 0,
    ...(isDryRun(policy) ? { dryRun: true } : {}),
    ...(target === undefined ? {} : { target }),
  };
}

/** At a waypoint: what applies to all that goes through, and then what is about one of the Services behind it. */
function policiesAt(mesh: Mesh, proxy: Proxy): readonly DescribedPolicy[] {
  const waypoint = { namespace: proxy.namespace, name: proxy.labels[gatewayNameLabel] ?? "" };
  const targets = servedServices(mesh, waypoint).map(({ target }) => target);
  const told = [undefined, ...targets].flatMap((target) => [
    ...boundRequestAuthentications(mesh, proxy, target).bound.map(
      ({ key }): DescribedPolicy => ({ key, ...(target === undefined ? {} : { target }) }),
    ),
    ...inOrder(
      boundAuthorizationPolicies(mesh, proxy, target).bound.map((each) => described(each, target)),
    ),
  ]);
  const whole = new Set(
    told.filter(({ target }) => target === undefined).map(({ key }) => keyText(key)),
  );
  return told.filter(({ key, target }) => target === undefined || !whole.has(keyText(key)));
}

/** What the authors of policies with target references see in the cluster: of those that apply, and of those that are not accepted. */
export function targetStatuses(
  mesh: Mesh,
  policies: readonly DescribedPolicy[],
): readonly DescribedStatus[] {
  const bound = new Set(policies.map(({ key }) => keyText(key)));
  return mesh.authorizationPolicies.flatMap((policy) => {
    const condition = waypointStatus(mesh, policy);
    const told = condition?.reason !== "Accepted" || bound.has(keyText(policy.key));
    return condition === undefined || !told ? [] : [{ key: policy.key, condition }];
  });
}

/** ztunnel is told of some policies only: those that its program, or a note on it, names. */
function boundIn(mesh: Mesh, proxy: Proxy, program: Program): Mesh["authorizationPolicies"] {
  if (proxy.kind !== "ztunnel") return boundAuthorizationPolicies(mesh, proxy).bound;
  const names = new Set(
    program.listeners
      .flatMap(({ chains }) => chains.flatMap(({ filters }) => filters))
      .flatMap((filter) =>
        filter.kind === "rbac" ? [...(filter.rules ?? []), ...(filter.dryRun ?? [])] : [],
      )
      .map(({ policy }) => keyText(policy)),
  );
  return mesh.authorizationPolicies.filter(({ key }) => names.has(keyText(key)));
}

/** What a policy's author sees in the cluster; one that is taken as it stands but selects other workloads is left out. */
export function statusesOf(mesh: Mesh, proxy: Proxy, program: Program): readonly DescribedStatus[] {
  const bound = new Set(boundIn(mesh, proxy, program).map(({ key }) => keyText(key)));
  const told = new Set([...bound, ...program.notes.map(({ at }) => keyText(at.resource))]);
  return mesh.authorizationPolicies.flatMap((policy) => {
    const name = keyText(policy.key);
    const condition = told.has(name) ? ztunnelStatus(mesh, policy) : undefined;
    if (condition === undefined) return [];
    return bound.has(name) || condition.reason !== "Accepted" ? { key: policy.key, condition } : [];
  });
}
