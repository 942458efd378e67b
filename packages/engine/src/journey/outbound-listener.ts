import { sidecarHttpSettings } from "../istiod/listener/http-settings.ts";
import { detection } from "../istiod/listener/sidecar.ts";
import { expressionRefusal } from "../istiod/route/expressions.ts";
import {
  egressFor,
  outboundRoutes,
  everythingElse as unknownHosts,
} from "../istiod/route/outbound.ts";
import { type OutboundBytes, outboundBytes } from "../istiod/route/outbound-tcp.ts";
import type { RegistryPort, RegistryService } from "../istiod/route/registry.ts";
import { type EgressListener, sidecarScope } from "../istiod/route/scope.ts";
import { backendsOf, findService, serviceHost } from "../kubernetes/service.ts";
import { parseAddress, parseCidr, plainAddress } from "../match/address.ts";
import { matches } from "../match/matches.ts";
import type { Mesh } from "../model/mesh.ts";
import type { FilterChain, HttpSettings, Listener, Proxy } from "../model/program.ts";
import { fieldsOf, textOf } from "../parse/decode.ts";
import { parseBool } from "../release/flags.ts";
import type { Original } from "./addressed.ts";

/** A port of a service that a sidecar knows. */
interface Known {
  readonly service: RegistryService;
  readonly port: RegistryPort;
}

/**
 * The listener of a sidecar's outbound side that takes a connection: that of the address and port, of the port at any address, or the
 * one for everything else. Follows istio/istio:pilot/pkg/networking/core/listener.go `buildSidecarOutboundListeners`.
 */
export function outboundListener(mesh: Mesh, proxy: Proxy, to: Original): Listener {
  const listener = listenerOf(mesh, proxy, to);
  const refused = expressionRefusal(listener.chains);
  return refused === undefined ? listener : { ...listener, refused };
}

function listenerOf(mesh: Mesh, proxy: Proxy, to: Original): Listener {
  const egress = egressFor(sidecarScope(mesh, proxy), to.port);
  const known = (egress?.services ?? []).flatMap((service) =>
    service.ports
      .filter(({ port, protocol }) => port === to.port && protocol !== "udp")
      .map((port): Known => ({ service, port: asListened(port, egress) })),
  );
  const exact = known.find((each) => hasOwnListener(mesh, each, to));
  if (exact !== undefined) return ownListener(mesh, proxy, exact, to);
  const within = known.find((each) => isWithin(each, to));
  if (within !== undefined) return ownListener(mesh, proxy, within, to);
  const shared = withoutConflicts(
    known.filter(({ service, port }) => !bindsAddress(mesh, service, port) && !hasBlock(service)),
  );
  const http = shared.find(({ port }) => port.protocol === "http");
  if (http !== undefined) return sharedListener(mesh, proxy, to, shared.find(isBytes));
  const rank = (each: Known): number => (isMeant(each, to, capturesDns(mesh, proxy)) ? 0 : 1);
  const named = shared.toSorted((a, b) => rank(a) - rank(b));
  const other = named.find((each) => bytesTo(mesh, proxy, each, to).to.length > 0);
  return other === undefined ? catchAll(mesh, proxy, to.port) : ownListener(mesh, proxy, other, to);
}

/** MongoDB and MySQL share a port with nothing else: who comes first keeps it. `listener.go`, isConflictWithWellKnownPort */
function withoutConflicts(shared: readonly Known[]): readonly Known[] {
  return shared.filter(({ port }) => port.alone === shared[0]?.port.alone);
}

/** The port as the egress entry of a Sidecar wants it treated, if one is for it alone. */
function asListened(port: RegistryPort, egress: EgressListener | undefined): RegistryPort {
  return egress?.protocol === undefined ? port : { ...port, protocol: egress.protocol };
}

/** Bytes, whoever they are for: a port that is looked at has a chain for HTTP, too. */
function isBytes({ port }: Known): boolean {
  return port.protocol === "tcp" || port.protocol === "tls";
}

/** A ServiceEntry of blocks of addresses has a chain for them in the listener of the port, before any chain for HTTP. */
function isWithin({ service, port }: Known, { address, host }: Original): boolean {
  if (!hasBlock(service) || !isBytes({ service, port })) return false;
  if (address === undefined) return host === service.host;
  return service.addresses.some((each) => isInBlock(address, each));
}

function hasBlock({ addresses }: RegistryService): boolean {
  return addresses.some((address) => address.includes("/"));
}

function isInBlock(address: string, text: string): boolean {
  const block = parseCidr(text);
  return block !== undefined && parseAddress(address) !== undefined && matches(block, address);
}

/** Only TLS says which host is meant, and addresses that the sidecar's DNS makes up: other bytes go to who comes first. */
function isMeant({ service, port }: Known, { host }: Original, isNamed: boolean): boolean {
  return (isNamed || port.protocol === "tls") && service.host === host;
}

/** Whether a sidecar answers its workload's DNS, so that hosts of ServiceEntries without addresses have some. */
function capturesDns({ config }: Mesh, { config: own }: Proxy): boolean {
  const metadata = {
    ...fieldsOf(config.defaultConfig?.["proxyMetadata"]),
    ...fieldsOf(own?.["proxyMetadata"]),
  };
  return parseBool(textOf(metadata["ISTIO_META_DNS_CAPTURE"]) ?? "") === true;
}

/** Whether a port listens at addresses of its own: bytes and sniffed ports do, HTTP shares one listener. */
function bindsAddress(mesh: Mesh, service: RegistryService, { protocol }: RegistryPort): boolean {
  if (protocol === "http") return false;
  const hasOne =
    service.addresses.some((address) => !address.includes("/")) || podsOf(mesh, service).length > 0;
  return hasOne || (service.kubernetes && service.resolution === "endpoints"); // it was not loaded
}

/** The addresses of the pods of a headless Service: each has a listener of its own. */
function podsOf(
  { inventory }: Mesh,
  { kubernetes, object, resolution }: RegistryService,
): readonly string[] {
  if (!kubernetes || resolution !== "passthrough") return [];
  const service = findService(inventory, object.namespace, object.name);
  return service === undefined
    ? []
    : backendsOf(inventory, service).flatMap((each) => each.addresses);
}

function hasOwnListener(mesh: Mesh, { service, port }: Known, to: Original): boolean {
  if (!bindsAddress(mesh, service, port)) return false;
  const { address } = to;
  if (address === undefined)
    return to.service !== undefined
      ? serviceHost(to.service) === service.host
      : to.host === service.host;
  const own = [...service.addresses, ...podsOf(mesh, service)];
  return own.some((each) => plainAddress(each) === address);
}

function outboundHttp(mesh: Mesh, proxy: Proxy): HttpSettings {
  return { ...sidecarHttpSettings(mesh, proxy), clientCertHeader: "sanitize" };
}

/** HTTP of all services with that port; what is no HTTP goes to one of bytes without an address, or as on any port that nobody knows. */
function sharedListener(
  mesh: Mesh,
  proxy: Proxy,
  to: Original,
  bytes: Known | undefined,
): Listener {
  const { port } = to;
  const { to: forwards = [] } = bytes === undefined ? {} : bytesTo(mesh, proxy, bytes, to);
  const http: FilterChain = {
    name: "",
    match: { alpn: httpProtocols },
    kind: "http",
    http: outboundHttp(mesh, proxy),
    filters: [],
    routes: outboundRoutes(mesh, proxy, { port }),
  };
  return {
    name: `0.0.0.0_${port}`,
    ...detection(mesh),
    chains: [
      http,
      forwards.length === 0
        ? everythingElse(mesh, proxy)
        : { name: "", match: {}, kind: "tcp", filters: [], forwards },
    ],
  };
}

const httpProtocols: readonly string[] = ["http/1.1", "h2c", "http/1.0"];

function ownListener(mesh: Mesh, proxy: Proxy, { service, port }: Known, to: Original): Listener {
  const { host } = service;
  const { address } = to;
  const { to: forwards, byAddress } = bytesTo(mesh, proxy, { service, port }, to);
  const tcp: FilterChain =
    forwards.length === 0
      ? everythingElse(mesh, proxy)
      : { name: "", match: {}, kind: "tcp", filters: [], forwards };
  const name = `${address ?? host}_${port.port}`;
  if (port.protocol !== "auto" || byAddress) return { name, chains: [tcp] };
  const http: FilterChain = {
    name: "",
    match: { alpn: httpProtocols },
    kind: "http",
    http: outboundHttp(mesh, proxy),
    filters: [],
    routes: outboundRoutes(mesh, proxy, { port: port.port, host }),
  };
  return { name, ...detection(mesh), chains: [tcp, http] };
}

/** Where bytes for a service go: those of TLS by their server name. */
function bytesTo(
  mesh: Mesh,
  proxy: Proxy,
  { service, port }: Known,
  { address, tls }: Original,
): OutboundBytes {
  const at = { port: port.port, ...(address === undefined ? {} : { address }) };
  return outboundBytes(mesh, proxy, { ...at, service: service.host }, tls?.sni);
}

/** The listener of everything that has none of its own. `listener_builder.go`, buildOutboundCatchAllNetworkFilterChains */
function catchAll(mesh: Mesh, proxy: Proxy, port: number): Listener {
  const name = "virtualOutbound";
  const scope = sidecarScope(mesh, proxy);
  const bytes = everythingElse(mesh, proxy);
  if (!scope.resolvesHosts) return { name, chains: [bytes] };
  const http: FilterChain = {
    name,
    match: { alpn: httpProtocols },
    kind: "http",
    http: outboundHttp(mesh, proxy),
    filters: [],
    routes: [unknownHosts(scope, port)],
  };
  return { name, ...detection(mesh), chains: [bytes, http] };
}

/** What no service is for: led on, or nowhere. */
function everythingElse(mesh: Mesh, proxy: Proxy): FilterChain {
  const { registryOnly } = sidecarScope(mesh, proxy);
  const host = registryOnly ? "BlackHoleCluster" : "PassthroughCluster";
  return {
    name: "virtualOutbound",
    match: {},
    kind: "tcp",
    filters: [],
    forwards: [{ host, weight: 1 }],
  };
}
