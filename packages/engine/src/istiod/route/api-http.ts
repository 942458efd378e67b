import type { Other } from "../../model/kubernetes.ts";
import type { ResourceKey } from "../../model/place.ts";
import { fieldsOf, listOf, numberOf, present, textOf } from "../../parse/decode.ts";
import type { Fields } from "../../parse/objects.ts";
import { behaves } from "../../release.ts";
import { backendOf, type Converting, isUnnamed } from "./api-backend.ts";
import { corsOf, headersOf, redirectOf, rewriteOf } from "./api-filters.ts";
import { millisecondsOf } from "./duration.ts";
import type { RouteRule } from "./object.ts";

/**
 * The rules of an HTTPRoute or GRPCRoute as those of a VirtualService, each with one match. One that cannot be put so spoils them all.
 * Follows istio/istio:pilot/pkg/config/kube/gateway/conversion.go convertHTTPRoute, convertGRPCRoute.
 */
export function httpRules({ key, body }: Other, converting: Converting): readonly RouteRule[] {
  const rules = listOf(fieldsOf(body["spec"])["rules"]).map(fieldsOf);
  if (rules.some((rule) => isUnusable(rule) || isMirrorLost(rule, key, converting))) return [];
  return rules.flatMap((rule, index) => {
    const name = textOf(rule["name"]) ?? `${key.namespace}.${key.name}.${index}`;
    const made = {
      at: { resource: key, path: ["spec", "rules", index] },
      rule: key,
      fields: { name, ...actionOf(rule, key, converting) },
    };
    const matches = listOf(rule["matches"]).map(fieldsOf);
    if (matches.length === 0) return [made];
    return matches.map((match) => ({
      ...made,
      fields: {
        ...made.fields,
        match: [key.kind === "GRPCRoute" ? grpcMatch(match) : httpMatch(match)],
      },
    }));
  });
}

const filterTypes: ReadonlySet<unknown> = new Set([
  ...["RequestHeaderModifier", "ResponseHeaderModifier", "RequestRedirect", "RequestMirror"],
  ...["URLRewrite", "CORS"],
]);

/** A filter that Istio does not know, a Service by its host name, or a backend without a port. */
function isUnusable(rule: Fields): boolean {
  const backends = listOf(rule["backendRefs"]).map(fieldsOf);
  const filters = [
    ...listOf(rule["filters"]),
    ...backends.flatMap((each) => listOf(each["filters"])),
  ];
  return (
    filters.some((filter) => !filterTypes.has(fieldsOf(filter)["type"])) ||
    backends.some((backend) => backend["weight"] !== 0 && isUnnamed(backend))
  );
}

/** A GRPCRoute goes with a mirror that may not be reached, of an HTTPRoute the mirror goes alone. */
function isMirrorLost(rule: Fields, key: ResourceKey, converting: Converting): boolean {
  const filters = listOf(rule["filters"]).map(fieldsOf);
  return (
    key.kind === "GRPCRoute" &&
    filters
      .filter(({ type }) => type === "RequestMirror")
      .map(({ requestMirror }) => fieldsOf(fieldsOf(requestMirror)["backendRef"]))
      .some((to) => isUnnamed(to) || backendOf(to, key, converting)["missing"] === true)
  );
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

function actionOf(rule: Fields, key: ResourceKey, converting: Converting): Fields {
  const filters = listOf(rule["filters"]).map(fieldsOf);
  const all = (type: string, field: string): readonly Fields[] =>
    filters.filter((each) => each["type"] === type).map((each) => fieldsOf(each[field]));
  const redirect = all("RequestRedirect", "requestRedirect").at(-1);
  const rewrite = all("URLRewrite", "urlRewrite").at(-1);
  const backends = listOf(rule["backendRefs"])
    .map(fieldsOf)
    .filter(({ weight = 1 }) => weight !== 0);
  const isNowhere = backends.length === 0 && !redirect;
  return present({
    redirect: redirect && redirectOf(redirect),
    rewrite: rewrite && rewriteOf(rewrite),
    corsPolicy: corsOf(all("CORS", "cors").at(-1)),
    headers: headersOf(filters),
    mirrors: mirrorsOf(all("RequestMirror", "requestMirror"), key, converting),
    ...timesOf(rule),
    directResponse: isNowhere ? { status: statusOfNone(rule, key, converting) } : undefined,
    route: isNowhere ? undefined : backends.map((each) => backendOf(each, key, converting)),
  });
}

function statusOfNone(rule: Fields, { kind }: ResourceKey, { mesh }: Converting): 404 | 500 {
  const isEmpty = listOf(rule["backendRefs"]).length === 0;
  return isEmpty && kind === "HTTPRoute" && behaves(mesh.release, "no-backends-404") ? 404 : 500;
}

/** The time for the whole, and for one attempt where there may be more; else that is the time for the whole. */
function timesOf(rule: Fields): Fields {
  const { request, backendRequest } = fieldsOf(rule["timeouts"]);
  const retry = rule["retry"] === undefined ? undefined : fieldsOf(rule["retry"]);
  const isSet = (value: unknown): boolean => millisecondsOf(value) !== 0 && value !== undefined;
  const each = isSet(backendRequest) ? backendRequest : undefined;
  const whole = isSet(request) ? request : undefined;
  return {
    timeout: retry === undefined ? (each ?? whole) : whole,
    retries: retry && present({ attempts: retry["attempts"] ?? 2, perTryTimeout: each }),
  };
}

/** A mirror that may not be reached is left out. `conversion.go`, createMirrorFilter */
function mirrorsOf(
  filters: readonly Fields[],
  key: ResourceKey,
  converting: Converting,
): readonly Fields[] | undefined {
  const mirrors = filters.flatMap(({ backendRef, percent, fraction }) => {
    const made = backendOf(fieldsOf(backendRef), key, converting);
    if (made["missing"] === true) return [];
    const { numerator, denominator } = fieldsOf(fraction);
    const part = numberOf(numerator);
    const value =
      part === undefined ? numberOf(percent) : (100 * part) / (numberOf(denominator) ?? 100);
    return [present({ ...made, percentage: value === undefined ? undefined : { value } })];
  });
  return mirrors.length === 0 ? undefined : mirrors;
}
