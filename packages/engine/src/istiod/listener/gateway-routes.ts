import { commonHosts, hostsFor, moreSpecific } from "../../match/host.ts";
import type { Mesh } from "../../model/mesh.ts";
import type { Proxy, Route, VirtualHost } from "../../model/program.ts";
import { takesAll } from "../route/match.ts";
import type { RouteObject } from "../route/object.ts";
import { routesOf } from "../route/rules.ts";
import { serviceSeen } from "../route/visible.ts";
import type { Server } from "./gateway-server.ts";

/** What routes are made of for one proxy. */
export interface Routing {
  readonly mesh: Mesh;
  readonly proxy: Proxy;
  readonly objects: readonly RouteObject[]; // that the proxy sees
}

interface Host {
  readonly port: number;
  routes: readonly Route[];
  httpsOnly: boolean;
}

/**
 * The virtual hosts of the servers that share their routes. [] takes nothing: every request is answered with 404.
 * Follows istio/istio:pilot/pkg/networking/core/gateway.go buildGatewayHTTPRouteConfig (ctx:3.8).
 */
export function virtualHosts(servers: readonly Server[], routing: Routing): readonly VirtualHost[] {
  const { mesh, proxy, objects } = routing;
  const hosts = new Map<string, Host>();
  const known = new Map<string, readonly Route[]>();
  for (const server of servers) {
    const { port, gateway } = server;
    const httpsOnly = server.tls?.httpsRedirect === true;
    const hostOf = (name: string): Host => {
      const host = hosts.get(name) ?? { port, routes: [], httpsOnly: false };
      hosts.set(name, host);
      return host;
    };
    objects.forEach((object, index) => {
      if (!object.gateways.includes(gateway)) return;
      const common = commonHosts(hostsFor(server.hosts, object.namespace), object.hosts);
      const key = `${gateway} ${index}`;
      const lookUp = (host: string): ReturnType<typeof serviceSeen> =>
        serviceSeen(mesh, proxy.namespace, object.namespace, host);
      const encrypted = server.tls !== undefined;
      const routes =
        known.get(key) ?? routesOf(object, { proxy, port, gateway, encrypted, lookUp });
      if (routes.length === 0) return;
      known.set(key, routes);
      for (const name of common) {
        const host = hostOf(name.toLowerCase());
        host.routes = [...host.routes, ...routes];
        host.httpsOnly ||= httpsOnly;
      }
    });
    if (httpsOnly) for (const name of server.hosts) hostOf(name.toLowerCase()).httpsOnly = true;
  }
  return collapsed(hosts).map(([domains, name, host]) => ({
    name: `${name}:${host.port}`,
    domains,
    ...(host.httpsOnly ? { httpsOnly: true as const } : {}),
    routes: catchAllsLast(host.routes),
  }));
}

type Collapsed = readonly [domains: readonly string[], name: string, host: Host];

/** Hosts with the very same routes are one virtual host, by the name of the most specific. `gateway.go`, collapseDuplicateRoutes */
function collapsed(hosts: ReadonlyMap<string, Host>): readonly Collapsed[] {
  const made: [string[], string, Host][] = [];
  for (const [name, host] of [...hosts].toSorted(([a], [b]) => moreSpecific(a, b))) {
    const same = made.find(([, , other]) => isSame(host, other));
    if (same) same[0].push(name);
    else made.push([[name], name, host]);
  }
  return made;
}

function isSame(a: Host, b: Host): boolean {
  return (
    a.httpsOnly === b.httpsOnly &&
    a.routes.length === b.routes.length &&
    a.routes.every((route, index) => route === b.routes[index])
  );
}

/** Of several objects for one host, what takes everything waits for the others. */
function catchAllsLast(routes: readonly Route[]): readonly Route[] {
  return [...routes.filter((route) => !takesAll(route)), ...routes.filter(takesAll)];
}
