import { looksAt } from "../envoy/candidates.ts";
import type { FilterChain, Program } from "../model/program.ts";
import type { Attribute } from "../model/rule.ts";
import type { Requests, Undecided } from "./api.ts";

const unseen =
  "which address and port a PROXY header states that rules see: they are not the gateway's own";

/** Why questions about a gateway behind a PROXY header have no answer: its rules see an address and a port that the header states (az:IP-8). */
export function unseenDestination({ listeners }: Program): string | undefined {
  const proxied = listeners.filter(({ proxyProtocol }) => proxyProtocol);
  return proxied.some(({ chains }) => chains.some(seesDestination)) ? unseen : undefined;
}

/** The same, where no rule does, but the question itself. */
export function unseenAsked(
  programs: readonly Program[],
  spoken: readonly Requests[],
): readonly Undecided[] {
  const isProxied = programs.some(({ listeners }) => listeners.some((each) => each.proxyProtocol));
  return isProxied && spoken.some(speaksOfDestination)
    ? [{ because: "not-modelled", text: unseen }]
    : [];
}

function speaksOfDestination({ to, when, not, anyOf }: Requests): boolean {
  return (
    (to ?? []).some((each) => each?.operation?.ports ?? each?.operation?.notPorts) ||
    (when ?? []).some((condition) => /^destination\.(?:ip|port)$/.test(condition?.key ?? "")) ||
    (not !== undefined && speaksOfDestination(not)) ||
    (anyOf ?? []).some(speaksOfDestination)
  );
}

function seesDestination({ filters, http }: FilterChain): boolean {
  const isWritten = http?.forwardedPort === true;
  return looksAt(filters, (attribute) => isDestination(attribute, isWritten));
}

function isDestination(attribute: Attribute, isWritten: boolean): boolean {
  if (attribute.kind === "header") return isWritten && attribute.name === "x-forwarded-port";
  return attribute.kind === "destination.ip" || attribute.kind === "destination.port";
}
