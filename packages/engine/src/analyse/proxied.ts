import { looksAt } from "../envoy/candidates.ts";
import type { FilterChain, Program } from "../model/program.ts";
import type { Attribute } from "../model/rule.ts";

/** Why questions about a gateway behind a PROXY header have no answer: its rules see an address and a port that the header states (az:IP-8). */
export function unseenDestination({ listeners }: Program): string | undefined {
  const proxied = listeners.filter(({ proxyProtocol }) => proxyProtocol);
  return proxied.some(({ chains }) => chains.some(seesDestination))
    ? "which address and port a PROXY header states that rules see: they are not the gateway's own"
    : undefined;
}

function seesDestination({ filters, http }: FilterChain): boolean {
  const isWritten = http?.forwardedPort === true;
  return looksAt(filters, (attribute) => isDestination(attribute, isWritten));
}

function isDestination(attribute: Attribute, isWritten: boolean): boolean {
  if (attribute.kind === "header") return isWritten && attribute.name === "x-forwarded-port";
  return attribute.kind === "destination.ip" || attribute.kind === "destination.port";
}
