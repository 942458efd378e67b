import { utf8Bytes } from "../../match/bytes.ts";
import type { Redirect, RouteAction } from "../../model/program.ts";
import { fieldsOf, listOf, numberOf, present, textOf } from "../../parse/decode.ts";
import type { Fields } from "../../parse/objects.ts";
import { fullHost } from "./gateway-route-object.ts";

/** What a rule means besides what it says. */
export interface Serving {
  readonly port: number; // of the server
  readonly encrypted: boolean;
  readonly object: string; // the name of the VirtualService
  readonly namespace: string;
  readonly segments: boolean; // see `RouteObject`
}

/** What a rule does with a request that matches. Follows istio/istio:pilot/pkg/networking/core/route/route.go TranslateRoute. */
export function routeAction(rule: Fields, serving: Serving, match: Fields): RouteAction {
  const delegate = textOf(fieldsOf(rule["delegate"])["name"]);
  if (delegate !== undefined)
    return { kind: "unknown", what: `the delegate VirtualService ${delegate}` };
  const fault = abort(fieldsOf(fieldsOf(rule["fault"])["abort"]));
  if (fault !== undefined) return fault;
  if (rule["redirect"] !== undefined) return redirect(fieldsOf(rule["redirect"]), serving, match);
  if (rule["directResponse"] !== undefined) {
    const { status, body } = fieldsOf(rule["directResponse"]);
    const text = textOf(fieldsOf(body)["string"]) ?? "";
    return {
      kind: "respond",
      status: numberOf(status) ?? 0,
      body: utf8Bytes(text),
      details: "direct_response",
    };
  }
  if (listOf(rule["route"]).some((destination) => fieldsOf(destination)["missing"] === true))
    return nowhere(rule);
  const operation = `${operationOf(rule, serving)}${pathText(match, serving)}`;
  return { kind: "forward", operation, ...(rewrites(rule) ? { rewrites: true } : {}) };
}

/** The destination, or of several the object that routes. `route.go`, GetRouteOperation */
function operationOf(rule: Fields, { object, port, namespace }: Serving): string {
  const [only, ...more] = listOf(rule["route"]).map(fieldsOf);
  const destination = fieldsOf(only?.["destination"]);
  const host = textOf(destination["host"]);
  if (host === undefined || more.length > 0) return `${object}:${port}`;
  const number = numberOf(fieldsOf(destination["port"])["number"]) ?? port;
  return `${fullHost(host, namespace)}:${number}`;
}

/** A fault that ends every request, or some; delays end none. `route.go`, TranslateFault */
function abort(fields: Fields): RouteAction | undefined {
  const percentage = numberOf(fieldsOf(fields["percentage"])["value"]) ?? 0;
  const status = numberOf(fields["httpStatus"]);
  if (percentage <= 0 || (status === undefined && fields["grpcStatus"] === undefined))
    return undefined;
  if (percentage < 100 || status === undefined)
    return { kind: "unknown", what: "a fault that is injected into some requests" };
  return { kind: "respond", status, body: "fault filter abort", details: "fault_filter_abort" };
}

const codes: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

function redirect(fields: Fields, serving: Serving, match: Fields): RouteAction {
  const status = numberOf(fields["redirectCode"]) || 301;
  if (!codes.has(status)) return { kind: "unknown", what: `a redirect with status ${status}` };
  const to: Redirect = present({
    scheme: textOf(fields["scheme"]) || undefined,
    authority: textOf(fields["authority"]) || undefined,
    port: portOf(fields, serving),
    path: textOf(fields["uri"]) || undefined,
    prefix: prefixOf(fields, match),
  });
  return { kind: "redirect", status, to };
}

/** The prefix that a match asks for, and what takes its place. */
function prefixOf(fields: Fields, match: Fields): Redirect["prefix"] | undefined {
  const to = textOf(fields["prefixRewrite"]);
  const from = textOf(fieldsOf(match["uri"])["prefix"]) ?? "/";
  return to === undefined || to === "" ? undefined : { from, to };
}

/** A route of the Gateway API to what is not there, or may not be reached, is answered with 500. */
function nowhere(rule: Fields): RouteAction {
  return listOf(rule["route"]).length > 1
    ? { kind: "unknown", what: "a route of which some destinations are missing" }
    : { kind: "respond", status: 500, body: "", details: "cluster_not_found" };
}

/** The path of an operation. `route.go`, GetRouteOperation */
function pathText(match: Fields, { segments }: Serving): string {
  const uri = fieldsOf(match["uri"]);
  const prefix = textOf(uri["prefix"]);
  if (prefix !== undefined && !segments) return `${prefix}*`;
  return textOf(uri["exact"]) ?? textOf(uri["regex"]) ?? "/*";
}

/** A port that the scheme implies is not written. */
function portOf(fields: Fields, { port, encrypted }: Serving): number | undefined {
  const scheme = textOf(fields["scheme"]) || (encrypted ? "https" : "http");
  const derived = fields["derivePort"] === "FROM_REQUEST_PORT" ? port : undefined;
  const stated = numberOf(fields["port"]) ?? derived;
  const implied = scheme === "https" ? 443 : 80;
  return stated === implied ? undefined : stated;
}

/** Whether what is forwarded differs from what came. */
function rewrites(rule: Fields): boolean {
  const changes = (fields: Fields): boolean => fieldsOf(fields["headers"])["request"] !== undefined;
  return (
    rule["rewrite"] !== undefined ||
    changes(rule) ||
    listOf(rule["route"]).some((destination) => changes(fieldsOf(destination)))
  );
}
