import { selects } from "../../kubernetes/service.ts";
import type { Proxy, Route, VirtualHost } from "../../model/program.ts";
import { fieldsOf, listOf, numberOf, textMapOf, textOf, textsOf } from "../../parse/decode.ts";
import type { Fields } from "../../parse/objects.ts";
import { commonHosts, hostsFor } from "./gateway-host.ts";
import { routeAction, type Serving } from "./gateway-route-action.ts";
import { matchConditions, takesAll } from "./gateway-route-match.ts";
import { gatewayName, type RouteObject, type RouteRule } from "./gateway-route-object.ts";
import type { Server } from "./gateway-server.ts";

/** What routes are made of for one proxy. */
export interface Routing {
  readonly proxy: Proxy;
  readonly objects: readonly RouteObject[]; // that the proxy sees
}

interface Host {
  routes: readonly Route[];
  httpsOnly: boolean;
}

/**
 * The virtual hosts of the servers that share their routes. [] takes nothing: every request is answered with 404.
 * Follows istio/istio:pilot/pkg/networking/core/gateway.go buildGatewayHTTPRouteConfig (ctx:3.8).
 */
export function virtualHosts(servers: readonly Server[], routing: Routing): readonly VirtualHost[] {
  const hosts = new Map<string, Host>();
  const known = new Map<string, readonly Route[]>();
  const hostOf = (name: string): Host => {
    const host = hosts.get(name) ?? { routes: [], httpsOnly: false };
    hosts.set(name, host);
    return host;
  };
  for (const server of servers) {
    const httpsOnly = server.tls?.httpsRedirect === true;
    routing.objects.forEach((object, index) => {
      if (!object.gateways.includes(server.gateway)) return;
      const common = commonHosts(hostsFor(server.hosts, object.namespace), object.hosts);
      const key = `${server.gateway} ${index}`;
      const routes = known.get(key) ?? routesOf(object, server, routing.proxy);
      if (routes.length > 0) known.set(key, routes);
      if (routes.length === 0) return;
      for (const name of common) {
        const host = hostOf(name.toLowerCase());
        host.routes = [...host.routes, ...routes];
        host.httpsOnly ||= httpsOnly;
      }
    });
    if (httpsOnly) for (const name of server.hosts) hostOf(name.toLowerCase()).httpsOnly = true;
  }
  return [...hosts].map(([domain, host]) => ({
    domains: [domain],
    ...(host.httpsOnly ? { httpsOnly: true as const } : {}),
    routes: catchAllsLast(host.routes),
  }));
}

/** Of several objects for one host, what takes everything waits for the others. */
function catchAllsLast(routes: readonly Route[]): readonly Route[] {
  return [...routes.filter((route) => !takesAll(route)), ...routes.filter(takesAll)];
}

/** The routes of one object at a server, up to the first that takes everything. */
function routesOf(object: RouteObject, server: Server, proxy: Proxy): readonly Route[] {
  const routes: Route[] = [];
  for (const rule of object.http)
    for (const route of routesOfRule(rule, object, server, proxy)) {
      routes.push(route);
      if (takesAll(route)) return routes;
    }
  return routes;
}

function routesOfRule(
  { at, fields }: RouteRule,
  object: RouteObject,
  server: Server,
  proxy: Proxy,
): readonly Route[] {
  const { namespace, segments } = object;
  const serving: Serving = {
    port: server.port,
    encrypted: server.tls !== undefined,
    object: object.name,
    namespace,
    segments: segments === true,
  };
  const cors = fields["corsPolicy"] === undefined ? {} : { preflights: true as const };
  const routeFor = (match: Fields): Route => ({
    at,
    ...matchConditions(match, segments === true),
    action: routeAction(fields, serving, match),
    ...cors,
  });
  const matches = listOf(fields["match"]).map(fieldsOf);
  if (matches.length === 0) return [routeFor({})];
  return matches.filter((match) => isFor(match, server, namespace, proxy)).map(routeFor);
}

/** What is known of a match before any request: port, gateway, and the proxy's own labels and namespace. */
function isFor(match: Fields, server: Server, namespace: string, proxy: Proxy): boolean {
  const port = numberOf(match["port"]) ?? 0;
  if (port !== 0 && port !== server.port) return false;
  const gateways = textsOf(match["gateways"]);
  if (gateways) return gateways.some((name) => gatewayName(name, namespace) === server.gateway);
  const space = textOf(match["sourceNamespace"]) ?? "";
  return (
    selects(textMapOf(match["sourceLabels"]), proxy.labels) &&
    (space === "" || space === proxy.namespace)
  );
}
