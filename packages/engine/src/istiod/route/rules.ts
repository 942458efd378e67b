import { selects } from "../../kubernetes/service.ts";
import type { Proxy, Route } from "../../model/program.ts";
import { fieldsOf, listOf, numberOf, textMapOf, textOf, textsOf } from "../../parse/decode.ts";
import type { Fields } from "../../parse/objects.ts";
import { routeAction, type Serving } from "./action.ts";
import { corsOf } from "./cors.ts";
import { matchConditions, takesAll } from "./match.ts";
import type { RouteObject, RouteRule } from "./object.ts";

/** For whom the rules of an object become routes. */
export interface Audience extends Pick<Serving, "port" | "encrypted" | "lookUp"> {
  readonly proxy: Proxy;
  readonly gateway: string; // "mesh", or namespace/name
  readonly ambient?: true; // a waypoint: a match by the caller's labels is dropped
}

/**
 * The routes of one object, up to the first that takes everything. [] if nothing is for this proxy: the object counts as absent.
 * Follows istio/istio:pilot/pkg/networking/core/route/route.go BuildHTTPRoutesForVirtualService (ctx:3.8).
 */
export function routesOf(object: RouteObject, audience: Audience): readonly Route[] {
  const routes: Route[] = [];
  for (const rule of object.http) {
    const matches = listOf(rule.fields["match"]).map(fieldsOf);
    if (matches.length === 0) return [...routes, routeFor({}, rule, object, audience)];
    for (const match of matches.filter((each) => isFor(each, audience))) {
      const route = routeFor(match, rule, object, audience);
      routes.push(route);
      if (takesAll(route)) return routes;
    }
  }
  return routes;
}

function routeFor(
  match: Fields,
  { at, rule, fields }: RouteRule,
  object: RouteObject,
  { port, encrypted, lookUp }: Audience,
): Route {
  const segments = object.segments === true;
  const serving: Serving = { port, encrypted, object: object.name, segments, lookUp };
  const name = [textOf(fields["name"]) ?? "", textOf(match["name"]) ?? ""];
  const cors =
    fields["corsPolicy"] === undefined ? {} : { cors: corsOf(fieldsOf(fields["corsPolicy"])) };
  return {
    at,
    rule,
    ...(name.join("") === "" ? {} : { name: name[1] === "" ? name[0] : name.join(".") }),
    ...matchConditions(match, segments),
    action: routeAction(fields, serving, match),
    ...cors,
  };
}

/** What is known of a match before any request: port, gateway, and the proxy's own labels and namespace. `route.go`, sourceMatchHTTP */
function isFor(match: Fields, { port: listens, gateway, proxy, ambient }: Audience): boolean {
  const port = numberOf(match["port"]) ?? 0;
  if (port !== 0 && port !== listens) return false;
  const labels = textMapOf(match["sourceLabels"]);
  if (ambient && Object.keys(labels).length > 0) return false;
  const gateways = textsOf(match["gateways"]);
  if (gateways) return gateways.includes(gateway);
  const space = textOf(match["sourceNamespace"]) ?? "";
  return selects(labels, proxy.labels) && (space === "" || space === proxy.namespace);
}
