import { dataPlaneOf } from "../../kubernetes/data-plane.ts";
import type { ExplainedCondition } from "../explanation.ts";
import { identityParts } from "../written.ts";
import { type Detector, failingAt, firstFound, type Scene, unmatchedAt } from "./scene.ts";

const kinds = ["peer", "peer.namespace", "peer.account"] as const;

/** A plaintext caller shows no identity. */
export const identityNeedsMtls: Detector = (scene) => {
  const condition = unmatchedAt(scene, ...kinds).find(({ actual }) => actual.length === 0);
  if (condition === undefined) return undefined;
  const { at, field } = condition;
  const id = "identity-rules-need-mutual-tls";
  if (scene.decision === "allow") {
    const text = `The DENY rule asks for ${field}, and a caller without mutual TLS shows no identity: the rule does not see it. Only PeerAuthentication STRICT keeps such callers out.`;
    return { id, text, at };
  }
  const text = `The caller comes without mutual TLS and shows no identity, so ${field} can never match.`;
  return { id, text, at };
};

/** Principals are written without their scheme. */
export const principalWithScheme: Detector = (scene) => {
  const found = firstFound(unmatchedAt(scene, "peer"), ({ expected }) =>
    expected.find((text) => text.startsWith("spiffe://")),
  );
  if (found === undefined) return undefined;
  const text = `A principal is written without spiffe://: Istio puts it in front, so ${found.found} never matches.`;
  return { id: "principals-are-written-without-spiffe", text, at: found.condition.at };
};

/** The same account in another trust domain. */
export const otherTrustDomain: Detector = (scene) => {
  const found = firstFound(unmatchedAt(scene, "peer"), sameAccount);
  if (found === undefined) return undefined;
  const { domain, seen } = found.found;
  const text = `The namespace and the service account match, and the trust domain does not: the caller is of ${seen}, the policy says ${domain}. trustDomainAliases of the mesh config make them the same.`;
  return { id: "a-principal-names-its-trust-domain", text, at: found.condition.at };
};

function sameAccount({
  expected,
  actual,
}: ExplainedCondition): { readonly domain: string; readonly seen: string } | undefined {
  for (const value of actual) {
    const seen = identityParts(value);
    const written = expected
      .flatMap((text) => identityParts(text) ?? [])
      .find((one) => one.namespace === seen?.namespace && one.account === seen.account);
    if (seen !== undefined && written !== undefined)
      return { domain: written.domain, seen: seen.domain };
  }
  return undefined;
}

/** Behind a gateway or a waypoint, the peer is the gateway or the waypoint. */
export const gatewayIdentity: Detector = (scene) => {
  const found = firstFound(failingAt(scene, ...kinds), ({ actual }) =>
    actual.find((identity) => isGateway(identity, scene)),
  );
  if (found === undefined) return undefined;
  const text = `The peer is ${found.found}: behind a gateway or a waypoint the workload sees its identity, not that of the client behind it. Test who the client is at the gateway, or by its token.`;
  return { id: "behind-a-gateway-the-peer-is-the-gateway", text, at: found.condition.at };
};

function isGateway(text: string, { mesh }: Scene): boolean {
  const identity = identityParts(text);
  if (identity === undefined) return false;
  const { namespace, account } = identity;
  const planes = mesh.inventory.workloads
    .filter(
      (each) => each.key.namespace === namespace && (each.serviceAccount || "default") === account,
    )
    .map((workload) => dataPlaneOf(mesh.inventory, workload)?.plane);
  if (planes.some((plane) => plane !== undefined))
    return planes.some((plane) => plane === "gateway" || plane === "waypoint");
  return /gateway|waypoint/.test(account);
}
