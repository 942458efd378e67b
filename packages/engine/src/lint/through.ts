import { isDryRun } from "../istiod/authorization/dry-run.ts";
import { spiffeId } from "../kubernetes/identity.ts";
import type { AccessRequest } from "../model/access-request.ts";
import type { Mesh } from "../model/mesh.ts";
import type { Rule } from "../model/rule.ts";
import type { Verdict } from "../model/verdict.ts";
import { admits } from "./admits.ts";
import { httpRules } from "./as-meant.ts";
import type { Evidence } from "./check.ts";
import { onlyValue } from "./only-value.ts";
import type { Point } from "./points.ts";
import { requestOf } from "./request-of.ts";
import type { Rewriting } from "./rewriting.ts";
import type { Sample } from "./sample.ts";
import type { Value } from "./values.ts";
import { allows, deniesBy, witnessed } from "./witness.ts";

/** The rule of a value that lets in or keeps out, with this value alone; undefined: it does neither. */
export function ruleOf(mesh: Mesh, value: Value): Rule | undefined {
  const { policy, action, negated } = value;
  if (negated || (action !== "ALLOW" && action !== "DENY") || isDryRun(policy)) return undefined;
  const rule = httpRules(mesh, policy).find(({ index }) => index === value.rule);
  return rule && onlyValue(rule, value);
}

/** Whether the proxy that sends on what comes by a route is one that the rule is about. */
export function isSentBy(mesh: Mesh, rule: Rule, { gateway }: Rewriting): boolean {
  if (gateway === undefined) return true;
  const { namespace, serviceAccount = "default" } = { ...gateway.workload.key, ...gateway.proxy };
  return admits(rule, spiffeId(mesh.config, namespace, serviceAccount || "default"));
}

/** A sample as whoever comes by the route sends it: at a gateway from outside. */
export function requestBy(
  mesh: Mesh,
  { gateway, way }: Rewriting,
  point: Point,
  { from, ...sample }: Sample,
): AccessRequest | undefined {
  if (gateway !== undefined) return requestOf(mesh, gateway, { ...sample, ...way });
  return requestOf(mesh, point, { ...sample, ...way, ...(from === undefined ? {} : { from }) });
}

/** A request that the policy of a value decides at a point in another way than it would without some circumstance. */
export function decidedOtherwise(
  mesh: Mesh,
  request: AccessRequest | undefined,
  { value, point, without, otherwise }: Otherwise,
): Evidence | undefined {
  if (request === undefined) return undefined;
  const [now, then] =
    value.action === "DENY" ? [allows, deniesBy("deny")] : [refusedAt(point), allows];
  return witnessed(mesh, [
    { request, wants: now },
    { request, wants: then, mesh: otherwise(), without },
  ]);
}

/** A mesh in which a request would be decided as the policy says. */
export interface Otherwise {
  readonly value: Value;
  readonly point: Point;
  readonly without: string;
  readonly otherwise: () => Mesh;
}

function refusedAt({ proxy }: Point): (verdict: Verdict) => boolean {
  return (verdict) =>
    deniesBy("allow")(verdict) &&
    verdict.branches.every(({ hops }) => hops.at(-1)?.point === proxy?.kind);
}
