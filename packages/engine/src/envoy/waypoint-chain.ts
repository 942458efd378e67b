import { parseAddress } from "../match/address.ts";
import type { Facts } from "../model/fact.ts";
import type { FilterChain, Listener, Program } from "../model/program.ts";
import type { Connection, HttpRequest } from "../model/request.ts";
import { fetchedFault } from "./jwt-authn/fetched-keys.ts";
import { sniff } from "./sniff.ts";
import { handshake } from "./tls.ts";

/** What a program and a connection come to once it is known which chain inside the tunnel serves. */
export interface Addressed {
  readonly program: Program;
  readonly connection: Connection;
  readonly waits?: true; // for the first bytes of a silent client
}

/**
 * Leads a tunnelled connection to a waypoint to the chain of what it addresses: an address of a Service and one of its ports, or
 * an address of a pod. A tunnel whose handshake fails ends before. Any other program and connection stay as they are.
 * Follows istio/istio:pilot/pkg/networking/core/listener_waypoint.go `buildWaypointInternal`.
 */
export function addressedBy(
  program: Program,
  connection: Connection,
  http: HttpRequest | undefined,
  facts: Facts,
): Addressed {
  const [terminate, internal] = program.listeners;
  const [tunnel] = terminate?.chains ?? [];
  if (terminate?.name !== "connect_terminate" || connection.transport !== "hbone")
    return { program, connection };
  if (terminate === undefined || internal === undefined || tunnel === undefined)
    return { program, connection };
  if (internal.refused || fetchedFault(internal, facts))
    return { program: { ...program, listeners: [internal] }, connection };
  if (handshake(tunnel, connection).kind === "failed")
    return { program: only(program, terminate, tunnel), connection };
  const known = connection.destinationIp !== undefined || connection.service !== undefined;
  const destinationIp = known ? connection.destinationIp : askAddress(internal, connection, facts);
  const to: Connection =
    destinationIp === undefined ? connection : { ...connection, destinationIp };
  if (connection.silent && looks(program, internal, to))
    return { program, connection, waits: true };
  const chain = innerChain(internal, to, http);
  return {
    program: chain ? only(program, internal, chain) : withoutChain(program, internal),
    connection: to,
  };
}

/** The chain of the listener inside of a tunnel that serves what is called. */
export function innerChain(
  internal: Listener,
  connection: Connection,
  http: HttpRequest | undefined,
): FilterChain | undefined {
  return protocolChain(chainsAt(internal, connection), internal, http);
}

/** A sidecar looks for a protocol at ports where none is declared, a waypoint at every port. */
function looks({ proxy }: Program, { chains }: Listener, { destinationPort }: Connection): boolean {
  return (
    proxy.kind === "waypoint" || ofPort(chains, destinationPort).some(({ match }) => match.alpn)
  );
}

function ofPort(chains: readonly FilterChain[], port: number): readonly FilterChain[] {
  const own = chains.filter(({ match }) => match.port === port);
  return own.length > 0 ? own : chains.filter(({ match }) => match.port === undefined);
}

/** Chains of the first address that holds; of those the ones of the port, or else the ones of any. */
function chainsAt(
  { chains }: Listener,
  { destinationIp, destinationPort, service }: Connection,
): readonly FilterChain[] {
  const wanted = destinationIp === undefined ? undefined : parseAddress(destinationIp)?.value;
  const first = chains.find(({ match }) =>
    match.addresses?.some((address) => parseAddress(address)?.value === wanted),
  );
  const isElsewhere = first === undefined && wanted !== undefined && service === undefined;
  const reached = isElsewhere
    ? chains.filter(({ match }) => match.addresses === undefined)
    : chains.filter(({ match }) => match.service === (service ?? first?.match.service));
  return ofPort(reached, destinationPort);
}

function protocolChain(
  chains: readonly FilterChain[],
  { detects }: Listener,
  http: HttpRequest | undefined,
): FilterChain | undefined {
  const detecting = chains.find(({ match }) => match.alpn !== undefined);
  const protocol = http && sniff(http, detects);
  const isHttp = protocol !== undefined && detecting?.match.alpn?.includes(protocol);
  return detecting && isHttp ? detecting : chains.find(({ match }) => match.alpn === undefined);
}

/** One address of each Service with that port, and of each set of pods: whatever else is addressed is not served. */
function askAddress(
  { chains }: Listener,
  { destinationPort }: Connection,
  facts: Facts,
): string | undefined {
  const served = chains.filter(
    ({ match }) => match.port === undefined || match.port === destinationPort,
  );
  const candidates = [
    ...new Set(served.flatMap(({ match }) => match.addresses?.slice(0, 1) ?? [])),
  ];
  if (candidates.length < 2) return candidates[0];
  return facts.ask({ id: "destination.ip", candidates });
}

const made = new WeakMap<FilterChain, Program>();

/** The program with one chain only, which every tunnelled connection matches. Made once: what is known of a chain is kept by it. */
function only(program: Program, listener: Listener, chain: FilterChain): Program {
  const known = made.get(chain);
  if (known !== undefined) return known;
  const { refused: _refused, port: _port, ...rest } = listener;
  const reduced: Program = {
    ...program,
    listeners: [{ ...rest, chains: [{ ...chain, match: { transport: "hbone" } }] }],
  };
  made.set(chain, reduced);
  return reduced;
}

function withoutChain(program: Program, { name }: Listener): Program {
  return { ...program, listeners: [{ name, chains: [] }] };
}
