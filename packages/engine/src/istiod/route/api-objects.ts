import type { Other } from "../../model/kubernetes.ts";
import type { Mesh } from "../../model/mesh.ts";
import { compareBytes } from "../../model/place.ts";
import { fieldsOf, listOf, textOf } from "../../parse/decode.ts";
import type { Fields } from "../../parse/objects.ts";
import { behaves } from "../../release.ts";
import { oldestFirst } from "../listener/gateway-server.ts";
import { backendOf, type Converting } from "./api-backend.ts";
import { readKinds } from "./api-kinds.ts";
import type { RouteObject, RouteRule } from "./object.ts";

/** Unlike other objects, by namespace before name. `conversion.go`, sortRoutesByCreationTime */
function byAgeThenNamespace(a: Other, b: Other): number {
  if (a.createdAt !== b.createdAt) return oldestFirst(a, b);
  return compareBytes(a.key.namespace, b.key.namespace) || compareBytes(a.key.name, b.key.name);
}

/** The routes of the Gateway API that istiod reads, in their order. */
export function apiRouteObjects(mesh: Mesh): readonly Other[] {
  const kinds = readKinds(mesh);
  return mesh.inventory.others
    .filter(
      ({ key, apiVersion }) =>
        kinds.includes(key.kind) && apiVersion.startsWith("gateway.networking.k8s.io/"),
    )
    .toSorted(byAgeThenNamespace);
}

/** When a route was made, as its object says it. */
export function created({ createdAt }: Other): Pick<RouteObject, "createdAt"> {
  return createdAt === undefined ? {} : { createdAt };
}

/** What one route says for one host of one parent. `by`: what is put together with it. */
export interface Part {
  readonly object: RouteObject;
  readonly kind: string;
  readonly by: string;
}

/**
 * The parts for one host of one parent as one object, in the order in which the Gateway API wants rules to be tried.
 * Follows istio/istio:pilot/pkg/config/kube/gateway/route_collections.go mergeHTTPRoutes.
 */
export function mergedObjects(parts: readonly Part[], { release }: Mesh): readonly RouteObject[] {
  const together = behaves(release, "http-and-grpc-routes-together");
  const merged = new Map<string, RouteObject>();
  for (const { object, kind, by } of parts) {
    const key = `${together && kind === "GRPCRoute" ? "HTTPRoute" : kind} ${by}`;
    const earlier = merged.get(key);
    const http = earlier ? [...earlier.http, ...object.http] : object.http;
    const tcp = earlier ? [...earlier.tcp, ...object.tcp] : object.tcp;
    const tls = earlier ? [...earlier.tls, ...object.tls] : object.tls;
    merged.set(key, { ...(earlier ?? object), http, tcp, tls });
  }
  return [...merged.values()].map((object) => ({ ...object, http: sorted(object.http) }));
}

/** Where a rule leads of which no backend has a weight: to a cluster that is not there. `conversion.go`, convertTCPRoute */
const nowhere: Fields = {
  destination: { host: "internal.cluster.local", subset: "zero-weight", port: { number: 65535 } },
  missing: true,
};

/** The rules of a TLSRoute: one that leads nowhere is for no server name. `conversion.go`, convertTLSRoute */
export function tlsRules(
  route: Other,
  converting: Converting,
  sniHosts: readonly string[],
): readonly RouteRule[] {
  return streamRules(route, converting).map((rule) => {
    const isNowhere = listOf(rule.fields["route"])[0] === nowhere;
    return { ...rule, fields: { ...rule.fields, match: isNowhere ? [] : [{ sniHosts }] } };
  });
}

/** The rules of a TCPRoute or TLSRoute. */
export function streamRules({ key, body }: Other, converting: Converting): readonly RouteRule[] {
  return listOf(fieldsOf(body["spec"])["rules"]).map((rule, index) => {
    const backends = listOf(fieldsOf(rule)["backendRefs"])
      .map(fieldsOf)
      .filter(({ weight = 1 }) => weight !== 0);
    const route = backends.map((each) => backendOf(each, key, { ...converting, forBytes: true }));
    return {
      at: { resource: key, path: ["spec", "rules", index] },
      rule: key,
      fields: { route: route.length === 0 ? [nowhere] : route },
    };
  });
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
