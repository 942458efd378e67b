import { hostsMeet, isSubset } from "../../match/host.ts";
import type { Mesh } from "../../model/mesh.ts";
import type { FilterChain, Proxy } from "../../model/program.ts";
import type { RouteDestination } from "../../model/route.ts";
import { fieldsOf, listOf, numberOf, textOf, textsOf } from "../../parse/decode.ts";
import type { Fields } from "../../parse/objects.ts";
import { destinationsOf } from "../route/destination.ts";
import type { RouteObject, RouteRule } from "../route/object.ts";
import { fullHost } from "../route/short-names.ts";
import { serviceSeen, visibleServices, withoutDuplicates } from "../route/visible.ts";
import type { Server } from "./gateway-server.ts";

/** What leads streams on: the objects that the gateway sees, and the services. */
export interface Streaming {
  readonly objects: readonly RouteObject[];
  readonly mesh: Mesh;
  readonly proxy: Proxy;
}

/**
 * Where the bytes of a server go: the first route that is for it. Undefined: without one it has no chain.
 * `gateway.go`, buildGatewayNetworkFiltersFromTCPRoutes
 */
export function tcpDestinations(
  server: Server,
  streaming: Streaming,
): readonly RouteDestination[] | undefined {
  for (const object of streaming.objects.filter((each) => isBound(server, each))) {
    const rule = object.tcp.find((each) => leadsOn(each) && tcpMatches(each, server));
    if (rule) return destinations(rule, server, streaming);
  }
  return undefined;
}

/** TLS that is handed on as it is: the server names of a chain, and where it goes. */
export interface Passed {
  readonly names: readonly string[];
  readonly forwards: readonly RouteDestination[];
}

/** The chains of a server that hands TLS on; one whose server name another chain on the port has is left out. */
export function passedChains(
  server: Server,
  streaming: Streaming,
  taken: Set<string>,
): readonly Passed[] {
  return streaming.objects
    .filter((object) => isBound(server, object))
    .flatMap((object) =>
      object.tls.filter(leadsOn).flatMap((rule) => {
        const forwards = destinations(rule, server, streaming);
        return namesOf(rule, server).map((names) => ({ names, forwards }));
      }),
    )
    .filter(({ names }) => {
      if (names.some((name) => taken.has(name))) return false;
      for (const name of names) taken.add(name);
      return true;
    });
}

function destinations(
  { fields }: RouteRule,
  { port }: Server,
  { mesh, proxy }: Streaming,
): readonly RouteDestination[] {
  const lookUp = (host: string): ReturnType<typeof serviceSeen> =>
    serviceSeen(mesh, proxy.namespace, proxy.namespace, host);
  return destinationsOf(fields, { port, lookUp });
}

function namesOf({ fields }: RouteRule, server: Server): readonly (readonly string[])[] {
  return listOf(fields["match"])
    .map(fieldsOf)
    .filter((match) => isFor(match, server))
    .map((match) => textsOf(match["sniHosts"]) ?? []);
}

function isBound({ gateway, hosts }: Server, object: RouteObject): boolean {
  return object.gateways.includes(gateway) && meets(hosts, object);
}

function meets(hosts: readonly string[], object: RouteObject): boolean {
  return hosts.some((host) => {
    const [space, name] = host.includes("/") ? host.split("/") : [object.namespace, host];
    return space === object.namespace && object.hosts.some((other) => hostsMeet(name ?? "", other));
  });
}

function leadsOn({ fields }: RouteRule): boolean {
  return listOf(fields["route"]).length > 0;
}

function tcpMatches({ fields }: RouteRule, server: Server): boolean {
  const matches = listOf(fields["match"]).map(fieldsOf);
  return matches.length === 0 || matches.some((match) => isFor(match, server));
}

/** Of what a match may ask, a gateway looks at the port and the gateway only. */
function isFor(match: Fields, server: Server): boolean {
  const port = numberOf(match["port"]) ?? 0;
  const gateways = textsOf(match["gateways"]);
  return (port === 0 || port === server.port) && (!gateways || gateways.includes(server.gateway));
}

const meshAlpn = [
  ...["istio", "istio-peer-exchange", "istio-http/1.0", "istio-http/1.1", "istio-h2"],
];

/**
 * AUTO_PASSTHROUGH: a chain for each port of each service of the mesh that the hosts cover, and for each subset, by the name of its cluster,
 * and no policy on any of them. Follows `gateway.go`, builtAutoPassthroughFilterChains (az:2.4).
 */
export function autoPassthroughChains(
  { hosts }: Server,
  { mesh, proxy }: Pick<Streaming, "mesh" | "proxy">,
): readonly Pick<FilterChain, "match" | "kind" | "filters" | "forwards">[] {
  const names = hosts.map((host) => host.slice(host.indexOf("/") + 1));
  return withoutDuplicates(visibleServices(mesh, proxy.namespace))
    .filter(({ host, external }) => !external && names.some((name) => isSubset(host, name)))
    .flatMap(({ host, ports }) =>
      ports
        .filter(({ protocol }) => protocol !== "udp")
        .flatMap(({ port }) =>
          ["", ...subsetsOf(host, mesh)].map((subset) => ({ port, subset, host })),
        ),
    )
    .map(({ port, subset, host }) => ({
      match: { serverNames: [`outbound_.${port}_.${subset}_.${host}`], alpn: meshAlpn },
      kind: "tcp" as const,
      filters: [],
      forwards: [
        { host, port, ...(subset === "" ? {} : { subset }), weight: 1, passed: true as const },
      ],
    }));
}

/** Of every DestinationRule for the host: which of them the gateway sees does not matter to any policy. */
function subsetsOf(host: string, { inventory }: Mesh): readonly string[] {
  return inventory.others
    .filter(({ key }) => key.kind === "DestinationRule")
    .filter(({ key, body }) => {
      const stated = textOf(fieldsOf(body["spec"])["host"]) ?? "";
      return fullHost(stated, key.namespace) === host;
    })
    .flatMap(({ body }) => listOf(fieldsOf(body["spec"])["subsets"]))
    .flatMap((subset) => textOf(fieldsOf(subset)["name"]) ?? []);
}
