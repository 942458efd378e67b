import { chooseChain } from "../envoy/filter-chain.ts";
import type { AccessRequest } from "../model/access-request.ts";
import type { FilterChain, Listener } from "../model/program.ts";
import type { Inquiry } from "./inquiry.ts";
import type { Transport } from "./transport.ts";

/** The server name that a client sends: what is stated, or the host it asks for; where servers differ by it and nobody says, it is asked. */
export function serverNameFor(
  { chains }: Listener,
  { sni }: Pick<AccessRequest, "sni">,
  host: string | undefined,
  inquiry: Inquiry,
): string | undefined {
  if (sni !== undefined || !chains.some(({ match, tls }) => tls ?? match.serverNames)) return sni;
  const name = host?.replace(/:[0-9]*$/, "").toLowerCase();
  if (name !== undefined && !/^[0-9.]*$|^\[/.test(name)) return name;
  const names = chains.flatMap(({ match }) => match.serverNames ?? []).map(asName);
  const candidates = [...new Set(names)];
  const [only = "", ...more] = candidates;
  return more.length === 0 ? only : inquiry.ask({ id: "sni", candidates });
}

/** A name that a wildcard stands for; a server for any name needs none. */
function asName(name: string): string {
  if (name === "*") return "";
  return name.startsWith("*") ? `x${name.slice(1)}` : name;
}

/** The chain that a client means: with TLS if there is one for it, unless plaintext is stated. */
export function chainFor(
  listener: Listener,
  sni: string | undefined,
  stated: Transport | undefined,
): FilterChain | undefined {
  const hasTls = listener.chains.some(({ match, tls }) => tls ?? match.serverNames);
  const transport = stated ?? (hasTls ? "tls" : "plaintext");
  const connection = { transport, destinationPort: listener.port ?? 0, ...(sni ? { sni } : {}) };
  const choice = chooseChain(listener, connection, undefined);
  return choice.kind === "chain" ? choice.chain : undefined;
}
