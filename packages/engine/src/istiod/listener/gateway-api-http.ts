import { findService } from "../../kubernetes/service.ts";
import type { Other } from "../../model/kubernetes.ts";
import type { Mesh } from "../../model/mesh.ts";
import { fieldsOf, listOf, numberOf, present, textOf } from "../../parse/decode.ts";
import type { Fields } from "../../parse/objects.ts";
import { apiGroup } from "./gateway-api.ts";
import type { RouteRule } from "./gateway-route-object.ts";

/**
 * The rules of an HTTPRoute or GRPCRoute as those of a VirtualService, each with one match.
 * Follows istio/istio:pilot/pkg/config/kube/gateway/conversion.go convertHTTPRoute, convertGRPCRoute.
 */
export function httpRules({ key, body }: Other, mesh: Mesh): readonly RouteRule[] {
  return listOf(fieldsOf(body["spec"])["rules"]).flatMap((item, index) => {
    const rule = fieldsOf(item);
    const at = { resource: key, path: ["spec", "rules", index] };
    const action = actionOf(rule, key.namespace, key.kind, mesh);
    const matches = listOf(rule["matches"]).map(fieldsOf);
    if (matches.length === 0) return [{ at, fields: action }];
    return matches.map((match) => ({
      at,
      fields: {
        ...action,
        match: [key.kind === "GRPCRoute" ? grpcMatch(match) : httpMatch(match)],
      },
    }));
  });
}

function httpMatch(match: Fields): Fields {
  const { type = "PathPrefix", value = "/" } = fieldsOf(match["path"]);
  const path = String(value);
  const bare = path === "/" ? path : path.replace(/\/$/, "");
  const uri = { PathPrefix: { prefix: bare }, Exact: { exact: path } }[String(type)];
  const method = textOf(match["method"]);
  return present({
    uri: uri ?? { regex: path },
    headers: pairs(match["headers"]),
    queryParams: pairs(match["queryParams"]),
    method: method === undefined ? undefined : { exact: method },
  });
}

/** Of several with one name the last counts. */
function pairs(value: unknown): Fields | undefined {
  const list = listOf(value).map(fieldsOf);
  if (list.length === 0) return undefined;
  return Object.fromEntries(
    list.map((each) => [
      textOf(each["name"]) ?? "",
      { [each["type"] === "RegularExpression" ? "regex" : "exact"]: each["value"] },
    ]),
  );
}

function grpcMatch(match: Fields): Fields {
  const headers = pairs(match["headers"]);
  const uri = match["method"] === undefined ? undefined : grpcPath(fieldsOf(match["method"]));
  return present({ uri, headers });
}

function grpcPath({ type, service, method }: Fields): Fields {
  const isRegex = type === "RegularExpression";
  if (method === undefined)
    return isRegex ? { regex: `/${service}/.+` } : { prefix: `/${service}/` };
  if (service === undefined) return { regex: `/[^/]+/${method}` };
  return { [isRegex ? "regex" : "exact"]: `/${service}/${method}` };
}

function actionOf(rule: Fields, namespace: string, kind: string, mesh: Mesh): Fields {
  const filters = listOf(rule["filters"]).map(fieldsOf);
  const filter = (type: string, field: string): Fields | undefined => {
    const found = filters.findLast((each) => each["type"] === type);
    return found && fieldsOf(found[field]);
  };
  const redirect = filter("RequestRedirect", "requestRedirect");
  const rewrite = filter("URLRewrite", "urlRewrite");
  const cors = filter("CORS", "cors");
  const headers = filter("RequestHeaderModifier", "requestHeaderModifier");
  const backends = listOf(rule["backendRefs"])
    .map(fieldsOf)
    .filter(({ weight = 1 }) => weight !== 0);
  return present({
    redirect: redirect && redirectOf(redirect),
    rewrite,
    corsPolicy: cors,
    headers: headers && { request: headers },
    directResponse: backends.length === 0 && !redirect ? { status: 500 } : undefined,
    route: backends.map((backend) => destination(backend, namespace, kind, mesh)),
  });
}

/** What is not stated comes from the request, its port too, unless the scheme is stated. */
function redirectOf(filter: Fields): Fields {
  const path = fieldsOf(filter["path"]);
  const port = numberOf(filter["port"]);
  const derived = filter["scheme"] === undefined ? "FROM_REQUEST_PORT" : "FROM_PROTOCOL_DEFAULT";
  return present({
    redirectCode: numberOf(filter["statusCode"]),
    authority: textOf(filter["hostname"]),
    scheme: textOf(filter["scheme"]),
    port,
    derivePort: port === undefined ? derived : undefined,
    uri: textOf(path["replaceFullPath"]),
    prefixRewrite: textOf(path["replacePrefixMatch"]),
  });
}

/** A Service of another namespace needs a ReferenceGrant there; without one, requests are answered with 500. */
function destination(backend: Fields, namespace: string, kind: string, mesh: Mesh): Fields {
  const { group = "", kind: of = "Service", name } = backend;
  const space = textOf(backend["namespace"]) ?? namespace;
  const changes = listOf(backend["filters"]).length > 0 ? { headers: { request: {} } } : {};
  const isService = group === "" && of === "Service";
  const isGranted =
    space === namespace ||
    grants(mesh, { kind, namespace }, { of: String(of), space, name: String(name) });
  const isMissing =
    isService &&
    mesh.inventory.complete === true &&
    findService(mesh.inventory, space, String(name)) === undefined;
  if (!isGranted || isMissing) return { destination: {}, missing: true, ...changes };
  const host = isService ? `${name}.${space}.svc.cluster.local` : String(name);
  return { destination: { host, port: { number: backend["port"] } }, ...changes };
}

function grants(
  { inventory }: Mesh,
  from: { readonly kind: string; readonly namespace: string },
  to: { readonly of: string; readonly space: string; readonly name: string },
): boolean {
  return inventory.others
    .filter(({ key }) => key.kind === "ReferenceGrant" && key.namespace === to.space)
    .some(({ body }) => {
      const spec = fieldsOf(body["spec"]);
      const isFrom = ({ group, kind, namespace }: Fields): boolean =>
        group === apiGroup && kind === from.kind && namespace === from.namespace;
      const isTo = ({ kind, name }: Fields): boolean =>
        kind === to.of && (name === undefined || name === to.name);
      return (
        listOf(spec["from"]).map(fieldsOf).some(isFrom) &&
        listOf(spec["to"]).map(fieldsOf).some(isTo)
      );
    });
}
