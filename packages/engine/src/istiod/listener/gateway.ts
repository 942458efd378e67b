import type { Mesh } from "../../model/mesh.ts";
import type { Note } from "../../model/note.ts";
import type { FilterChain, HttpSettings, Listener, Proxy } from "../../model/program.ts";
import { flagOf } from "../../release/flags.ts";
import { behaves } from "../../release.ts";
import { type RouteObject, virtualServices } from "../route/object.ts";
import { type ApiListener, apiListeners } from "./gateway-api.ts";
import { apiRoutes } from "./gateway-api-routes.ts";
import { gatewayHttpSettings, speaksProxyProtocol } from "./gateway-http.ts";
import { mergeServers, routeNameOf, type ServerPort } from "./gateway-merge.ts";
import { refusalOf } from "./gateway-refusal.ts";
import { virtualHosts } from "./gateway-routes.ts";
import { classicServers, endsHttps, passesThrough, type Server } from "./gateway-server.ts";
import { autoPassthroughChains, passedChains, tcpDestinations } from "./gateway-tcp.ts";
import { serverTls } from "./gateway-tls.ts";
import type { ChainFilters } from "./sidecar-filters.ts";

/** What goes into the listeners of a gateway. */
export interface GatewayParts {
  readonly mesh: Mesh;
  readonly proxy: Proxy;
  readonly filters: ChainFilters;
}

interface Shared extends GatewayParts {
  readonly http: HttpSettings;
  readonly objects: readonly RouteObject[];
  readonly byRouteName: ReadonlyMap<string, readonly Server[]>;
  readonly taken: Map<number, Set<string>>; // server names of chains that hand TLS on, by port
}

interface Building {
  readonly port: ServerPort;
  readonly chains: FilterChain[];
  readonly servers: Server[];
}

/**
 * The listeners of a gateway: one for each port and address, with one chain for all HTTP in the clear or a chain for each server.
 * Follows istio/istio:pilot/pkg/networking/core/gateway.go buildGatewayListeners (az:2.4, ctx:3).
 */
export function gatewayListeners(parts: GatewayParts): {
  readonly listeners: readonly Listener[];
  readonly notes: readonly Note[];
} {
  const { mesh, proxy, filters } = parts;
  const api = apiListeners(mesh, proxy);
  const classic = withoutForeign(classicServers(mesh, proxy), api, mesh);
  const servers = [...classic, ...api.map(({ server }) => server)];
  const { ports, byRouteName } = mergeServers(servers, mesh, proxy);
  const shared: Shared = {
    ...parts,
    http: gatewayHttpSettings(mesh, proxy),
    objects: [...virtualServices(mesh, proxy.namespace), ...apiRoutes(mesh, api, proxy.namespace)],
    byRouteName,
    taken: new Map(),
  };
  const chains = new Map<string, Building>();
  for (const port of ports) {
    const name = `${port.bind || wildcard(proxy)}_${port.port}`;
    const listener = chains.get(name) ?? { port, chains: [], servers: [] };
    chains.set(name, listener);
    for (const chain of chainsOf(port, shared)) listener.chains.push(chain);
    listener.servers.push(...port.servers);
  }
  const listeners = [...chains]
    .filter(([, listener]) => listener.chains.length > 0)
    .map(([name, { port, chains: all, servers }]): Listener => {
      const refused = refusalOf(all, servers, filters);
      return {
        name,
        port: port.port,
        ...(port.bind === "" ? {} : { address: port.bind }),
        ...(speaksProxyProtocol(mesh, proxy) ? { proxyProtocol: true as const } : {}),
        chains: all,
        ...(refused ? { refused } : {}),
      };
    });
  return { listeners, notes: notesOn(listeners, filters) };
}

/** A gateway that istiod deployed takes no classic Gateways of other namespaces. `push_context.go`, filterStrictGatewayMerging */
function withoutForeign(
  servers: readonly Server[],
  api: readonly ApiListener[],
  mesh: Mesh,
): readonly Server[] {
  const spaces = new Set(
    api.filter(({ managed }) => managed).map(({ parent }) => parent.namespace),
  );
  const isOff = flagOf(mesh, "PILOT_ENABLE_STRICT_GATEWAY_MERGING") === false;
  if (spaces.size === 0 || isOff || !behaves(mesh.release, "strict-gateway-merging"))
    return servers;
  return servers.filter(({ at }) => spaces.has(at.resource.namespace));
}

function wildcard({ addresses }: Proxy): string {
  const onlyIpv6 = addresses.length > 0 && addresses.every((address) => address.includes(":"));
  return onlyIpv6 ? "::" : "0.0.0.0";
}

/** What is ignored on TCP chains only is said of those. */
function notesOn(listeners: readonly Listener[], { tcpNotes }: ChainFilters): readonly Note[] {
  const tcp = listeners
    .flatMap(({ chains }) => chains)
    .filter(({ kind, filters }) => kind === "tcp" && filters.length > 0);
  const names = [...new Set(tcp.map(({ name }) => name))];
  return names.length === 0 ? [] : tcpNotes.map((note) => ({ ...note, chains: names }));
}

function chainsOf(port: ServerPort, shared: Shared): readonly FilterChain[] {
  if (port.protocol === "http") return [plainHttp(port, shared)];
  return port.servers.flatMap((server) =>
    endsHttps(server) ? [https(server, port, shared)] : tcp(server, port, shared),
  );
}

function plainHttp({ port, routeName, servers }: ServerPort, shared: Shared): FilterChain {
  const [first] = servers;
  const names = [...new Set(servers.map(({ gateway }) => gateway))].join(", ");
  return {
    name: `${names || first?.gateway} ${port}`,
    match: {},
    kind: "http",
    http: shared.http,
    filters: shared.filters.http,
    routes: virtualHosts(shared.byRouteName.get(routeName) ?? [], routingOf(shared)),
  };
}

function https(server: Server, { port }: ServerPort, shared: Shared): FilterChain {
  const tls = server.tls && serverTls(server.tls);
  const servers = shared.byRouteName.get(routeNameOf(server, port)) ?? [];
  return {
    ...named(server, port),
    match: { serverNames: serverNames(server) },
    ...(tls ? { tls } : {}),
    kind: "http",
    http: shared.http,
    filters: shared.filters.http,
    routes: virtualHosts(servers, routingOf(shared)),
  };
}

function routingOf({ mesh, proxy, objects }: Shared): Parameters<typeof virtualHosts>[1] {
  return { mesh, proxy, objects };
}

function named({ gateway, portName }: Server, port: number): Pick<FilterChain, "name"> {
  return { name: `${gateway} ${port}${portName === "" ? "" : ` ${portName}`}` };
}

/** The hosts without namespaces, each spelling once; one that is any host makes the chain match without a name, too. */
function serverNames({ hosts }: Server): readonly string[] {
  return matchedNames([...new Set(hosts.map((host) => host.slice(host.indexOf("/") + 1)))]);
}

/** As Envoy compares them. */
function matchedNames(names: readonly string[]): readonly string[] {
  return names.includes("*") ? ["*"] : names.map((name) => name.toLowerCase());
}

function tcp(server: Server, { port }: ServerPort, shared: Shared): readonly FilterChain[] {
  const { filters, taken } = shared;
  const shape = { ...named(server, port), kind: "tcp" as const, filters: filters.tcp };
  if (server.tls?.mode === "AUTO_PASSTHROUGH")
    return autoPassthroughChains(server, shared).map((chain) => ({ ...shape, ...chain }));
  if (passesThrough(server)) {
    const known = taken.get(port) ?? new Set<string>();
    taken.set(port, known);
    return passedChains(server, shared, known).map(({ names, forwards }) => ({
      ...shape,
      match: { serverNames: matchedNames(names) },
      forwards,
    }));
  }
  const forwards = tcpDestinations(server, shared);
  if (forwards === undefined) return [];
  const tls = server.tls && serverTls(server.tls);
  const match = tls ? { serverNames: serverNames(server) } : {};
  return [{ ...shape, match, ...(tls ? { tls } : {}), forwards }];
}
