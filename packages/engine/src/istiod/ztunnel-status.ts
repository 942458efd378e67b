import type { Mesh } from "../model/mesh.ts";
import type { AuthorizationPolicy } from "../model/policy.ts";
import { notSent } from "./ztunnel-attachment.ts";
import { ztunnelRules } from "./ztunnel-rules.ts";

/** The condition `ZtunnelAccepted` that istiod writes into the status of an AuthorizationPolicy. */
export interface ZtunnelCondition {
  readonly type: "ZtunnelAccepted";
  readonly status: "True" | "False";
  readonly reason: "Accepted" | "UnsupportedValue";
  readonly message: string;
}

/**
 * What istiod says of a policy that stands alone, or undefined for one that is not meant for ztunnel. Accepted does not mean
 * attached; and of several refused ones in a cluster istiod writes only one (all share a key). `istio:pilot/pkg/serviceregistry/ambient/authorization.go`
 */
export function ztunnelStatus(
  mesh: Mesh,
  policy: AuthorizationPolicy,
): ZtunnelCondition | undefined {
  const unsent = notSent(mesh, policy);
  if (unsent && !unsent.refused) return undefined;
  if (unsent) return condition("False", "UnsupportedValue", refusal(unsent.because, policy));
  const { unsupported } = ztunnelRules(policy);
  if (unsupported.length === 0) return condition("True", "Accepted", "attached to ztunnel");
  const lost = policy.spec.action === "DENY" ? lostOfDeny : lostOfAllow;
  const found = `ztunnel does not support HTTP attributes (found: ${unsupported.join(", ")}).`;
  return condition(
    "True",
    "UnsupportedValue",
    `${found} ${remedy} ${lost} This will be more restrictive than requested.`,
  );
}

const remedy = "In ambient mode you must use a waypoint proxy to enforce HTTP rules.";
const lostOfDeny = "DENY policy with HTTP attributes is enforced without the HTTP rules.";
const lostOfAllow = "Within an ALLOW policy, rules matching HTTP attributes are omitted.";

function refusal(because: string, { key, spec }: AuthorizationPolicy): string {
  if (because !== "ztunnel-dry-run-off")
    return `ztunnel does not support the ${spec.action} action`;
  return `found policy "${key.namespace}/${key.name}" using dry-run annotation, but support for ambient dry-run authorizationPolicies isn't enabled`;
}

function condition(
  status: ZtunnelCondition["status"],
  reason: ZtunnelCondition["reason"],
  message: string,
): ZtunnelCondition {
  return { type: "ZtunnelAccepted", status, reason, message };
}
