import { looksAt } from "../../envoy/candidates.ts";
import { looksForTls } from "../../envoy/filter-chain.ts";
import type { FilterChain, Listener, Program } from "../../model/program.ts";
import type { Protocol } from "../api.ts";
import type { Lane, Transport } from "./lanes.ts";

/** The servers of a gateway: each may be addressed at its port, under one of its names. */
export function gatewayLanes({ listeners, proxy }: Program, protocol: Protocol): readonly Lane[] {
  return listeners.flatMap((listener) =>
    listener.chains
      .filter(({ kind }) => kind === protocol)
      .flatMap((chain) => {
        const { port, proxyProtocol } = listener;
        const shared = {
          port: typeof port === "number" ? port : ("any" as const),
          addresses: addressesOf(listener, proxy),
          ...(proxyProtocol ? ({ proxied: true } as const) : {}),
        };
        const lanes = transportsTo(chain).map((transport) => ({
          transport,
          chain,
          door: chain.name,
        }));
        const all: readonly Way[] = isBesideTls(listener, chain)
          ? besideTls(listener, chain)
          : lanes;
        return all.map((lane): Lane => ({ ...shared, ...lane }));
      }),
  );
}

/** A PROXY header may name any. */
function addressesOf(
  { address, proxyProtocol }: Listener,
  { addresses }: Program["proxy"],
): readonly string[] {
  if (proxyProtocol) return [];
  return address === undefined ? addresses : [address];
}

type Way = Omit<Lane, "port" | "proxied" | "addresses">;

/** A server for bytes on a port with one that takes TLS. */
function isBesideTls({ chains }: Listener, { kind, tls, match }: FilterChain): boolean {
  return kind !== "http" && !tls && !match.serverNames && looksForTls(chains);
}

/** TLS for no server that takes TLS comes to one for bytes on the same port, whose rules see its server name. */
function besideTls({ chains }: Listener, chain: FilterChain): readonly Way[] {
  const { match, filters, name: door } = chain;
  const otherwise = chains.flatMap(({ match: { serverNames = [] } }) => serverNames);
  if (!looksAt(filters, ({ kind: attribute }) => attribute === "sni"))
    return [{ transport: "plaintext", chain, door, otherwise }];
  const seen: FilterChain = { ...chain, match: { ...match, serverNames: ["*"] } };
  return [
    { transport: "plaintext", chain, door, named: false },
    { transport: "tls", chain: seen, door: `${door} over TLS`, otherwise },
  ];
}

/** TLS that does not end here, or that asks for no certificate, brings no identity. */
function transportsTo({ tls, match }: FilterChain): readonly Transport[] {
  if (!tls) return [match.serverNames ? "tls" : "plaintext"];
  if (tls.clientCertificate === "none") return ["tls"];
  return tls.clientCertificate === "required" ? ["mtls"] : ["tls", "mtls"];
}

/** The ports of the Services of a waypoint, and its pods, where they are addressed directly. */
export function waypointLanes({ listeners }: Program, protocol: Protocol): readonly Lane[] {
  const inner = listeners.filter(({ port }) => port === undefined);
  const chains = inner.flatMap((listener) => listener.chains);
  const doors = new Map<string, FilterChain[]>();
  for (const chain of chains) {
    const door = doorOf(chain);
    doors.set(door, [...(doors.get(door) ?? []), chain]);
  }
  return [...doors].flatMap(([door, of]): readonly Lane[] => {
    const chain = of.find(({ kind }) => kind === protocol);
    if (!chain) return [];
    const { port = "any", addresses = [] } = chain.match;
    return [{ port, transport: "hbone", chain, door, addresses }];
  });
}

/** Of a waypoint: pods are called themselves. */
export const podsDoor = "pods";

function doorOf({ match }: FilterChain): string {
  return match.service ? `${match.service}:${match.port}` : podsDoor;
}

/** All doors of some programs. */
export function doorsOf(lanes: readonly Lane[]): readonly string[] {
  return [...new Set(lanes.flatMap(({ door }) => door ?? []))];
}
