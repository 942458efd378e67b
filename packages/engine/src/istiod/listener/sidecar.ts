import type { Mesh } from "../../model/mesh.ts";
import type { Note } from "../../model/note.ts";
import type {
  FilterChain,
  HttpSettings,
  Listener,
  Proxy,
  ProxyPort,
  Refusal,
  ServerTls,
} from "../../model/program.ts";
import { present } from "../../parse/decode.ts";
import { flagOf } from "../../release/flags.ts";
import { behaves } from "../../release.ts";
import { trustDomainsOf } from "../authorization/trust-domain.ts";
import { modeOfPort, type PeerModes } from "../peer-authentication.ts";
import { millisecondsOf } from "../route/duration.ts";
import { sidecarHttpSettings } from "./http-settings.ts";
import { type MatchOption, matchOptions } from "./match-options.ts";
import { overlap, overlapping } from "./overlap.ts";
import type { ChainFilters } from "./sidecar-filters.ts";
import { type InboundPort, inboundPorts, portsBesidePassthrough } from "./sidecar-ingress.ts";

/** What goes into the chains of a sidecar. */
export interface SidecarParts {
  readonly mesh: Mesh;
  readonly proxy: Proxy;
  readonly modes: PeerModes;
  readonly filters: ChainFilters;
}

/** The listener and the names of its TCP chains, which notes may be about. */
export interface SidecarListener {
  readonly listener: Listener;
  readonly notes: readonly Note[];
}

const passthrough = { http: "virtualInbound-catchall-http", tcp: "virtualInbound" };

/**
 * The virtual inbound listener: chains for each port that is declared, and for any other one those of the passthrough.
 * Follows istio/istio:pilot/pkg/networking/core/listener_inbound.go (an:A.4).
 */
export function sidecarListener(parts: SidecarParts): SidecarListener {
  const { mesh, proxy, filters } = parts;
  const shared: SidecarShared = {
    ...parts,
    http: sidecarHttpSettings(mesh, proxy),
    tls: meshTls(mesh),
  };
  const chains = [blackhole(mesh), ...portChains(shared)];
  const listener: Listener = {
    name: "virtualInbound",
    ...detection(mesh),
    ...(hasLimit(mesh) ? { goesOn: true as const } : {}),
    chains,
    ...present({ refused: filters.refused ?? overlapOf(chains, parts.modes) }),
  };
  const tcp = new Set(chains.filter(({ kind }) => kind === "tcp").map(({ name }) => name));
  return { listener, notes: filters.tcpNotes.map((note) => ({ ...note, chains: [...tcp] })) };
}

/** What all chains of a sidecar share. */
export interface SidecarShared extends SidecarParts {
  readonly http: HttpSettings;
  readonly tls: ServerTls;
}

/** Whether the looking for a protocol ends some time. */
function hasLimit({ config }: Mesh): boolean {
  return (millisecondsOf(config.protocolDetectionTimeout) ?? 0) > 0;
}

/** What the HTTP inspector takes for HTTP, by release. */
export function detection({ release }: Mesh): Pick<Listener, "detects"> {
  if (behaves(release, "unknown-methods-are-http")) return {};
  return {
    detects: behaves(release, "m-search-unknown") ? "known-methods" : "known-methods-or-m-search",
  };
}

/** The chains of a sidecar's ports, and of all others. */
export function portChains(shared: SidecarShared): readonly FilterChain[] {
  const { mesh, proxy } = shared;
  const declared = declaredPorts(inboundPorts(mesh, proxy), mesh);
  return [
    ...passthroughChains(shared),
    ...declared.flatMap((port) => declaredChains(port, shared)),
  ];
}

/**
 * The passthrough's chains for a port with a mode of its own and those of a Service's port that is merged with a Sidecar's: istiod
 * does not look for the first among the second.
 */
function overlapOf(chains: readonly FilterChain[], { policies }: PeerModes): Refusal | undefined {
  const port = String(overlapping(chains)?.match.port);
  const policy = policies.findLast(({ spec }) => spec.portLevelMtls?.[port] !== undefined);
  return (
    policy && {
      effect: "update-refused",
      cause: overlap,
      at: { resource: policy.key, path: ["spec", "portLevelMtls", port] },
    }
  );
}

/** By number; without those that the proxy itself listens on. */
function declaredPorts(ports: readonly InboundPort[], mesh: Mesh): readonly InboundPort[] {
  const own = new Set([15001, 15020, 15021, 15090, inboundPort(mesh)]);
  return ports.filter(({ port }) => !own.has(port)).toSorted((a, b) => a.port - b.port);
}

function inboundPort({ config }: Mesh): number {
  return Number(config["proxyInboundListenPort"] ?? 15006);
}

/** Connections to the port of the listener itself would come back for ever (an:PA-27). */
function blackhole(mesh: Mesh): FilterChain {
  return {
    name: "virtualInbound-blackhole",
    match: { port: inboundPort(mesh) },
    kind: "blackhole",
    filters: [],
  };
}

/** One set for any port, and one for each port with a mode of its own that is not declared (an:PA-25). */
function passthroughChains(shared: SidecarShared): readonly FilterChain[] {
  const { modes, mesh, proxy } = shared;
  const beside = portsBesidePassthrough(mesh, proxy);
  const others = [...modes.ports.keys()].filter((port) => !beside.has(port));
  return [undefined, ...others].flatMap((port) => {
    const match = port === undefined ? {} : { port };
    return chainsOf("auto", modeOfPort(modes, port ?? 0), shared).map((chain) => ({
      ...chain,
      name: chain.kind === "http" ? passthrough.http : passthrough.tcp,
      match: { ...match, ...chain.match },
    }));
  });
}

function declaredChains(
  { port, protocol, bind, tls }: InboundPort,
  shared: SidecarShared,
): readonly FilterChain[] {
  const { addresses } = shared.proxy;
  const onlyIpv6 = addresses.length > 0 && addresses.every((address) => address.includes(":"));
  const mode = modeOfPort(shared.modes, port);
  const chains =
    tls && mode === "DISABLE" && protocol !== "auto"
      ? [{ ...chainOf({ kind: protocol, transport: "tls" }, shared), tls }]
      : chainsOf(protocol, mode, shared);
  return chains.map((chain) => ({
    ...chain,
    name: `${bind ?? (onlyIpv6 ? "::" : "0.0.0.0")}_${port}`,
    match: { port, ...chain.match },
  }));
}

type Unnamed = Omit<FilterChain, "name">;

function chainsOf(
  protocol: ProxyPort["protocol"],
  mode: ReturnType<typeof modeOfPort>,
  shared: SidecarShared,
): readonly Unnamed[] {
  const http10 = flagOf(shared.mesh, "PILOT_HTTP10") === true;
  return matchOptions(mode, protocol, { http10 }).map((option) => chainOf(option, shared));
}

function chainOf(
  { kind, transport, alpn, terminates }: MatchOption,
  shared: SidecarShared,
): Unnamed {
  return {
    match: { transport, ...(alpn ? { alpn } : {}) },
    kind,
    ...(terminates ? { tls: shared.tls } : {}),
    ...(kind === "http" ? { http: shared.http } : {}),
    filters: shared.filters[kind],
  };
}

/** Peers need a certificate of the mesh, of one of its trust domains (an:PA-41, an:PA-43, an:PA-45). */
export function meshTls(mesh: Mesh): ServerTls {
  const { caCertificates = [] } = mesh.config;
  const domains = [
    ...trustDomainsOf(mesh.config),
    ...caCertificates.flatMap(({ trustDomains }) => trustDomains ?? []),
  ];
  const trustDomains = [...new Set(domains)].filter((domain) => domain !== "");
  const isChecked =
    trustDomains.length > 0 && flagOf(mesh, "PILOT_SKIP_VALIDATE_TRUST_DOMAIN") !== true;
  return {
    clientCertificate: "required",
    authority: "mesh",
    ...(isChecked ? { trustDomains } : {}),
  };
}
