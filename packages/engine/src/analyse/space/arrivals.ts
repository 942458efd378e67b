import type { FilterChain, Program } from "../../model/program.ts";
import type { Protocol } from "../api.ts";
import { chosen, matching, onPort } from "./atoms.ts";
import { chainKeyAmong } from "./chain-key.ts";
import { always, and, type Formula, not, or } from "./formula.ts";
import { type Lane, lanesOf, portsOf } from "./lanes.ts";
import { certified, takesStrangers } from "./strangers.ts";
import { insideOf, inTunnel } from "./tunnel.ts";

/** A chain and what it gets; no chain: it is closed. */
export interface Arrival {
  readonly chain: FilterChain | undefined;
  readonly here: Formula; // what the chain gets
  readonly hbone: boolean; // inside of a tunnel nobody knows the address of the client
  readonly proxied: boolean;
  readonly opaque: boolean; // it is TLS that the proxy does not terminate: nobody knows the peer
  readonly unasked?: true; // nor where TLS of its own asks callers with an identity for no certificate
}

function isOpaque({ transport, chain }: Lane): boolean {
  return transport === "mtls" && chain?.tls === undefined;
}

/** TLS of a sidecar's own that is not mutual: it has an identity, and nobody asks for it. */
function isUnasked({ transport, chain }: Lane): boolean {
  return transport === "mtls" && chain?.tls?.clientCertificate === "none";
}

/** What is sent. `tunnels`: tunnels lead into the sidecar that it is compared with. */
export interface Sent {
  readonly protocol: Protocol;
  readonly tunnels?: true;
}

/** The chains of a proxy, equal ones once. */
export function arrivals(program: Program, { protocol, tunnels }: Sent): readonly Arrival[] {
  const isLed = insideOf(program) !== undefined;
  const isCompared = tunnels === true && program.proxy.kind === "sidecar";
  const all = chainArrivals(program, protocol);
  if (isLed || !isCompared) return all;
  const direct = all.map((each) => ({ ...each, here: and(not(inTunnel), each.here) }));
  return [...direct, { ...closed, here: inTunnel }];
}

/** Nobody is there who would take a tunnel. */
const closed = { chain: undefined, hbone: true, proxied: false, opaque: false } as const;

const known = {
  http: new WeakMap<Program, readonly Arrival[]>(),
  tcp: new WeakMap<Program, readonly Arrival[]>(),
};

/** Remembered, so that whoever asks again gets the same formulas. */
function chainArrivals(program: Program, protocol: Protocol): readonly Arrival[] {
  const before = known[protocol].get(program);
  if (before) return before;
  const made = findArrivals(program, protocol);
  known[protocol].set(program, made);
  return made;
}

function findArrivals(program: Program, protocol: Protocol): readonly Arrival[] {
  const isLed = insideOf(program) !== undefined;
  const groups = new Map<string, Lane[]>();
  const all = lanesOf(program, protocol);
  const chainKey = chainKeyAmong(all.map(({ chain }) => chain));
  for (const lane of all) {
    const { proxied, tunnel, named } = lane;
    const key = `${isOpaque(lane)} ${proxied} ${tunnel} ${named} ${chainKey(lane.chain)}`;
    const group = groups.get(key) ?? [];
    group.push(lane);
    groups.set(key, group);
  }
  const ports = portsOf(program);
  return [...groups.values()].map((lanes) => {
    const [first] = lanes;
    const opaque = first !== undefined && isOpaque(first);
    const tunnel = first?.tunnel === true;
    const way = tunnel ? inTunnel : isLed ? not(inTunnel) : always;
    const here = withName(first, arrival(lanes, ports, takesStrangers(program)));
    return {
      chain: first?.chain,
      here: way === always ? here : and(way, here),
      opaque,
      proxied: first?.proxied === true,
      ...(lanes.some(isUnasked) ? { unasked: true } : {}),
      hbone: tunnel || (first?.transport === "hbone" && first.door !== undefined),
    };
  });
}

/** That a caller has no identity. */
export const noPeer: Formula = { kind: "absent", attribute: "peer" };
const nameless = matching("sni", "sni", { kind: "exact", text: "" });

/** Bytes with a server name, or without, where rules see that. */
function withName(lane: Lane | undefined, here: Formula): Formula {
  if (lane?.named === undefined || lane.door !== undefined) return here;
  return and(lane.named ? not(nameless) : nameless, here);
}

/** That a connection arrives on one of these lanes. */
function arrival(lanes: readonly Lane[], ports: readonly number[], strangers: boolean): Formula {
  if (lanes.some(({ door }) => door !== undefined))
    return or(...lanes.map((lane) => throughDoor(lane, strangers)));
  const portsWith = (certified: boolean): readonly Lane["port"][] =>
    lanes.filter(({ transport }) => isCertified(transport) === certified).map(({ port }) => port);
  const withPeer = portsWith(true);
  const without = portsWith(false);
  if (withPeer.join() === without.join()) return onPorts(withPeer, ports);
  return or(and(not(noPeer), onPorts(withPeer, ports)), and(noPeer, onPorts(without, ports)));
}

function throughDoor(
  { door = "", port, transport, chain, otherwise = [] }: Lane,
  strangers: boolean,
): Formula {
  const peer = strangers && chain ? certified(chain) : not(noPeer);
  const names = chain?.match.serverNames;
  return and(
    chosen("door", door),
    typeof port === "number" ? onPort(port) : always,
    isCertified(transport) ? peer : noPeer,
    names && !names.includes("*") ? or(...names.map(isNamed)) : always,
    otherwise.length > 0 && transport === "tls" ? not(or(...otherwise.map(isNamed))) : always,
  );
}

/** That the server name is one of a server's: a name or a wildcard. */
export function isNamed(name: string): Formula {
  return name.startsWith("*.")
    ? matching("sni", "sni", { kind: "suffix", text: name.slice(1) })
    : matching("sni", "sni", { kind: "exact", text: name });
}

/** That a connection arrives on one of these ports, of all that have chains of their own. */
export function onPorts(some: readonly Lane["port"][], all: readonly number[]): Formula {
  if (some.length === all.length + 1) return always;
  return or(...some.map((port) => (typeof port === "number" ? onPort(port) : not(anyOf(all)))));
}

function anyOf(ports: readonly number[]): Formula {
  return or(...ports.map(onPort));
}

/** Whether a transport brings an identity. */
export function isCertified(transport: Lane["transport"]): boolean {
  return transport === "mtls" || transport === "hbone";
}

/** A certificate of one of the trust domains. */
export function handshakeFormula({ tls, match }: FilterChain): Formula {
  const domains = tls?.trustDomains;
  if (!tls || !domains || match.transport === "raw_buffer") return always;
  return or(
    noPeer,
    ...domains.map((domain) =>
      matching("peer", "trustDomains", { kind: "prefix", text: `spiffe://${domain}/` }),
    ),
  );
}

/** What arrives anywhere at all: at a gateway or a waypoint nobody gets past its doors. */
export function somewhere(program: Program, look: Sent): Formula {
  const all = arrivals(program, look);
  return all.length > 0 && program.proxy.kind !== "gateway" && program.proxy.kind !== "waypoint"
    ? always
    : or(...all.map(({ here }) => here));
}

/** Where the address of the client is read, if all chains agree. */
export function remoteOf(program: Program, look: Sent): "source.ip" | "remote.ip" {
  const own = arrivals(program, look).some(
    ({ chain, proxied }) => chain !== undefined && isRemoteOwn(chain, proxied),
  );
  return own ? "remote.ip" : "source.ip";
}

/** Whether the address of the client may be another than that of the peer. */
export function isRemoteOwn({ http, kind }: FilterChain, proxied: boolean): boolean {
  if (proxied) return true;
  return kind === "http" && !(http?.remoteAddress === "peer" && http.trustedHops === 0);
}
