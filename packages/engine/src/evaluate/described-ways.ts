import { boundAuthorizationPolicies } from "../istiod/attach.ts";
import { rootNamespace } from "../istiod/attach-rules.ts";
import { isDryRun } from "../istiod/authorization/dry-run.ts";
import { authorizationFilters } from "../istiod/authorization/filters.ts";
import { actionOf } from "../istiod/authorization/policies.ts";
import { isProblem } from "../journey/problem.ts";
import { parseTarget } from "../journey/target.ts";
import type { AccessRequest, Destination, EvaluateOptions } from "../model/access-request.ts";
import type { Mesh } from "../model/mesh.ts";
import type { AuthorizationPolicy } from "../model/policy.ts";
import type { Filter, Proxy } from "../model/program.ts";
import { type Way, wayOf } from "./lane.ts";

/**
 * The ways of accounts to workloads that requests describe: `ns/shop,app=orders:8080`. Where nothing but policies was loaded, such
 * workloads differ in the policies that bind to them and in nothing else, if no label means something to Istio. So the way to one of
 * them is that to all with the same port, but for the rules; and if all that binds to one of them alone are AuthorizationPolicies for
 * DENY and ALLOW that Envoy takes, rules are all they change. Any other way is gone.
 */
export function describedWays(
  mesh: Mesh,
  options: EvaluateOptions,
): (asked: AccessRequest, to: string, peer: string) => Way | undefined {
  const alike = isOfRulesAlone(mesh) && options.facts === undefined;
  const ways = new Map<string, Way>(); // of requests that say the same but for the workload
  return (asked, to, peer) => {
    const destination = alike ? ordinary(mesh, to) : undefined;
    if (destination === undefined) return wayOf(mesh, asked, options);
    const key = likeOf(asked, destination.port);
    const before = ways.get(key);
    const filters = before && filtersOf(mesh, before.proxy, destination);
    if (filters)
      return { ...before, caller: before.caller.peer === undefined ? {} : { peer }, filters };
    const way = wayOf(mesh, asked, options);
    const isPeer = way?.caller.peer === undefined || way.caller.peer === peer;
    if (way && isPeer) ways.set(key, way);
    return way;
  };
}

/** What requests of accounts say beside account and workload: a host as others, which routes none of them, is any host. */
function likeOf({ from = "", http, ...asked }: AccessRequest, port: number): string {
  const parts = typeof http === "object" ? http : {};
  const host = parts.host === undefined || isPlainHost(parts.host) ? {} : { host: parts.host };
  const stated = parts.host !== undefined;
  return JSON.stringify({
    ...asked,
    ...{ from: formOf(from), to: port, http: { ...parts, host: undefined, ...host, stated } },
  });
}

/** How a caller is written, whichever account it is: the evaluation follows another way for each. */
export function formOf(from: string): string {
  return from.slice(0, from.indexOf("/"));
}

function isPlainHost(host: string): boolean {
  return /^[A-Za-z0-9.-]+(?::[0-9]{1,5})?$/.test(host);
}

/** A workload that is described, with labels that mean nothing to Istio, in a namespace as others are. */
function ordinary(mesh: Mesh, to: string): Destination | undefined {
  const target = parseTarget(mesh, to, { caller: { kind: "none" } });
  if (isProblem(target) || target.kind !== "described") return undefined;
  const { namespace, labels = {} } = target.destination;
  const isOrdinary = namespace !== rootNamespace(mesh) && Object.keys(labels).every(isPlainLabel);
  return isOrdinary ? target.destination : undefined;
}

/** Whether AuthorizationPolicies are all that binds to one workload and not to another. */
function isOfRulesAlone(mesh: Mesh): boolean {
  const { inventory, requestAuthentications, peerAuthentications, config } = mesh;
  const { namespaces, workloads, services, others } = inventory;
  const objects = namespaces.length + workloads.length + services.length + others.length;
  return (
    objects + requestAuthentications.length + (config.discoverySelectors ?? []).length === 0 &&
    peerAuthentications.every(
      ({ key, spec }) => key.namespace === rootNamespace(mesh) && spec.selector === undefined,
    )
  );
}

/** Labels that mean something to Istio or Kubernetes have a prefix: `sidecar.istio.io/inject`. */
function isPlainLabel(label: string): boolean {
  return /^[a-z0-9_-]+$/i.test(label);
}

/** What a sidecar with other labels is told for HTTP. Undefined: more than rules. */
function filtersOf(
  mesh: Mesh,
  proxy: Proxy,
  { namespace, labels = {} }: Destination,
): readonly Filter[] | undefined {
  const { bound } = boundAuthorizationPolicies(mesh, { ...proxy, namespace, labels });
  if (!bound.every(isOfRules)) return undefined;
  const use = { chain: "http", peer: "certificate" } as const;
  const { local } = authorizationFilters(bound, use, mesh);
  return local.refused === undefined ? local.filters : undefined;
}

/** What is tried, audited or asked of an authorizer is more. */
function isOfRules(policy: AuthorizationPolicy): boolean {
  const action = actionOf(policy);
  return !isDryRun(policy) && (action === "ALLOW" || action === "DENY");
}
