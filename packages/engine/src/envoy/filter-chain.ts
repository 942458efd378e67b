import { lowerAscii } from "../match/bytes.ts";
import type { FilterChain, Listener } from "../model/program.ts";
import type { Connection, HttpRequest } from "../model/request.ts";
import { sniff } from "./sniff.ts";

/** Which chain serves a connection; none: Envoy closes it at once; waiting: it wants bytes first, and a silent client sends none. */
export type ChainChoice =
  | { readonly kind: "chain"; readonly chain: FilterChain; readonly looked: boolean } // for TLS, and its server name
  | { readonly kind: "none" }
  | { readonly kind: "waiting" };

/** What Envoy matches chains by, once the listener filters have looked at the first bytes. */
interface Seen {
  readonly serverName: string;
  readonly transport: "tls" | "raw_buffer" | "hbone";
  readonly protocols: readonly string[]; // in the client's order
}

/**
 * The chain of a connection: by port, server name, transport and application protocol, each time the most specific, without
 * going back (an:PA-31 to PA-36). Follows envoyproxy/envoy:source/common/listener_manager/filter_chain_manager_impl.cc.
 */
export function chooseChain(
  listener: Listener,
  connection: Connection,
  http: HttpRequest | undefined,
): ChainChoice {
  const candidates = ofPort(listener, connection.destinationPort);
  if (!listener.goesOn && waits(candidates, connection)) return { kind: "waiting" };
  const seen = look(candidates, listener, connection, http);
  const named = ofServerName(candidates, seen.serverName);
  const transported = ofTransport(named, seen.transport);
  const chain = ofProtocol(transported, seen.protocols);
  return chain ? { kind: "chain", chain, looked: looksForTls(candidates) } : { kind: "none" };
}

/** Chains that name the port shut out those that name none. */
function ofPort(listener: Listener, port: number): readonly FilterChain[] {
  const ports = portsOf(listener);
  return ports.get(port) ?? ports.get(undefined) ?? [];
}

const known = new WeakMap<Listener, ReadonlyMap<number | undefined, readonly FilterChain[]>>();

function portsOf(listener: Listener): ReadonlyMap<number | undefined, readonly FilterChain[]> {
  const found = known.get(listener);
  if (found) return found;
  const ports = new Map<number | undefined, readonly FilterChain[]>();
  for (const chain of listener.chains) {
    const { port } = chain.match;
    ports.set(port, [...(ports.get(port) ?? []), chain]);
  }
  known.set(listener, ports);
  return ports;
}

/** Whether the server name of TLS is looked at, whichever chain gets it then. */
export function looksForTls(chains: readonly FilterChain[]): boolean {
  return chains.some(
    ({ match, tls }) => match.transport === "tls" || match.serverNames !== undefined || tls,
  );
}

function looksForHttp(chains: readonly FilterChain[]): boolean {
  return chains.some(({ match }) => match.transport !== "tls" && match.alpn !== undefined);
}

/** The inspectors wait for a client that says nothing, without a limit unless the mesh config has one (an:PA-30). */
function waits(chains: readonly FilterChain[], { silent, transport }: Connection): boolean {
  return (
    silent === true && transport === "plaintext" && (looksForTls(chains) || looksForHttp(chains))
  );
}

/** TLS is only looked for on a port that has a chain for it; elsewhere its bytes are bytes (an:PA-29). */
function look(
  chains: readonly FilterChain[],
  { detects }: Listener,
  connection: Connection,
  http: HttpRequest | undefined,
): Seen {
  const { transport, sni = "", alpn = [] } = connection;
  if (transport === "hbone") return { serverName: "", transport, protocols: [] };
  if (transport !== "plaintext" && looksForTls(chains))
    return { serverName: lowerAscii(sni), transport: "tls", protocols: alpn };
  const sniffed =
    transport === "plaintext" && http && looksForHttp(chains) ? sniff(http, detects) : undefined;
  return { serverName: "", transport: "raw_buffer", protocols: sniffed ? [sniffed] : [] };
}

/** The exact name, then wildcards from the longest, then chains for any name and for none. */
function ofServerName(chains: readonly FilterChain[], name: string): readonly FilterChain[] {
  const serving = (wanted: string): readonly FilterChain[] =>
    chains.filter(({ match }) => match.serverNames?.includes(wanted));
  if (name !== "") {
    const exact = serving(name);
    if (exact.length > 0) return exact;
    const labels = name.split(".");
    for (let from = 1; from < labels.length; from += 1) {
      const wildcard = serving(`*.${labels.slice(from).join(".")}`);
      if (wildcard.length > 0) return wildcard;
    }
  }
  return chains.filter(({ match }) => match.serverNames?.includes("*") ?? true);
}

function ofTransport(
  chains: readonly FilterChain[],
  transport: Seen["transport"],
): readonly FilterChain[] {
  const exact = chains.filter(({ match }) => match.transport === transport);
  return exact.length > 0 ? exact : chains.filter(({ match }) => match.transport === undefined);
}

/** The first protocol of the client's that some chain names; otherwise a chain that names none. */
function ofProtocol(
  chains: readonly FilterChain[],
  protocols: readonly string[],
): FilterChain | undefined {
  for (const protocol of protocols) {
    const chain = chains.find(({ match }) => match.alpn?.includes(protocol));
    if (chain) return chain;
  }
  return chains.find(({ match }) => match.alpn === undefined);
}
