import type { FilterChain } from "../../model/program.ts";
import type { Stop } from "./follow.ts";

type Reached = Extract<Stop, { readonly kind: "proxy" }>;

/** What TLS clients offer that know nothing of the mesh. */
const offered: readonly (readonly string[])[] = [["h2", "http/1.1"], []];

/**
 * TLS that a gateway does not end, and nothing is put around: whoever gets it is asked by the client itself, over one of these connections. Undefined: it is
 * none. `of clusters`: that of a mesh, which another network's gateway passes on by the names of clusters.
 */
export function bareTls(
  { kind, tls, match }: FilterChain,
  stop: Reached,
): readonly Reached[] | "of clusters" | undefined {
  if (kind === "http" || tls || !match.serverNames) return undefined;
  if (match.serverNames.some((name) => name.startsWith("outbound_"))) return "of clusters";
  if (stop.connection.transport !== "plaintext") return undefined;
  return offered.map((alpn) => ({
    ...stop,
    connection: { ...stop.connection, transport: "tls", alpn },
    named: "by client",
  }));
}
