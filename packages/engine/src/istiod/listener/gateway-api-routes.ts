import type { Other } from "../../model/kubernetes.ts";
import type { Mesh } from "../../model/mesh.ts";
import { compareBytes } from "../../model/place.ts";
import { fieldsOf, listOf, textOf, textsOf } from "../../parse/decode.ts";
import type { Fields } from "../../parse/objects.ts";
import { type ApiListener, apiGroup } from "./gateway-api.ts";
import { httpRules } from "./gateway-api-http.ts";
import { commonHosts, hostsMeet, isSubset } from "./gateway-host.ts";
import type { RouteObject, RouteRule } from "./gateway-route-object.ts";
import { oldestFirst } from "./gateway-server.ts";

const routeKinds: ReadonlySet<string> = new Set(["HTTPRoute", "GRPCRoute", "TCPRoute", "TLSRoute"]);

/**
 * The routes that attach to some listeners, in the words of VirtualServices: one for each listener and host, those of several routes
 * put together. Follows istio/istio:pilot/pkg/config/kube/gateway/route_collections.go.
 */
export function apiRoutes(mesh: Mesh, listeners: readonly ApiListener[]): readonly RouteObject[] {
  const routes = mesh.inventory.others
    .filter(
      ({ key, apiVersion }) => routeKinds.has(key.kind) && apiVersion.startsWith(`${apiGroup}/`),
    )
    .toSorted(byAgeThenNamespace);
  const merged = new Map<string, RouteObject>();
  for (const route of routes)
    for (const listener of listeners.filter((each) => attaches(route, each)))
      for (const object of objectsFor(route, listener, listeners, mesh)) {
        const key = `${route.key.kind} ${listener.server.gateway}/${object.hosts[0]}`;
        const earlier = merged.get(key);
        merged.set(key, earlier ? joined(earlier, object) : object);
      }
  return [...merged.values()].map((object) => ({ ...object, http: sorted(object.http) }));
}

/** Unlike other objects, by namespace before name. */
function byAgeThenNamespace(a: Other, b: Other): number {
  if (a.createdAt !== b.createdAt) return oldestFirst(a, b);
  return compareBytes(a.key.namespace, b.key.namespace) || compareBytes(a.key.name, b.key.name);
}

function joined(earlier: RouteObject, later: RouteObject): RouteObject {
  return {
    ...earlier,
    http: [...earlier.http, ...later.http],
    tcp: [...earlier.tcp, ...later.tcp],
    tls: [...earlier.tls, ...later.tls],
  };
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
  const { group = apiGroup, kind = "Gateway", sectionName = section, port = server.port } = ref;
  return (
    group === apiGroup &&
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
  const shared = { namespace: key.namespace, gateways: [gateway], http: [], tcp: [], tls: [] };
  const named = (host: string): RouteObject => ({
    ...shared,
    name: `${gateway}/${host}`.replaceAll("/", "~"),
    hosts: [host],
    segments: true,
  });
  if (key.kind === "TCPRoute") return [{ ...named("*"), tcp: streamRules(route) }];
  const stated = textsOf(spec["hostnames"]) ?? ["*"];
  if (key.kind === "TLSRoute") {
    const hosts = listener.hostname === "" ? stated : commonHosts(stated, [listener.hostname]);
    const tls = streamRules(route).map(({ at, fields }) => ({
      at,
      fields: { ...fields, match: [{ sniHosts: hosts }] },
    }));
    return hosts.map((host) => ({ ...named(host), tls, tcp: tls.map(withoutMatch) }));
  }
  return stated
    .filter((host) => isNotTaken(host, listener, listeners))
    .map((host) => ({ ...named(host), http: httpRules(route, mesh) }));
}

/** TLS that ends here goes on by what a TLSRoute says, too. */
function withoutMatch({ at, fields: { match: _match, ...fields } }: RouteRule): RouteRule {
  return { at, fields };
}

function streamRules({ key, body }: Other): readonly RouteRule[] {
  return listOf(fieldsOf(body["spec"])["rules"]).map((rule, index) => ({
    at: { resource: key, path: ["spec", "rules", index] },
    fields: {
      route:
        listOf(fieldsOf(rule)["backendRefs"]).length === 0
          ? [{}]
          : listOf(fieldsOf(rule)["backendRefs"]),
    },
  }));
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

/** Exact paths before prefixes before expressions, longer ones first; then by method, headers, query. `conversion.go`, sortHTTPRoutes */
function sorted(rules: readonly RouteRule[]): readonly RouteRule[] {
  return rules.toSorted((a, b) => {
    const [left, right] = [a, b].map(({ fields }) => listOf(fields["match"])[0]);
    if (left === undefined || right === undefined)
      return Number(left === undefined) - Number(right === undefined);
    const ranks = [left, right].map((match) => rankOf(fieldsOf(match)));
    const [first = [], second = []] = ranks;
    const at = first.findIndex((rank, index) => rank !== second[index]);
    return at < 0 ? 0 : (second[at] ?? 0) - (first[at] ?? 0);
  });
}

function rankOf(match: Fields): readonly number[] {
  const uri = fieldsOf(match["uri"]);
  const [exact, prefix, regex] = ["exact", "prefix", "regex"].map((key) => textOf(uri[key]));
  const kind = exact !== undefined ? 3 : prefix !== undefined ? 2 : regex !== undefined ? 1 : -1;
  return [
    kind,
    (exact ?? prefix ?? regex ?? "").length,
    Number(match["method"] !== undefined),
    Object.keys(fieldsOf(match["headers"])).length,
    Object.keys(fieldsOf(match["queryParams"])).length,
  ];
}
