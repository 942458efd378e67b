import { numberOf, textOf } from "../../parse/decode.ts";
import type { Fields } from "../../parse/objects.ts";

/**
 * The listeners of a Gateway that istiod programs: one that is not distinct from an earlier one is left out, and takes no place itself.
 * Follows istio/istio:pilot/pkg/config/kube/gatewaycommon/listener_conflict.go ComputeGatewayListenerConflicts.
 */
export function withoutConflicts(listeners: readonly Fields[]): readonly Fields[] {
  const accepted: Fields[] = [];
  for (const listener of listeners)
    if (accepted.every((earlier) => areDistinct(listener, earlier))) accepted.push(listener);
  return accepted;
}

const ofBytes: ReadonlySet<string> = new Set(["TCP", "UDP"]);
const ofHosts: ReadonlySet<string> = new Set(["HTTP", "HTTPS", "TLS"]);

function areDistinct(one: Fields, other: Fields): boolean {
  if (numberOf(one["port"]) !== numberOf(other["port"])) return true;
  const protocols = [one, other].map(({ protocol }) => textOf(protocol) ?? "");
  if (protocols.every((each) => ofHosts.has(each))) return hostOf(one) !== hostOf(other);
  if (protocols.every((each) => ofHosts.has(each) || ofBytes.has(each))) return false;
  return protocols[0] !== protocols[1];
}

function hostOf({ hostname }: Fields): string {
  return textOf(hostname) || "*";
}
