import type { FilterChain, Refusal } from "../../model/program.ts";
import type { Server } from "./gateway-server.ts";
import type { ChainFilters } from "./sidecar-filters.ts";

/**
 * Why Envoy does not take a listener with these chains: something in the filters of one of them, or two chains for the same
 * connections. What ends the process ends all listeners.
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
  return servers.map(namesWithoutAuthority).find((refusal) => refusal !== undefined);
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
