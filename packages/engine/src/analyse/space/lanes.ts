import { looksAt } from "../../envoy/candidates.ts";
import { chooseChain } from "../../envoy/filter-chain.ts";
import { innerChain } from "../../envoy/waypoint-chain.ts";
import type { FilterChain, Listener, Program } from "../../model/program.ts";
import type { Connection, HttpRequest } from "../../model/request.ts";
import type { Protocol } from "../api.ts";
import { gatewayLanes, waypointLanes } from "./doors.ts";
import { insideOf } from "./tunnel.ts";

/** How a connection arrives: with an identity or without. */
export type Transport = Connection["transport"];

/** Connections that are treated alike: to one port or to every other one, over one transport. No chain: they are closed, as bytes are that a codec cannot read. */
export interface Lane {
  readonly port: number | "other" | "any";
  readonly transport: Transport;
  readonly chain?: FilterChain;
  readonly door?: string; // of a gateway or a waypoint: which server or Service is addressed
  readonly addresses?: readonly string[]; // that door is called by these; none: nobody knows
  readonly otherwise?: readonly string[]; // server names that come to other servers on the port
  readonly named?: boolean; // with a server name, or without: the other ones are another lane
  readonly proxied?: true; // a PROXY header states the client's address
  readonly tunnel?: true; // into a sidecar
}

const known = {
  http: new WeakMap<Program, readonly Lane[]>(),
  tcp: new WeakMap<Program, readonly Lane[]>(),
};

/** The lanes of a proxy, by what is sent over them; remembered. */
export function lanesOf(program: Program, protocol: Protocol): readonly Lane[] {
  const before = known[protocol].get(program);
  if (before) return before;
  const made = findLanes(program, protocol);
  known[protocol].set(program, made);
  return made;
}

function findLanes(program: Program, protocol: Protocol): readonly Lane[] {
  if (program.proxy.kind === "gateway") return gatewayLanes(program, protocol);
  if (program.proxy.kind === "waypoint") return waypointLanes(program, protocol);
  const { listeners } = program;
  const ports = portsOf(program);
  const inside = insideOf(program);
  const transports = transportsOf(program);
  return [...ports, "other" as const].flatMap((port) => {
    const number = port === "other" ? otherThan(ports) : port;
    const listener = listenerOf(listeners, number);
    const open = listener ? transports : [];
    const called = { port, number, protocol };
    return [
      ...open.flatMap((transport) => (listener ? lanesTo(listener, transport, called) : [])),
      ...(inside ? [tunnelLane(program, inside, called)] : []),
    ];
  });
}

function lanesTo(listener: Listener, transport: Transport, called: Called): readonly Lane[] {
  const { port, number, protocol } = called;
  const chain = chainFor(listener, number, transport, protocol);
  const lane: Lane = { port, transport, ...read(chain, transport, protocol) };
  if (transport !== "plaintext") return [lane];
  const tls = chainFor(listener, number, "tls", protocol);
  if (!chain && tls?.tls?.clientCertificate === "none")
    return [{ port, transport: "tls", ...read(tls, "tls", protocol) }];
  if (protocol === "http" || !chain || !tls || !isToldByName(chain, tls)) return [lane];
  return [
    { ...lane, named: false },
    { port, transport: "tls", chain: tls, named: true },
  ];
}

/** Bytes that are TLS of the application's own may come to a chain whose rules see their server name. */
function isToldByName(chain: FilterChain, other: FilterChain): boolean {
  if (chain === other || other.kind === "http" || other.tls) return false;
  return looksAt(other.filters, ({ kind }) => kind === "sni");
}

/** A codec cannot read bytes, nor TLS that ends behind it. */
function read(
  chain: FilterChain | undefined,
  transport: Transport,
  protocol: Protocol,
): Pick<Lane, "chain"> {
  if (!chain) return {};
  const isOpaque = transport === "mtls" && chain.tls === undefined;
  return chain.kind === "http" && (protocol === "tcp" || isOpaque) ? {} : { chain };
}

interface Called {
  readonly port: Lane["port"];
  readonly number: number;
  readonly protocol: Protocol;
}

function tunnelLane(
  { proxy: { addresses } }: Program,
  inside: Listener,
  { port, number, protocol }: Called,
): Lane {
  const [destinationIp] = addresses;
  const connection: Connection = {
    transport: "hbone",
    destinationPort: number,
    ...(destinationIp === undefined ? {} : { destinationIp }),
  };
  const chain = innerChain(inside, connection, protocol === "http" ? ordinary : undefined);
  return { port, transport: "hbone", tunnel: true, ...read(chain, "hbone", protocol) };
}

/** The ports that have chains of their own. Nothing comes to the one that a sidecar itself listens on. */
export function portsOf({ listeners }: Program): readonly number[] {
  const ports = new Set<number>();
  for (const { port, chains } of listeners) {
    if (port !== undefined) ports.add(port);
    for (const { match, kind } of chains)
      if (match.port !== undefined && kind !== "blackhole") ports.add(match.port);
  }
  return [...ports].sort((a, b) => a - b);
}

function transportsOf({ proxy }: Program): readonly Transport[] {
  switch (proxy.kind) {
    case "ztunnel":
      return ["plaintext", "hbone"];
    default:
      return ["plaintext", "mtls"];
  }
}

function otherThan(ports: readonly number[]): number {
  let port = 1024;
  while (ports.includes(port)) port += 1;
  return port;
}

function listenerOf(listeners: readonly Listener[], port: number): Listener | undefined {
  return (
    listeners.find((listener) => listener.port === port) ??
    listeners.find((listener) => listener.port === undefined)
  );
}

/** A request that any release takes for HTTP. */
export const ordinary: HttpRequest = {
  version: "1.1",
  method: "GET",
  target: "/",
  host: "x",
  headers: [],
};

const offered = {
  http: ["istio-http/1.1", "istio", "http/1.1"],
  tcp: ["istio-peer-exchange", "istio"],
} as const;

function chainFor(
  listener: Listener,
  destinationPort: number,
  transport: Transport,
  protocol: Protocol,
): FilterChain | undefined {
  const own = listener.chains.find(({ match }) => match.transport === transport);
  if (transport === "hbone") return own ?? listener.chains[0];
  const connection: Connection = {
    transport,
    destinationPort,
    ...(transport === "mtls" ? { alpn: offered[protocol], sni: "outbound" } : {}),
  };
  const choice = chooseChain(listener, connection, protocol === "http" ? ordinary : undefined);
  return choice.kind === "chain" ? choice.chain : undefined;
}
