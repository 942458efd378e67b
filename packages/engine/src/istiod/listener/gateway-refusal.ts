import type { FilterChain, Refusal } from "../../model/program.ts";
import { expressionRefusal } from "../route/expressions.ts";
import type { Server } from "./gateway-server.ts";
import { overlap, overlapping } from "./overlap.ts";
import type { ChainFilters } from "./sidecar-filters.ts";

/**
 * Why Envoy does not take a listener with these chains: something in the filters or routes of one of them, or two chains for the
 * same connections. What ends the process ends all listeners.
 */
export function refusalOf(
  chains: readonly FilterChain[],
  servers: readonly Server[],
  { refusals = {} }: ChainFilters,
): Refusal | undefined {
  const { http, tcp } = refusals;
  const fatal = [http, tcp].find((refusal) => refusal?.effect === "process-dies");
  if (fatal) return fatal;
  if (http && chains.some(({ kind }) => kind === "http")) return http;
  if (tcp && chains.some(({ kind, filters }) => kind === "tcp" && filters.length > 0)) return tcp;
  return (
    servers.map(namesWithoutAuthority).find((refusal) => refusal !== undefined) ??
    expressionRefusal(chains) ??
    overlapOf(chains, servers)
  );
}

/**
 * Two chains for the same connections, or one that names a host in two spellings: hosts that are told apart as text (`*` and `ns/*`,
 * `a.example` and `A.example`) and not by Envoy.
 */
function overlapOf(
  chains: readonly FilterChain[],
  servers: readonly Server[],
): Refusal | undefined {
  const chain = overlapping(chains);
  const server = chain && (servers.find((each) => isOf(chain.name, each)) ?? servers[0]);
  return server && { effect: "update-refused", cause: overlap, at: server.at };
}

function isOf(chain: string, { gateway, portName }: Server): boolean {
  return chain.startsWith(`${gateway} `) && chain.endsWith(portName === "" ? "" : ` ${portName}`);
}

/** SIMPLE asks nobody for a certificate, so there is no authority by which names could be checked. */
function namesWithoutAuthority({ at, tls }: Server): Refusal | undefined {
  if (tls?.mode !== "SIMPLE" || !tls.isCredential || tls.subjectAltNames.length === 0)
    return undefined;
  return {
    effect: "update-refused",
    cause: "SAN-based verification of peer certificates without trusted CA is insecure",
    at: { resource: at.resource, path: [...at.path, "tls", "subjectAltNames"] },
  };
}
