import type { Other } from "../../model/kubernetes.ts";
import type { Mesh } from "../../model/mesh.ts";
import type { Place } from "../../model/place.ts";
import { fieldsOf, listOf, textsOf } from "../../parse/decode.ts";
import type { Fields } from "../../parse/objects.ts";
import { oldestFirst } from "./gateway-server.ts";

/** What binds routes to gateways: a VirtualService, or a route of the Gateway API in its words. */
export interface RouteObject {
  readonly namespace: string;
  readonly name: string;
  readonly hosts: readonly string[];
  readonly gateways: readonly string[]; // namespace/name, as `Server.gateway`
  readonly http: readonly RouteRule[];
  readonly tcp: readonly RouteRule[];
  readonly tls: readonly RouteRule[];
  readonly segments?: true; // a prefix of a path ends where a segment ends
}

export interface RouteRule {
  readonly at: Place;
  readonly fields: Fields;
}

/** The VirtualServices that a proxy of a namespace sees: private ones, those exported to it, public ones; each the oldest first. */
export function virtualServices(mesh: Mesh, namespace: string): readonly RouteObject[] {
  const levels = mesh.inventory.others
    .filter(isVirtualService)
    .toSorted(oldestFirst)
    .map((object) => ({ object, level: levelOf(object, namespace, mesh) }));
  return (["private", "exported", "public"] as const).flatMap((wanted) =>
    levels.filter(({ level }) => level === wanted).map(({ object }) => routeObject(object)),
  );
}

function isVirtualService({ key, apiVersion }: Other): boolean {
  return key.kind === "VirtualService" && apiVersion.startsWith("networking.istio.io/");
}

/** `istio/istio:pilot/pkg/model/push_context.go`, initVirtualServices */
function levelOf(
  { key, body }: Other,
  namespace: string,
  { config }: Mesh,
): "private" | "exported" | "public" | undefined {
  const stated = textsOf(fieldsOf(body["spec"])["exportTo"]) ??
    textsOf(config["defaultVirtualServiceExportTo"]) ?? ["*"];
  const exportTo = stated.map((each) => (each === "." ? key.namespace : each));
  if (exportTo.includes("*")) return "public";
  if (exportTo.includes("~") || !exportTo.includes(namespace)) return undefined;
  return namespace === key.namespace ? "private" : "exported";
}

function routeObject({ key, body }: Other): RouteObject {
  const spec = fieldsOf(body["spec"]);
  const rules = (field: string): readonly RouteRule[] =>
    listOf(spec[field]).map((rule, index) => ({
      at: { resource: key, path: ["spec", field, index] },
      fields: fieldsOf(rule),
    }));
  return {
    namespace: key.namespace,
    name: key.name,
    hosts: (textsOf(spec["hosts"]) ?? []).map((host) => fullHost(host, key.namespace)),
    gateways: (textsOf(spec["gateways"]) ?? []).map((name) => gatewayName(name, key.namespace)),
    http: rules("http"),
    tcp: rules("tcp"),
    tls: rules("tls"),
  };
}

/** A name without a dot is a Service of the namespace. `istio/istio:pilot/pkg/model/config.go`, ResolveShortnameToFQDN */
export function fullHost(host: string, namespace: string): string {
  if (host === "*" || host.includes(".") || host.includes(":")) return host;
  return `${host}.${namespace}.svc.cluster.local`;
}

/** `istio/istio:pilot/pkg/model/config.go`, resolveGatewayName */
export function gatewayName(name: string, namespace: string): string {
  if (name === "mesh") return name;
  if (name.startsWith("./")) return `${namespace}/${name.slice(2)}`;
  if (name.includes("/")) return name;
  const [short = "", space] = name.split(".");
  return `${space ?? namespace}/${short}`;
}
