import { utf8Bytes } from "../../match/bytes.ts";
import type { Redirect, RouteAction } from "../../model/program.ts";
import type { Fault, RouteDestination } from "../../model/route.ts";
import { fieldsOf, listOf, numberOf, present, textOf } from "../../parse/decode.ts";
import type { Fields } from "../../parse/objects.ts";
import { destinationsOf, mirrorsOf } from "./destination.ts";
import { millisecondsOf } from "./duration.ts";
import { headerChanges, joinedChanges } from "./header-changes.ts";
import type { RegistryService } from "./registry.ts";
import { rewriteOf } from "./rewrite.ts";

/** What a rule means besides what it says. */
export interface Serving {
  readonly port: number; // of the listener: of a server, or of a Service
  readonly encrypted: boolean;
  readonly object: string; // the name of the VirtualService
  readonly segments: boolean; // see `RouteObject`
  readonly lookUp: (host: string) => RegistryService | undefined;
}

/** What a rule does with a request that matches. Follows istio/istio:pilot/pkg/networking/core/route/route.go TranslateRoute. */
export function routeAction(rule: Fields, serving: Serving, match: Fields): RouteAction {
  const abort = abortOf(fieldsOf(fieldsOf(rule["fault"])["abort"]));
  if (abort?.percentage === 100)
    return {
      kind: "respond",
      ...present({ status: abort.status, grpcStatus: abort.grpcStatus }),
      body: "fault filter abort",
      details: "fault_filter_abort",
    };
  const action = withoutFault(rule, serving, match);
  return abort === undefined ? action : { ...action, fault: abort };
}

function withoutFault(rule: Fields, serving: Serving, match: Fields): RouteAction {
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
  const destinations = destinationsOf(rule, serving);
  const [only, ...more] = destinations;
  if (only?.missing && more.length === 0)
    return { kind: "respond", status: 500, body: "", details: "cluster_not_found" };
  const headers = headerChanges(fieldsOf(rule["headers"]));
  const mirrors = mirrorsOf(rule, serving);
  const isSingle = listOf(rule["route"]).length === 1;
  return present({
    kind: "forward",
    operation: `${operationOf(destinations, serving)}${pathText(match, serving)}`,
    destinations: isSingle ? destinations.map(withoutHeaders) : destinations,
    headers: isSingle ? joinedChanges(headers.changes, only?.headers) : headers.changes,
    rewrite: rewriteOf(rule, match, serving, headers.authority),
    mirrors: mirrors.length === 0 ? undefined : mirrors,
    timeout: timeoutOf(rule),
  } as const);
}

/** Those of a single destination are the rule's: `route.go`, processDestination. */
function withoutHeaders({ headers: _headers, ...destination }: RouteDestination): RouteDestination {
  return destination;
}

/**
 * What the next one is told to expect: the time for one attempt, if there may be more, else for all.
 * `envoy:source/common/router/router.cc`, setTimeoutHeaders; `route/retry/retry.go`, ConvertPolicy
 */
function timeoutOf(rule: Fields): number | undefined {
  const retries = fieldsOf(rule["retries"]);
  const retried = (numberOf(retries["attempts"]) ?? 0) > 0;
  const attempt = retried ? millisecondsOf(retries["perTryTimeout"]) : undefined;
  return attempt || millisecondsOf(rule["timeout"]) || undefined;
}

/** The destination, or of several the object that routes. `route.go`, GetRouteOperation */
function operationOf(destinations: readonly RouteDestination[], { object, port }: Serving): string {
  const [only, ...more] = destinations;
  if (only === undefined || only.missing || more.length > 0) return `${object}:${port}`;
  return `${only.host}:${only.port}`;
}

/** A fault that ends every request, or some; delays end none. `route.go`, TranslateFault */
function abortOf(fields: Fields): Fault | undefined {
  const percentage = numberOf(fieldsOf(fields["percentage"])["value"]) ?? 0;
  const status = numberOf(fields["httpStatus"]);
  const grpcStatus = grpcStatuses[textOf(fields["grpcStatus"]) ?? ""];
  if (percentage <= 0 || (status === undefined && grpcStatus === undefined)) return undefined;
  const share = { percentage: Math.min(percentage, 100) };
  return grpcStatus === undefined || status !== undefined
    ? { status: status ?? 0, ...share }
    : { status: 200, grpcStatus, ...share };
}

const grpcStatuses: Readonly<Record<string, number>> = Object.fromEntries(
  [
    ...["OK", "CANCELLED", "UNKNOWN", "INVALID_ARGUMENT", "DEADLINE_EXCEEDED", "NOT_FOUND"],
    ...["ALREADY_EXISTS", "PERMISSION_DENIED", "RESOURCE_EXHAUSTED", "FAILED_PRECONDITION"],
    ...["ABORTED", "OUT_OF_RANGE", "UNIMPLEMENTED", "INTERNAL", "UNAVAILABLE", "DATA_LOSS"],
    "UNAUTHENTICATED",
  ].map((name, status) => [name, status]),
);

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
