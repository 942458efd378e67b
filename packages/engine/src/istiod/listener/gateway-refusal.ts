import type { FilterChain, Refusal } from "../../model/program.ts";
import type { ChainFilters } from "./sidecar-filters.ts";

/**
 * Why Envoy does not take a listener with these chains: something in the filters of one of them, or two chains for the same
 * connections. What ends the process ends all listeners.
 */
export function refusalOf(
  chains: readonly FilterChain[],
  { refusals = {} }: ChainFilters,
): Refusal | undefined {
  const { http, tcp } = refusals;
  const fatal = [http, tcp].find((refusal) => refusal?.effect === "process-dies");
  if (fatal) return fatal;
  if (http && chains.some(({ kind }) => kind === "http")) return http;
  if (tcp && chains.some(({ kind, filters }) => kind === "tcp" && filters.length > 0)) return tcp;
  return undefined;
}
