import { selects } from "../../kubernetes/service.ts";
import { type Block, parseAddress, parseCidr } from "../../match/address.ts";
import { hostsMeet, isSubset, moreSpecific } from "../../match/host.ts";
import { matches } from "../../match/matches.ts";
import type { Mesh } from "../../model/mesh.ts";
import { compareBytes } from "../../model/place.ts";
import type { Proxy } from "../../model/program.ts";
import type { RouteDestination } from "../../model/route.ts";
import { fieldsOf, listOf, numberOf, textMapOf, textOf, textsOf } from "../../parse/decode.ts";
import type { Fields } from "../../parse/objects.ts";
import { clusterOf, destinationsOf } from "./destination.ts";
import type { RouteObject, RouteRule } from "./object.ts";
import { egressFor } from "./outbound.ts";
import type { RegistryService } from "./registry.ts";
import { type SidecarScope, sidecarScope } from "./scope.ts";

/** A connection to a port of a service, at the address that the client connects to. */
export interface OutboundConnection {
  readonly port: number;
  readonly address?: string;
  readonly service: string; // its host
}

/** Where bytes go, and whether it is because of the address that they were sent to: then nobody looks for HTTP in them. */
export interface OutboundBytes {
  readonly to: readonly RouteDestination[];
  readonly byAddress?: true;
}

/**
 * Where a sidecar leads the bytes of a connection: by the server name on a port for TLS, else by the first rule for TCP that is for
 * this proxy, else to the service itself; what no chain takes goes where unknown traffic goes.
 * Follows istio/istio:pilot/pkg/networking/core/tls.go buildSidecarOutboundTLSFilterChainOpts, buildSidecarOutboundTCPFilterChainOpts.
 */
export function outboundBytes(
  mesh: Mesh,
  proxy: Proxy,
  to: OutboundConnection,
  sni?: string,
): OutboundBytes {
  const scope = sidecarScope(mesh, proxy);
  const listener = egressFor(scope, to.port);
  const service = listener?.services.find(
    ({ host, ports }) => host === to.service && ports.some(({ port }) => port === to.port),
  );
  const nowhere = fallThrough(scope, to.port);
  if (listener === undefined || service === undefined) return { to: [nowhere] };
  const own = service.ports.length === 1 ? (service.ports[0]?.port ?? to.port) : to.port;
  const itself: RouteDestination = { host: service.alias ?? service.host, port: own, weight: 1 };
  const objects = listener.objects.filter(({ hosts }) =>
    hosts.some((host) => hostsMeet(host, service.host)),
  );
  const leading: Leading = {
    proxy,
    to,
    lookUp: (host) => scope.services.find((each) => each.host === host),
  };
  const isTls = service.ports.some(({ port, protocol }) => port === to.port && protocol === "tls");
  const isOther = !isNamed(service, sni);
  return isTls
    ? { to: tlsRoutes(objects, leading, sni, isOther ? [] : [itself]) ?? [nowhere] }
    : (tcpRoutes(objects, leading) ?? { to: [itself] });
}

/** Without an address of its own a service shares the listener of the port, and is told by its name. `tls.go` */
function isNamed(
  { kubernetes, addresses, host }: RegistryService,
  sni: string | undefined,
): boolean {
  const hasOwn = kubernetes || addresses.some((address) => !address.includes("/"));
  return hasOwn || (sni !== undefined && isSubset(sni.toLowerCase(), host.toLowerCase()));
}

/** What the last chain of every outbound listener does. `listener_builder.go`, buildOutboundCatchAllNetworkFiltersOnly */
function fallThrough({ registryOnly, egressProxy }: SidecarScope, port: number): RouteDestination {
  if (registryOnly) return { host: "BlackHoleCluster", weight: 1 };
  return egressProxy === undefined
    ? { host: "PassthroughCluster", weight: 1 }
    : { ...clusterOf(egressProxy, { lookUp: () => undefined, port }), weight: 1 };
}

interface Leading {
  readonly proxy: Proxy;
  readonly to: OutboundConnection;
  readonly lookUp: (host: string) => RegistryService | undefined;
}

interface Candidate {
  readonly sniHosts: readonly string[];
  readonly rule: RouteRule;
}

/** The chain of the most specific server name. Where a rule is for this proxy at all, the service itself has no chain. */
function tlsRoutes(
  objects: readonly RouteObject[],
  leading: Leading,
  sni: string | undefined,
  itself: readonly RouteDestination[],
): readonly RouteDestination[] | undefined {
  const candidates = objects.flatMap(({ tls }) =>
    tls.filter(leadsOn).flatMap((rule) =>
      listOf(rule.fields["match"])
        .map(fieldsOf)
        .filter((match) => isFor(match, leading) && isAt(match, leading))
        .map((match): Candidate => ({ sniHosts: namesOf(match), rule })),
    ),
  );
  if (candidates.length === 0) return itself;
  const name = sni?.toLowerCase();
  const fitting = candidates
    .flatMap(({ sniHosts, ...candidate }) => sniHosts.map((host) => ({ ...candidate, host })))
    .filter(
      ({ host }) => host === "*" || (name !== undefined && isSubset(name, host.toLowerCase())),
    )
    .toSorted((a, b) => moreSpecific(a.host, b.host));
  const [best] = fitting;
  return best && destinations(best.rule, leading);
}

/** Without one a chain is for any, as that of a TLSRoute none of whose several hosts is the Service's (`conversion.go`, compatibleRoutesForHost). */
function namesOf(match: Fields): readonly string[] {
  const names = textsOf(match["sniHosts"]) ?? [];
  return names.length === 0 ? ["*"] : names;
}

/**
 * The rule with the smallest block that the address is in; else the first rule that asks for no address, of those for this proxy. What
 * comes after that one is not looked at.
 */
function tcpRoutes(objects: readonly RouteObject[], leading: Leading): OutboundBytes | undefined {
  const rules = objects.flatMap(({ tcp }) =>
    tcp.filter(leadsOn).map((rule) => ({ rule, at: subnetsOf(rule, leading) })),
  );
  const end = rules.findIndex(({ at }) => at === "any");
  const asking = end < 0 ? rules : rules.slice(0, end);
  const [best] = asking
    .flatMap(({ at, ...one }) =>
      at === "any" ? [] : blocksAt(at, leading).map((block) => ({ ...one, block })),
    )
    .toSorted(
      (a, b) => compareBytes(b.block.low, a.block.low) || compareBytes(a.block.high, b.block.high),
    );
  if (best) return { to: destinations(best.rule, leading), byAddress: true };
  const other = rules[end];
  return other && { to: destinations(other.rule, leading) };
}

/** The blocks of addresses that a rule asks for, where it is for this proxy; "any": it asks for none. */
function subnetsOf({ fields }: RouteRule, leading: Leading): readonly string[] | "any" {
  const matching = listOf(fields["match"]).map(fieldsOf);
  const asked = matching
    .filter((match) => isFor(match, leading))
    .map((match) => textsOf(match["destinationSubnets"]) ?? []);
  const isAny = matching.length === 0 || asked.some((subnets) => subnets.length === 0);
  return isAny ? "any" : asked.flat();
}

function leadsOn({ fields }: RouteRule): boolean {
  return listOf(fields["route"]).length > 0;
}

function destinations({ fields }: RouteRule, { to, lookUp }: Leading): readonly RouteDestination[] {
  return destinationsOf(fields, { port: to.port, lookUp });
}

/** Unlike for HTTP, gateways, labels, port and namespace all count. `tls.go`, matchTCP */
function isFor(match: Fields, { proxy, to }: Leading): boolean {
  const port = numberOf(match["port"]) ?? 0;
  const space = textOf(match["sourceNamespace"]) ?? "";
  return (
    (textsOf(match["gateways"])?.includes("mesh") ?? true) &&
    selects(textMapOf(match["sourceLabels"]), proxy.labels) &&
    (port === 0 || port === to.port) &&
    (space === "" || space === proxy.namespace)
  );
}

function isAt(match: Fields, leading: Leading): boolean {
  const subnets = textsOf(match["destinationSubnets"]);
  return subnets === undefined || blocksAt(subnets, leading).length > 0;
}

/** The blocks that the address is in. */
function blocksAt(subnets: readonly string[], { to: { address } }: Leading): readonly Block[] {
  if (address === undefined || parseAddress(address) === undefined) return [];
  return subnets.flatMap((subnet) => {
    const block = parseCidr(subnet);
    return block !== undefined && matches(block, address) ? [block] : [];
  });
}
