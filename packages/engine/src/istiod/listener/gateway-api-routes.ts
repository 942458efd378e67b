import { gatewayApi } from "../../kubernetes/gateway-class.ts";
import { commonHosts, hostsMeet, isSubset } from "../../match/host.ts";
import type { Other } from "../../model/kubernetes.ts";
import type { Mesh } from "../../model/mesh.ts";
import { fieldsOf, listOf, textOf, textsOf } from "../../parse/decode.ts";
import type { Fields } from "../../parse/objects.ts";
import { httpRules } from "../route/api-http.ts";
import { apiRouteObjects, created, mergedObjects, streamRules } from "../route/api-objects.ts";
import { eldestFirst, type RouteObject, type RouteRule } from "../route/object.ts";
import type { ApiListener } from "./gateway-api.ts";

/**
 * The routes that attach to some listeners, in the words of VirtualServices: one for each listener and host, those of several routes
 * put together, by the age of the eldest. Follows istio/istio:pilot/pkg/config/kube/gateway/route_collections.go.
 */
export function apiRoutes(mesh: Mesh, listeners: readonly ApiListener[]): readonly RouteObject[] {
  return mergedObjects(
    apiRouteObjects(mesh).flatMap((route) =>
      listeners
        .filter((each) => attaches(route, each))
        .flatMap((listener) =>
          objectsFor(route, listener, listeners, mesh).map((object) => ({
            object,
            kind: route.key.kind,
            by: `${listener.server.gateway}/${object.hosts[0]}`,
          })),
        ),
    ),
    mesh,
  ).toSorted(eldestFirst);
}

/** The reference names the listener, and the listener takes this kind of route, its hosts and its namespace. */
function attaches({ key, body }: Other, listener: ApiListener): boolean {
  const spec = fieldsOf(body["spec"]);
  if (!listener.kinds.includes(key.kind)) return false;
  const refers = listOf(spec["parentRefs"])
    .map(fieldsOf)
    .some((ref) => isParent(ref, key.namespace, listener));
  const hosts = textsOf(spec["hostnames"]) ?? ["*"];
  return (
    refers &&
    listener.server.hosts.some((host) => {
      const [space, name] = host.includes("/") ? host.split("/") : ["*", host];
      const isAllowed = space === "*" || space === key.namespace;
      return isAllowed && hosts.some((own) => hostsMeet(name ?? "", own));
    })
  );
}

function isParent(
  ref: Fields,
  namespace: string,
  { parent, section, server }: ApiListener,
): boolean {
  const { group = gatewayApi, kind = "Gateway", sectionName = section, port = server.port } = ref;
  return (
    group === gatewayApi &&
    kind === "Gateway" &&
    ref["name"] === parent.name &&
    (textOf(ref["namespace"]) ?? namespace) === parent.namespace &&
    (sectionName || section) === section &&
    port === server.port
  );
}

function objectsFor(
  route: Other,
  listener: ApiListener,
  listeners: readonly ApiListener[],
  mesh: Mesh,
): readonly RouteObject[] {
  const { key, body } = route;
  const spec = fieldsOf(body["spec"]);
  const { gateway } = listener.server;
  const shared = { key, ...created(route), namespace: key.namespace, gateways: [gateway] };
  const named = (host: string): RouteObject => ({
    ...{ ...shared, exportTo: ["*"], http: [], tcp: [], tls: [] },
    name: `${gateway}/${host}`.replaceAll("/", "~"),
    hosts: [host],
    segments: true,
  });
  const converting = { mesh, forMesh: false };
  if (key.kind === "TCPRoute") return [{ ...named("*"), tcp: streamRules(route, converting) }];
  const stated = textsOf(spec["hostnames"]) ?? ["*"];
  if (key.kind === "TLSRoute") {
    const hosts = listener.hostname === "" ? stated : commonHosts(stated, [listener.hostname]);
    const tls = streamRules(route, converting).map((rule) => ({
      ...rule,
      fields: { ...rule.fields, match: [{ sniHosts: hosts }] },
    }));
    return hosts.map((host) => ({ ...named(host), tls, tcp: tls.map(withoutMatch) }));
  }
  return stated
    .filter((host) => isNotTaken(host, listener, listeners))
    .map((host) => ({ ...named(host), http: httpRules(route, converting) }));
}

/** TLS that ends here goes on by what a TLSRoute says, too. */
function withoutMatch({ fields: { match: _match, ...fields }, ...rule }: RouteRule): RouteRule {
  return { ...rule, fields };
}

/** A host that another listener of the port names more exactly is that one's alone. `conversion.go`, hostnameAllowedByIsolation */
function isNotTaken(host: string, own: ApiListener, listeners: readonly ApiListener[]): boolean {
  const { hostname, parent, protocol, server } = own;
  if (hostname !== "" && !hostname.startsWith("*")) return true;
  if (hostname !== "" && !hostsMeet(host, hostname)) return false;
  return !listeners.some(
    (other) =>
      other !== own &&
      other.parent.name === parent.name &&
      other.parent.namespace === parent.namespace &&
      other.server.port === server.port &&
      other.protocol === protocol &&
      other.hostname !== hostname &&
      hostname.length <= other.hostname.length &&
      isSubset(host, other.hostname),
  );
}
