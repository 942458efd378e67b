import { utf8Bytes } from "../match/bytes.ts";
import { matches, matchesText } from "../match/matches.ts";
import type { Alphabet } from "../match/sequence.ts";
import type { QueryMatch, Redirect, Route, RouteAction, VirtualHost } from "../model/program.ts";
import type { Fault } from "../model/route.ts";
import type { Clause, Matcher } from "../model/rule.ts";
import { preflightReply } from "./cors.ts";
import type { Forward } from "./forward.ts";
import type { LocalReply, ProxyRequest } from "./proxy-request.ts";
import type { Read } from "./rbac.ts";
import { virtualHostOf } from "./virtual-host.ts";

/** Which route of which virtual host took a request. */
export interface Taken {
  readonly host: VirtualHost;
  readonly index: number;
  readonly route: Route;
}

/** Where a request goes: on, with the route that says so; back with an answer; or nobody knows. */
export type Routed =
  | { readonly kind: "forward"; readonly action?: Forward; readonly taken?: Taken }
  | {
      readonly kind: "reply";
      readonly reply: LocalReply;
      readonly taken?: Taken;
      readonly fault?: Fault;
    }
  | { readonly kind: "unknown"; readonly what: string; readonly taken?: Taken };

const notFound: LocalReply = { status: 404, body: "", details: "route_not_found" };

/** The first route of the virtual host that matches. Follows envoyproxy/envoy:source/common/router/config_impl.cc. */
export function routeRequest(
  hosts: readonly VirtualHost[],
  request: ProxyRequest,
  read: Read,
  alphabet: Alphabet = "bytes",
): Routed {
  const [authority = ""] = read({ kind: "host" });
  const host = virtualHostOf(hosts, authority);
  if (host === undefined) return { kind: "reply", reply: notFound };
  if (host.httpsOnly && request.scheme !== "https")
    return { kind: "reply", reply: moved(301, `https://${authority}${request.path ?? ""}`) };
  const index = host.routes.findIndex((each) => isMatch(each, request, read, alphabet));
  const route = host.routes[index];
  if (route === undefined) return { kind: "reply", reply: notFound };
  return acted({ host, index, route }, request, authority, alphabet);
}

function acted(taken: Taken, request: ProxyRequest, authority: string, alphabet: Alphabet): Routed {
  const { action, cors } = taken.route;
  if (action.kind === "unknown") return { ...action, taken };
  if (action.kind === "forward") {
    const preflight = cors && preflightReply(cors, request, alphabet);
    return preflight
      ? { kind: "reply", reply: preflight, taken }
      : { kind: "forward", action, taken };
  }
  const fault = action.fault ? { fault: action.fault } : {};
  return { kind: "reply", reply: replyOf(action, request, authority), taken, ...fault };
}

function replyOf(
  action: Extract<RouteAction, { readonly kind: "redirect" | "respond" }>,
  request: ProxyRequest,
  authority: string,
): LocalReply {
  if (action.kind === "redirect")
    return moved(action.status, location(action.to, request, authority));
  const { status, grpcStatus, body, details } = action;
  const isLocated = details === "direct_response" && (status === 201 || isRedirect(status));
  return {
    status,
    body,
    details,
    ...(grpcStatus === undefined ? {} : { grpcStatus }),
    ...(isLocated ? { headers: [["location", location({}, request, authority)]] } : {}),
  };
}

function isRedirect(status: number): boolean {
  return status >= 300 && status < 400;
}

function moved(status: number, to: string): LocalReply {
  return { status, body: "", details: "direct_response", headers: [["location", to]] };
}

function isMatch(
  { when, parameters = [] }: Route,
  request: ProxyRequest,
  read: Read,
  alphabet: Alphabet,
): boolean {
  return (
    when.every((clause) => clauseHolds(clause, read, alphabet)) &&
    (parameters.length === 0 || parametersHold(parameters, request, alphabet))
  );
}

/** A missing header that must not look like something counts as empty. */
function clauseHolds({ attribute, any, none }: Clause, read: Read, alphabet: Alphabet): boolean {
  const values = read(attribute);
  const fits = attribute.kind === "claim" ? claimMatches : matches;
  const hit = (matchers: readonly Matcher[], seen: readonly string[]): boolean =>
    seen.some((value) => matchers.some((matcher) => fits(matcher, value, alphabet)));
  if (any && !hit(any, values)) return false;
  if (none === undefined) return true;
  const missing = attribute.kind === "header" && values.length === 0;
  const asEmpty = missing && none.every(({ kind }) => kind !== "present");
  return !hit(none, asEmpty ? [""] : values);
}

/** A claim is characters; an expression that takes bytes for characters sees those of its UTF-8. */
function claimMatches(matcher: Matcher, value: string, alphabet: Alphabet): boolean {
  if (matcher.kind !== "re2" || alphabet !== "latin1") return matches(matcher, value, "characters");
  const source = utf8Bytes(matcher.source);
  return matches({ ...matcher, source }, utf8Bytes(value), alphabet);
}

/** The first parameter of that name, as it stands: nothing is decoded. */
function parametersHold(
  parameters: readonly QueryMatch[],
  { path = "" }: ProxyRequest,
  alphabet: Alphabet,
): boolean {
  const query = /\?([^#]*)/.exec(path)?.[1] ?? "";
  const pairs = query.split("&").map((pair) => {
    const [name = "", ...value] = pair.split("=");
    return { name, value: value.join("=") };
  });
  return parameters.every(({ name, value }) => {
    const found = pairs.find((pair) => pair.name === name);
    return (
      found !== undefined && (value === undefined || matchesText(value, found.value, alphabet))
    );
  });
}

/** `envoy:source/common/router/config_impl.cc`, `newUri`. The default port of the scheme that was left goes with it. */
function location(to: Redirect, { path = "", scheme }: ProxyRequest, authority: string): string {
  const [, port] = /:([0-9]+)$/.exec(authority) ?? [];
  const goes = to.scheme ?? scheme;
  const isImplied =
    (scheme === "http" && port === "80" && goes === "https") ||
    (scheme === "https" && port === "443" && goes === "http");
  const bare = to.port !== undefined || isImplied ? authority.replace(/:[0-9]+$/, "") : authority;
  const host = to.authority ?? bare;
  return `${goes}://${host}${to.port === undefined ? "" : `:${to.port}`}${pathOf(to, path)}`;
}

function pathOf({ path, prefix }: Redirect, before: string): string {
  if (prefix) return `${prefix.to}${before.slice(prefix.from.length)}`;
  if (path === undefined) return before;
  const query = before.indexOf("?");
  const kept = path.includes("?") || query < 0 ? path : `${path}${before.slice(query)}`;
  return kept.startsWith("/") ? kept : `/${kept}`;
}
