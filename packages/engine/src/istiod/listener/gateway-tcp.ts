import { portProtocol } from "../../kubernetes/port-protocol.ts";
import { serviceHost } from "../../kubernetes/service.ts";
import type { Mesh } from "../../model/mesh.ts";
import type { FilterChain } from "../../model/program.ts";
import { fieldsOf, listOf, numberOf, textOf, textsOf } from "../../parse/decode.ts";
import type { Fields } from "../../parse/objects.ts";
import { hostsMeet, isSubset } from "./gateway-host.ts";
import { gatewayName, type RouteObject, type RouteRule } from "./gateway-route-object.ts";
import type { Server } from "./gateway-server.ts";

/** Whether some route leads the bytes of a server on: without one it has no chain. `gateway.go`, buildGatewayNetworkFiltersFromTCPRoutes */
export function hasTcpRoute(server: Server, objects: readonly RouteObject[]): boolean {
  return objects
    .filter((object) => isBound(server, object))
    .some((object) => object.tcp.some((rule) => leadsOn(rule) && tcpMatches(rule, server, object)));
}

/** The server names of each chain that hands TLS on as it is; one that another chain on the port has is left out, with its match. */
export function passedServerNames(
  server: Server,
  objects: readonly RouteObject[],
  taken: Set<string>,
): readonly (readonly string[])[] {
  return objects
    .filter((object) => isBound(server, object))
    .flatMap((object) =>
      object.tls.filter(leadsOn).flatMap((rule) => namesOf(rule, server, object)),
    )
    .filter((names) => {
      if (names.some((name) => taken.has(name))) return false;
      for (const name of names) taken.add(name);
      return true;
    });
}

function namesOf(
  { fields }: RouteRule,
  server: Server,
  object: RouteObject,
): readonly (readonly string[])[] {
  return listOf(fields["match"])
    .map(fieldsOf)
    .filter((match) => isFor(match, server, object))
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

function tcpMatches({ fields }: RouteRule, server: Server, object: RouteObject): boolean {
  const matches = listOf(fields["match"]).map(fieldsOf);
  return matches.length === 0 || matches.some((match) => isFor(match, server, object));
}

/** Of what a match may ask, a gateway looks at the port and the gateway only. */
function isFor(match: Fields, server: Server, { namespace }: RouteObject): boolean {
  const port = numberOf(match["port"]) ?? 0;
  const gateways = textsOf(match["gateways"]);
  return (
    (port === 0 || port === server.port) &&
    (!gateways || gateways.some((name) => gatewayName(name, namespace) === server.gateway))
  );
}

const meshAlpn = [
  ...["istio", "istio-peer-exchange", "istio-http/1.0", "istio-http/1.1", "istio-h2"],
];

/**
 * AUTO_PASSTHROUGH: a chain for each port of each Service that the hosts cover, and for each subset, by the name of its cluster,
 * and no policy on any of them. Follows `gateway.go`, builtAutoPassthroughFilterChains (az:2.4).
 */
export function autoPassthroughChains(
  { hosts }: Server,
  mesh: Mesh,
): readonly Pick<FilterChain, "match" | "kind" | "filters">[] {
  const names = hosts.map((host) => host.slice(host.indexOf("/") + 1));
  return mesh.inventory.services
    .filter((service) => names.some((name) => isSubset(serviceHost(service), name)))
    .flatMap((service) => {
      const host = serviceHost(service);
      return service.ports
        .filter((port) => portProtocol(port) !== "udp")
        .flatMap(({ port }) =>
          ["", ...subsetsOf(host, mesh)].map((subset) => ({ port, subset, host })),
        );
    })
    .map(({ port, subset, host }) => ({
      match: { serverNames: [`outbound_.${port}_.${subset}_.${host}`], alpn: meshAlpn },
      kind: "tcp" as const,
      filters: [],
    }));
}

/** Of every DestinationRule for the host: which of them the gateway sees does not matter to any policy. */
function subsetsOf(host: string, { inventory }: Mesh): readonly string[] {
  return inventory.others
    .filter(({ key }) => key.kind === "DestinationRule")
    .filter(({ key, body }) => {
      const stated = textOf(fieldsOf(body["spec"])["host"]) ?? "";
      const full = stated.includes(".") ? stated : `${stated}.${key.namespace}.svc.cluster.local`;
      return full === host;
    })
    .flatMap(({ body }) => listOf(fieldsOf(body["spec"])["subsets"]))
    .flatMap((subset) => textOf(fieldsOf(subset)["name"]) ?? []);
}
