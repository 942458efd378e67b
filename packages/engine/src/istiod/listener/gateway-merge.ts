import { findService, selects } from "../../kubernetes/service.ts";
import type { Inventory } from "../../model/kubernetes.ts";
import type { Mesh } from "../../model/mesh.ts";
import type { Proxy } from "../../model/program.ts";
import { passesThrough, type Server, servesHttp } from "./gateway-server.ts";

/** The servers behind one port, protocol and address. */
export interface ServerPort {
  readonly port: number; // of the proxy
  readonly bind: string;
  readonly protocol: Server["protocol"];
  readonly routeName: string; // of HTTP in the clear
  readonly servers: readonly Server[];
}

/** The servers of a proxy as listeners serve them, and the servers by the name of their routes. */
export interface MergedServers {
  readonly ports: readonly ServerPort[];
  readonly byRouteName: ReadonlyMap<string, readonly Server[]>;
}

interface Merging {
  readonly ports: Map<string, { readonly port: ServerPort; readonly servers: Server[] }>;
  readonly byRouteName: Map<string, Server[]>;
  readonly plain: Map<number, string>; // the first server in the clear on a port, by its key
  readonly hosts: Map<number, Map<string, string>>; // with TLS: port, host, address
}

/**
 * Servers of all Gateways of a proxy as one: on a port, HTTP in the clear joins HTTP in the clear, and TLS joins TLS with other
 * hosts; any other second server is left out. Follows istio/istio:pilot/pkg/model/gateway.go mergeGateways.
 */
export function mergeServers(servers: readonly Server[], mesh: Mesh, proxy: Proxy): MergedServers {
  const merging: Merging = {
    ports: new Map(),
    byRouteName: new Map(),
    plain: new Map(),
    hosts: new Map(),
  };
  for (const server of servers)
    for (const port of server.targets ?? [listeningPort(server.port, mesh, proxy)])
      if (claimsHosts(server, port, merging)) add(server, port, merging);
  return {
    ports: [...merging.ports.values()].map(({ port, servers: all }) => ({ ...port, servers: all })),
    byRouteName: merging.byRouteName,
  };
}

const untranslated = "experimental.istio.io/disable-gateway-port-translation";

/** A server's port is one of a Service of the gateway, which leads to another; of no Service, it is the gateway's own (ctx:3.4). */
export function listeningPort(number: number, { inventory }: Mesh, proxy: Proxy): number {
  const declared = proxy.ports.find(({ service }) => {
    if (service?.port !== number) return false;
    const [name = "", namespace = ""] = service.host.split(".");
    return !(untranslated in (findService(inventory, namespace, name)?.labels ?? {}));
  });
  return declared?.port ?? targetOf(number, inventory, proxy) ?? number;
}

/** Of several ports of Services that lead to one port of the proxy, `Proxy.ports` tells the first. */
function targetOf(number: number, { services }: Inventory, proxy: Proxy): number | undefined {
  const targets = services
    .filter(
      ({ key, selector = {}, labels }) =>
        key.namespace === proxy.namespace &&
        Object.keys(selector).length > 0 &&
        selects(selector, proxy.labels) &&
        !(untranslated in labels),
    )
    .flatMap(({ ports }) => ports.filter(({ port }) => port === number))
    .map(({ targetPort }) => targetPort)
    .filter((target) => typeof target === "number");
  return targets[0];
}

/** Chains are told apart by server name: of two servers with one host on one address the first counts. */
function claimsHosts({ tls, hosts, bind }: Server, port: number, merging: Merging): boolean {
  if (tls === undefined) return true;
  const known = merging.hosts.get(port) ?? new Map<string, string>();
  merging.hosts.set(port, known);
  if (hosts.some((host) => known.get(host) === bind)) return false;
  for (const host of hosts) known.set(host, bind);
  return true;
}

function keyOf({ spelled, bind }: Server, port: number): string {
  return `${port} ${spelled} ${bind}`;
}

/** The name of the routes of a server: one for all HTTP in the clear on a port, and one for each server that ends HTTPS. */
export function routeNameOf(server: Server, port: number): string {
  const bind = server.bind === "" ? "" : `.${server.bind}`;
  if (server.protocol === "http") return `http.${port}${bind}`;
  if (server.protocol !== "https" || passesThrough(server)) return "";
  const [namespace, name] = server.gateway.split("/");
  return `https.${server.port}.${server.portName}.${name}.${namespace}${bind}`;
}

function add(server: Server, port: number, merging: Merging): void {
  const taken = [...merging.ports.values()].some((each) => each.port.port === port);
  const current = merging.plain.get(port);
  if (!taken || (current === undefined && isPlain(server))) open(server, port, merging);
  else if (current === undefined) addTls(server, port, merging);
  else addPlain(server, port, current, merging);
}

function isPlain({ tls, protocol }: Server): boolean {
  return tls === undefined || protocol === "http";
}

/** The first of its kind on the port. */
function open(server: Server, port: number, merging: Merging): void {
  const key = keyOf(server, port);
  const routeName = routeNameOf(server, port);
  if (isPlain(server)) merging.plain.set(port, key);
  if (servesHttp(server)) merging.byRouteName.set(routeName, [server]);
  const { bind, protocol } = server;
  merging.ports.set(key, {
    port: { port, bind, protocol, routeName, servers: [] },
    servers: [server],
  });
}

function addPlain(server: Server, port: number, current: string, merging: Merging): void {
  const first = merging.ports.get(current);
  if (first === undefined) return;
  const own = merging.ports.get(keyOf(server, port));
  const routeName = routeNameOf(server, port);
  if (first.port.bind === server.bind) {
    if (server.protocol !== "http" || first.port.protocol !== "http") return;
    join(server, routeName, first.servers, merging);
  } else if (own === undefined) open(server, port, merging);
  else join(server, routeName, own.servers, merging);
}

function join(
  server: Server,
  routeName: string,
  servers: Server[],
  { byRouteName }: Merging,
): void {
  servers.push(server);
  byRouteName.set(routeName, [...(byRouteName.get(routeName) ?? []), server]);
}

/** Another one with TLS: its hosts are others, and its routes have a name of their own. */
function addTls(server: Server, port: number, merging: Merging): void {
  const routeName = routeNameOf(server, port);
  if (servesHttp(server)) {
    if (routeName === "" || merging.byRouteName.has(routeName)) return;
    merging.byRouteName.set(routeName, [server]);
  }
  const own = merging.ports.get(keyOf(server, port));
  if (own) own.servers.push(server);
  else {
    const { bind, protocol } = server;
    merging.ports.set(keyOf(server, port), {
      port: { port, bind, protocol, routeName, servers: [] },
      servers: [server],
    });
  }
}
