import type { Other } from "../../model/kubernetes.ts";
import type { Mesh } from "../../model/mesh.ts";
import { compareBytes, type Place, type ResourceKey } from "../../model/place.ts";
import { fieldsOf, listOf, textsOf } from "../../parse/decode.ts";
import type { Fields } from "../../parse/objects.ts";
import { oldestFirst } from "../listener/gateway-server.ts";
import { delegated } from "./delegate.ts";
import { fullHost, gatewayName, withFullNames } from "./short-names.ts";

/** What binds routes to gateways: a VirtualService, or a route of the Gateway API in its words. */
export interface RouteObject {
  readonly key: ResourceKey;
  readonly namespace: string;
  readonly name: string;
  readonly createdAt?: number;
  readonly hosts: readonly string[];
  readonly gateways: readonly string[]; // "mesh", or namespace/name, as `Server.gateway`
  readonly exportTo: readonly string[]; // namespaces, or "*", or "~"
  readonly http: readonly RouteRule[];
  readonly tcp: readonly RouteRule[];
  readonly tls: readonly RouteRule[];
  readonly segments?: true; // of the Gateway API: a prefix of a path ends where a segment ends
}

/** One rule, its hosts and gateways by their full names. */
export interface RouteRule {
  readonly at: Place;
  readonly rule: ResourceKey; // the object that binds it: of a delegate, the one that delegates
  readonly fields: Fields;
}

/** The VirtualServices that a proxy of a namespace sees: private ones, those exported to it, public ones; each the oldest first. */
export function virtualServices(mesh: Mesh, namespace: string): readonly RouteObject[] {
  return visibleObjects(allVirtualServices(mesh), namespace);
}

/**
 * Of objects by age those that a namespace sees; on each level its own of the Gateway API come first, so that who calls can override
 * what the owner says. `istio/istio:pilot/pkg/model/push_context.go`, initVirtualServices; `virtualservice.go`, SelectVirtualServices
 */
export function visibleObjects(
  objects: readonly RouteObject[],
  namespace: string,
): readonly RouteObject[] {
  const levels = objects.map((object) => ({ object, level: levelOf(object, namespace) }));
  return (["private", "exported", "public"] as const).flatMap((wanted) => {
    const found = levels.filter(({ level }) => level === wanted).map(({ object }) => object);
    const isOwn = (object: RouteObject): boolean =>
      object.segments === true && object.namespace === namespace;
    return [...found.filter(isOwn), ...found.filter((object) => !isOwn(object))];
  });
}

function levelOf(
  { namespace: own, exportTo }: RouteObject,
  namespace: string,
): "private" | "exported" | "public" | undefined {
  if (exportTo.includes("*")) return "public";
  if (exportTo.includes("~") || !exportTo.includes(namespace)) return undefined;
  return namespace === own ? "private" : "exported";
}

/** Objects by age, those of one second by name. `istio/istio:pilot/pkg/model/config.go`, sortConfigByCreationTime */
export function eldestFirst(a: RouteObject, b: RouteObject): number {
  return (
    (a.createdAt ?? Number.MAX_VALUE) - (b.createdAt ?? Number.MAX_VALUE) ||
    compareBytes(a.name, b.name) ||
    compareBytes(a.namespace, b.namespace)
  );
}

const known = new WeakMap<Mesh, readonly RouteObject[]>();

/** Every VirtualService with hosts, by age, its delegates put in. */
export function allVirtualServices(mesh: Mesh): readonly RouteObject[] {
  const before = known.get(mesh);
  if (before) return before;
  const objects = mesh.inventory.others.filter(isVirtualService).toSorted(oldestFirst);
  const made = objects
    .map((object) => routeObject(object, objects, mesh))
    .filter(({ hosts }) => hosts.length > 0);
  known.set(mesh, made);
  return made;
}

function isVirtualService({ key, apiVersion }: Other): boolean {
  return key.kind === "VirtualService" && apiVersion.startsWith("networking.istio.io/");
}

/** To whom an object is exported: a dot is its own namespace. */
export function exportedTo(
  stated: readonly string[] | undefined,
  namespace: string,
  { config }: Mesh,
): readonly string[] {
  const spaces = stated ?? textsOf(config["defaultVirtualServiceExportTo"]) ?? ["*"];
  return spaces.map((each) => (each === "." ? namespace : each));
}

function routeObject(
  { key, body, createdAt }: Other,
  all: readonly Other[],
  mesh: Mesh,
): RouteObject {
  const spec = fieldsOf(body["spec"]);
  const { namespace, name } = key;
  return {
    key,
    namespace,
    name,
    ...(createdAt === undefined ? {} : { createdAt }),
    hosts: (textsOf(spec["hosts"]) ?? []).map((host) => fullHost(host, namespace)),
    gateways: (textsOf(spec["gateways"]) ?? ["mesh"]).map((each) => gatewayName(each, namespace)),
    exportTo: exportedTo(textsOf(spec["exportTo"]), namespace, mesh),
    http: rulesOf(key, spec, "http").flatMap((rule) => withDelegate(rule, all, mesh)),
    tcp: rulesOf(key, spec, "tcp"),
    tls: rulesOf(key, spec, "tls"),
  };
}

function rulesOf(key: ResourceKey, spec: Fields, field: string): readonly RouteRule[] {
  return listOf(spec[field]).map((rule, index) => ({
    at: { resource: key, path: ["spec", field, index] },
    rule: key,
    fields: withFullNames(fieldsOf(rule), key.namespace),
  }));
}

/** The rules of the VirtualService that a rule delegates to: one without hosts, that the namespace sees. Otherwise the rule is lost. */
function withDelegate(root: RouteRule, all: readonly Other[], mesh: Mesh): readonly RouteRule[] {
  const { delegate, ...fields } = root.fields;
  if (delegate === undefined) return [root];
  const { namespace } = root.rule;
  const { name, namespace: space = namespace } = fieldsOf(delegate);
  const found = all.find(({ key }) => key.name === name && key.namespace === (space || namespace));
  if (found === undefined) return [];
  const spec = fieldsOf(found.body["spec"]);
  const exportTo = exportedTo(textsOf(spec["exportTo"]), found.key.namespace, mesh);
  const isSeen = exportTo.includes("*") || exportTo.includes(namespace);
  if (textsOf(spec["hosts"]) !== undefined || !isSeen) return [];
  return rulesOf(found.key, spec, "http").flatMap((rule) => {
    const merged = delegated(fields, rule.fields);
    return merged === undefined ? [] : [{ ...rule, rule: root.rule, fields: merged }];
  });
}
