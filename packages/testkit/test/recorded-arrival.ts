import type { FilterChain, Program } from "@meshproof/engine";
import type { Protocol } from "../../engine/src/analyse/api.ts";
import { lanesOf, ordinary } from "../../engine/src/analyse/space/lanes.ts";
import { insideOf } from "../../engine/src/analyse/space/tunnel.ts";
import { chainServing } from "../../engine/src/envoy/serve.ts";
import { programOf } from "../../engine/src/journey/programs.ts";
import { reached } from "../../engine/src/journey/serve.ts";
import type { RecordedRequest, Scenario } from "./recorded-scenarios.ts";

/** Where a recorded request arrives, as the analysis speaks of it. */
export interface Arrival {
  readonly protocol: Protocol;
  readonly chain?: FilterChain; // of an Envoy; absent: none takes it
  readonly door?: string; // of a gateway or a waypoint
}

export interface LeftOut {
  readonly leftOut: string;
}

/** The chain that takes a request, and whether it comes there as HTTP or as bytes of something else. */
export function arrivalOf(
  { mesh, proxy }: Scenario,
  program: Program,
  request: RecordedRequest,
): Arrival | LeftOut {
  const { connection, http } = request;
  if (connection.certificate?.untrusted) return { leftOut: "a certificate that nobody trusts" };
  if (proxy.kind === "ztunnel") return { protocol: "tcp" };
  const own = programOf(mesh, reached(proxy, connection));
  const chainOf: ChainOf = (sent, message) =>
    asTold(own, chainServing(own, sent, message, noFacts));
  const chain = chainOf(connection, http);
  if (proxy.kind !== "sidecar") return throughDoor(chain, http !== undefined);
  return atSidecar(program, request, chain, chainOf);
}

type ChainOf = (
  connection: RecordedRequest["connection"],
  http: RecordedRequest["http"],
) => FilterChain | undefined;

/** The kind of traffic by which clients of the mesh come to the same chain. */
function atSidecar(
  program: Program,
  { connection, http }: RecordedRequest,
  chain: FilterChain | undefined,
  chainOf: ChainOf,
): Arrival | LeftOut {
  const { transport } = connection;
  const why = notSpokenOf(program, connection, chain);
  if (why !== undefined) return { leftOut: why };
  for (const protocol of http ? (["http", "tcp"] as const) : (["tcp"] as const)) {
    const usual = protocol === "http" ? ordinary : undefined;
    const alpn = transport === "mtls" ? { alpn: offered[protocol] } : {};
    if (chainOf({ ...connection, ...alpn }, usual) === chain)
      return { protocol, ...(chain ? { chain } : {}) };
  }
  return { leftOut: "application protocols that no client of the mesh offers" };
}

/** Connections to a sidecar that the analysis does not speak of. */
function notSpokenOf(
  program: Program,
  { transport, destinationPort }: RecordedRequest["connection"],
  chain: FilterChain | undefined,
): string | undefined {
  if (transport === "tls" && chain?.tls?.clientCertificate !== "none")
    return "TLS without a certificate at a sidecar that does not end it";
  if (transport === "plaintext" && speaksTls(program, destinationPort))
    return "plaintext where a sidecar speaks TLS of its own";
  return transport === "hbone" && !insideOf(program)
    ? "HBONE to a sidecar that takes none"
    : undefined;
}

/** Whoever has no identity is taken to speak TLS at such a port. */
function speaksTls(program: Program, port: number): boolean {
  return lanesOf(program, "tcp").some((lane) => lane.transport === "tls" && lane.port === port);
}

const noFacts = { now: 0, ask: (): string => "" };

/** What clients of the mesh offer for HTTP, and for bytes. */
const offered = {
  http: ["istio-http/1.1", "istio", "http/1.1"],
  tcp: ["istio-peer-exchange", "istio"],
};

/** A waypoint's chain as it was told: the one that serves has lost what it is chosen by. */
function asTold(
  { listeners, proxy }: Program,
  chain: FilterChain | undefined,
): FilterChain | undefined {
  if (proxy.kind !== "waypoint") return chain;
  const all = listeners.flatMap(({ chains }) => chains);
  return all.find(({ name, filters }) => name === chain?.name && filters === chain.filters);
}

/** A gateway and a waypoint are asked at the server or the Service that is addressed. */
function throughDoor(chain: FilterChain | undefined, isHttp: boolean): Arrival | LeftOut {
  if (!chain) return { leftOut: "a gateway or waypoint that serves nothing there" };
  if (chain.kind === "http" && !isHttp) return { leftOut: "bytes where HTTP is served" };
  const { service, port } = chain.match;
  const inside = service ? `${service}:${port}` : "pods";
  return {
    protocol: chain.kind === "http" ? "http" : "tcp",
    chain,
    door: chain.match.service === undefined ? chain.name : inside,
  };
}
