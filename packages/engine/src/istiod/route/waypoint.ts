import { hostsMeet } from "../../match/host.ts";
import type { Mesh } from "../../model/mesh.ts";
import type { Proxy, Route, VirtualHost } from "../../model/program.ts";
import type { RouteDestination } from "../../model/route.ts";
import { fieldsOf, listOf, numberOf, textsOf } from "../../parse/decode.ts";
import type { Fields } from "../../parse/objects.ts";
import { behaves } from "../../release.ts";
import { destinationsOf } from "./destination.ts";
import { meshObjects } from "./mesh-objects.ts";
import type { RouteObject, RouteRule } from "./object.ts";
import { type RegistryService, registry } from "./registry.ts";
import { routesOf } from "./rules.ts";
import { isVisible, serviceSeen } from "./visible.ts";

/** A port of a Service that a waypoint stands in front of. */
export interface WaypointPort {
  readonly host: string;
  readonly namespace: string; // of the Service
  readonly port: number;
}

/**
 * The routes of a waypoint for one port of a Service: those of all objects of the Service's or the waypoint's namespace, one after
 * the other; without any the Service itself. Follows istio/istio:pilot/pkg/networking/core/listener_waypoint.go
 * buildWaypointInboundHTTPRouteConfig (ctx:2.8).
 */
export function waypointRoutes(
  mesh: Mesh,
  proxy: Proxy,
  { host, namespace, port }: WaypointPort,
): readonly VirtualHost[] {
  const audience = {
    proxy,
    port,
    gateway: "mesh",
    encrypted: false,
    ambient: true as const,
    lookUp: lookUpIn(mesh, proxy),
  };
  const objects = objectsFor(mesh, proxy, host, namespace);
  const counting = behaves(mesh.release, "waypoint-routes-of-several")
    ? objects
    : objects.filter(({ http }) => http.length > 0).slice(0, 1);
  const routes = counting.flatMap((object) => routesOf(object, audience));
  const name = `inbound|http|${port}`;
  const own = routes.length === 0 ? [itself(mesh, { host, namespace, port })] : routes;
  return [{ name, domains: domainsOf(mesh, host, namespace), routes: own }];
}

/** Any host, but for a host that stands for many. `listener_waypoint.go`, buildRouteVHostDomains */
function domainsOf(mesh: Mesh, host: string, namespace: string): readonly string[] {
  const service = registry(mesh).find((each) => each.host === host && each.namespace === namespace);
  return service?.resolution === "dynamic-dns" ? [host.toLowerCase()] : ["*"];
}

/** Where the bytes of a port go: by a rule for TLS of the Service's own name before one for TCP. `listener_waypoint.go`, getWaypointTCPRoutes */
export function waypointTcpRoutes(
  mesh: Mesh,
  proxy: Proxy,
  { host, namespace, port }: WaypointPort,
): readonly RouteDestination[] {
  const objects = objectsFor(mesh, proxy, host, namespace);
  const leading = { port, lookUp: lookUpIn(mesh, proxy) };
  for (const kind of ["tls", "tcp"] as const)
    for (const object of objects) {
      const rule = object[kind].find((each) =>
        isFor(each, kind === "tls" ? host : undefined, port),
      );
      if (rule) return destinationsOf(rule.fields, leading);
    }
  return [{ host, port, weight: 1 }];
}

function objectsFor(
  mesh: Mesh,
  proxy: Proxy,
  host: string,
  namespace: string,
): readonly RouteObject[] {
  return meshObjects(mesh, proxy.namespace).filter(
    (object) =>
      (object.namespace === proxy.namespace || object.namespace === namespace) &&
      object.hosts.some((each) => hostsMeet(each, host)),
  );
}

function lookUpIn(mesh: Mesh, { namespace }: Proxy): (host: string) => RegistryService | undefined {
  return (host) => {
    const found = serviceSeen(mesh, namespace, namespace, host);
    return found && isVisible(found, namespace, mesh) ? found : undefined;
  };
}

/** The caller's labels and namespace are not known to a waypoint: a match that asks for them is for nobody. */
function isFor({ fields }: RouteRule, sni: string | undefined, port: number): boolean {
  const matches = listOf(fields["match"]).map(fieldsOf);
  return matches.length === 0 || matches.some((match) => isMatch(match, sni, port));
}

function isMatch(match: Fields, sni: string | undefined, port: number): boolean {
  const [only, ...more] = textsOf(match["sniHosts"]) ?? [];
  const wanted = numberOf(match["port"]) ?? 0;
  const isAnyone =
    Object.keys(fieldsOf(match["sourceLabels"])).length === 0 &&
    (match["sourceNamespace"] ?? "") === "";
  return (
    isAnyone &&
    (sni === undefined || (only === sni && more.length === 0)) &&
    (textsOf(match["gateways"])?.includes("mesh") ?? true) &&
    (wanted === 0 || wanted === port)
  );
}

function itself(mesh: Mesh, { host, namespace, port }: WaypointPort): Route {
  const resource = registry(mesh).find((each) => each.host === host && each.namespace === namespace)
    ?.object ?? { kind: "Service", namespace, name: host };
  const destinations = [{ host, port, weight: 1 }];
  return {
    at: { resource, path: [] },
    name: "default",
    when: [],
    action: { kind: "forward", operation: `${host}:${port}/*`, destinations },
  };
}
