import { hostsMeet } from "../../match/host.ts";
import type { Mesh } from "../../model/mesh.ts";
import type { Proxy, Route, VirtualHost } from "../../model/program.ts";
import type { RouteDestination } from "../../model/route.ts";
import { clusterOf } from "./destination.ts";
import type { RouteObject } from "./object.ts";
import type { RegistryService } from "./registry.ts";
import { routesOf } from "./rules.ts";
import { type EgressListener, type SidecarScope, sidecarScope } from "./scope.ts";
import { domainsOf } from "./service-domains.ts";
import { mostSpecific } from "./wildcard-objects.ts";

/** An outbound listener that speaks HTTP. `host`: of the service that alone is reached there, where the protocol is detected. */
export interface OutboundListener {
  readonly port: number;
  readonly host?: string;
}

/** Some virtual hosts with the same routes. */
interface Wrapper {
  readonly services: readonly RegistryService[];
  readonly hosts: readonly string[]; // that are no service
  readonly routes: readonly Route[];
}

/**
 * The routes of a sidecar's outbound side for one port: a virtual host for each host of the VirtualServices and each service, and one
 * for everything else. Follows istio/istio:pilot/pkg/networking/core/httproute.go buildSidecarOutboundHTTPRouteConfig.
 */
export function outboundRoutes(
  mesh: Mesh,
  proxy: Proxy,
  { port, host }: OutboundListener,
): readonly VirtualHost[] {
  const scope = sidecarScope(mesh, proxy);
  const listener = egressFor(scope, port);
  const hosts = listener === undefined ? [] : virtualHosts(listener, port, proxy);
  if (host === undefined) return [...hosts, everythingElse(scope, port)];
  const own = hosts.filter(({ domains }) => domains.includes(host.toLowerCase()));
  const [only, ...more] = own;
  return only && more.length === 0 ? [{ ...only, domains: ["*"] }] : own;
}

/** The egress entry of a Sidecar for a port. `istio/istio:pilot/pkg/model/sidecar.go`, GetEgressListenerForRDS */
export function egressFor({ listeners }: SidecarScope, port: number): EgressListener | undefined {
  return listeners.find((listener) => listener.port === undefined || listener.port === port);
}

function virtualHosts(
  listener: EgressListener,
  port: number,
  proxy: Proxy,
): readonly VirtualHost[] {
  const services = servicesOn(listener, port);
  const wrappers = wrappersOf(listener, services, port, proxy);
  const known = new Set(wrappers.flatMap((each) => each.services.map(({ host }) => host)));
  const names = new Set<string>();
  const taken = new Set<string>();
  const made: VirtualHost[] = [];
  for (const { hosts, services: own, routes } of wrappers)
    for (const [host, all, alternatives] of [
      ...hosts.map((each) => [each.toLowerCase(), [each.toLowerCase()], []] as const),
      ...own.map((service) => domainsOf(service, proxy.namespace)),
    ]) {
      const name = `${host}:${port}`;
      if (names.has(name)) continue;
      names.add(name);
      const domains = all.filter(
        (each) =>
          !taken.has(each.toLowerCase()) && !(alternatives.includes(each) && known.has(each)),
      );
      for (const each of domains) taken.add(each.toLowerCase());
      if (domains.length > 0)
        made.push({
          name,
          domains: [...new Set(domains.map((each) => each.toLowerCase()))],
          routes,
        });
    }
  return made;
}

/** The services that have a port, by their hosts; of several entries for one host the last. */
function servicesOn(
  { services }: EgressListener,
  wanted: number,
): ReadonlyMap<string, RegistryService> {
  const found = new Map<string, RegistryService>();
  for (const service of services) {
    const port = service.ports.find((each) => each.port === wanted && each.protocol !== "udp");
    const host = service.host.toLowerCase();
    if (port) found.set(host, { ...service, host, ports: [port] });
  }
  return found;
}

/** `istio/istio:pilot/pkg/networking/core/route/route.go`, BuildSidecarVirtualHostWrapper */
function wrappersOf(
  listener: EgressListener,
  services: ReadonlyMap<string, RegistryService>,
  port: number,
  proxy: Proxy,
): readonly Wrapper[] {
  const best = mostSpecific(listener);
  const objects =
    port === 80 ? listener.objects : listener.objects.filter((object) => leads(object, services));
  const routed = objects.flatMap((object) => {
    const lookUp = (host: string): RegistryService | undefined => services.get(host);
    const routes = routesOf(object, { proxy, port, gateway: "mesh", encrypted: false, lookUp });
    return routes.length === 0 ? [] : wrapperOf(object, routes, { services, port, proxy, best });
  });
  const done = new Set(routed.flatMap((wrapper) => wrapper.services.map(({ host }) => host)));
  const left = [...services.values()].filter(
    (service) => !done.has(service.host) && service.alias === undefined && isHttp(service),
  );
  return [
    ...routed,
    ...left.map((service) => ({
      services: [service],
      hosts: [],
      routes: [defaultRoute(service, port)],
    })),
  ];
}

function isHttp({ ports }: RegistryService): boolean {
  return ports.some(({ protocol }) => protocol === "http" || protocol === "auto");
}

/** Whether an object has to do with a service of the port. `httproute.go`, selectVirtualServices */
function leads({ hosts }: RouteObject, services: ReadonlyMap<string, RegistryService>): boolean {
  return hosts.some((each) => {
    const host = each.toLowerCase();
    if (services.has(host)) return true;
    return [...services.keys()].some(
      (known) => (host.startsWith("*") || known.startsWith("*")) && hostsMeet(host, known),
    );
  });
}

interface Wrapping {
  readonly services: ReadonlyMap<string, RegistryService>;
  readonly port: number;
  readonly proxy: Proxy;
  readonly best: ReadonlyMap<string, RouteObject>;
}

/** `route.go`, buildSidecarVirtualHostsForVirtualService: a port 80 needs no service. */
function wrapperOf(
  object: RouteObject,
  routes: readonly Route[],
  { services, port, proxy, best }: Wrapping,
): readonly Wrapper[] {
  const exact = object.hosts.filter((host) => !host.startsWith("*"));
  const wild = object.hosts.filter((host) => host.startsWith("*"));
  const matching = [
    ...exact.flatMap((host) => services.get(host.toLowerCase()) ?? []),
    ...(object.segments ? [] : wild).flatMap((host) =>
      [...services.values()].filter(
        (service) =>
          hostsMeet(service.host, host.toLowerCase()) && best.get(service.host) === object,
      ),
    ),
  ];
  const others = [
    ...exact.filter((host) => !services.has(host.toLowerCase())),
    ...wild.filter(
      (host) =>
        object.segments ||
        ![...services.keys()].some((known) => hostsMeet(known, host.toLowerCase())),
    ),
  ];
  const isForeign =
    object.segments &&
    proxy.namespace !== object.namespace &&
    matching.every(({ namespace }) => namespace !== object.namespace);
  if (isForeign || (object.segments && matching.length === 0)) return [];
  const http = matching.filter(isHttp);
  return http.length === 0 && port !== 80 ? [] : [{ services: http, hosts: others, routes }];
}

function defaultRoute({ host, object }: RegistryService, port: number): Route {
  return {
    at: { resource: object, path: [] },
    name: "default",
    when: [],
    action: {
      kind: "forward",
      operation: `${host}:${port}/*`,
      destinations: [{ host, port, weight: 1 }],
    },
  };
}

/** `httproute.go`, buildCatchAllVirtualHost */
export function everythingElse(
  { registryOnly, resolvesHosts, egressProxy, sidecar }: SidecarScope,
  port: number,
): VirtualHost {
  const name = registryOnly ? "block_all" : "allow_any";
  const resource = sidecar ?? { kind: "MeshConfig", namespace: "", name: "" };
  const to: RouteDestination =
    egressProxy === undefined
      ? { host: "PassthroughCluster", weight: 1 }
      : { ...clusterOf(egressProxy, { lookUp: () => undefined, port }), weight: 1 };
  const onward: Route["action"] = resolvesHosts
    ? { kind: "unknown", what: "where DNS leads a Host that nothing names (ALLOW_ANY_DYNAMIC_DNS)" }
    : { kind: "forward", destinations: [to] };
  const action: Route["action"] = registryOnly
    ? { kind: "respond", status: 502, body: "", details: "direct_response" }
    : onward;
  return {
    name,
    domains: ["*"],
    routes: [{ at: { resource, path: ["spec", "outboundTrafficPolicy"] }, name, when: [], action }],
  };
}
