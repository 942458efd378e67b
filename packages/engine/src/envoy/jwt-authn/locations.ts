import { compareBytes } from "../../model/place.ts";
import type { JwtProvider } from "../../model/program.ts";
import { headerValues, withoutHeader } from "../header-changes.ts";
import type { ProxyRequest } from "../proxy-request.ts";
import { firstParameter, withoutParameter } from "./query.ts";

/** A token, where it was found, and the request without it. */
export interface Candidate {
  readonly token: string;
  readonly strip: (request: ProxyRequest) => ProxyRequest;
}

/**
 * Every token that a provider finds in a request, in Envoy's order: headers, parameters, cookies, each by name. None: the token is
 * missing. Follows envoyproxy/envoy:source/extensions/filters/http/jwt_authn/extractor.cc.
 */
export function findTokens(provider: JwtProvider, request: ProxyRequest): readonly Candidate[] {
  return [
    ...headerTokens(provider, request),
    ...parameterTokens(provider, request),
    ...cookieTokens(provider, request),
  ];
}

function headerTokens(provider: JwtProvider, request: ProxyRequest): readonly Candidate[] {
  return headerLocations(provider).flatMap(({ name, prefix }) =>
    headerValues(request, name).flatMap((value) => {
      const token = tokenAfter(value, prefix);
      return token === undefined ? [] : [{ token, strip: (r) => withoutHeader(r, name) }];
    }),
  );
}

/** By the bytes of name and prefix written together; of two that read the same so, Envoy keeps the first. */
function headerLocations({ headers }: JwtProvider): JwtProvider["headers"] {
  const byKey = new Map(
    headers.toReversed().map((header) => [header.name + header.prefix, header]),
  );
  return [...byKey].sort(([a], [b]) => compareBytes(a, b)).map(([, header]) => header);
}

/** What follows the prefix, wherever that stands, from the first character a token can start with. Undefined: no prefix there. */
function tokenAfter(value: string, prefix: string): string | undefined {
  if (prefix === "") return value;
  const at = value.indexOf(prefix);
  if (at < 0) return undefined;
  const rest = value.slice(at + prefix.length);
  const start = rest.search(/[A-Za-z0-9_.-]/);
  return start < 0 ? value : rest.slice(start);
}

function parameterTokens(provider: JwtProvider, request: ProxyRequest): readonly Candidate[] {
  return sortedNames(provider.params).flatMap((name) => {
    const token = firstParameter(request.path ?? "", name);
    return token === undefined ? [] : [{ token, strip: (r) => withoutParameter(r, name) }];
  });
}

/** Cookies are never stripped. */
function cookieTokens(provider: JwtProvider, request: ProxyRequest): readonly Candidate[] {
  if (provider.cookies.length === 0) return [];
  const cookies = new Map<string, string>();
  for (const line of headerValues(request, "cookie"))
    for (const [name, value] of cookiesOf(line)) if (!cookies.has(name)) cookies.set(name, value);
  return sortedNames(provider.cookies).flatMap((name) => {
    const token = cookies.get(name);
    return token === undefined ? [] : [{ token, strip: (r) => r }];
  });
}

/** The cookies of one header line. A value may stand in double quotes. */
function cookiesOf(line: string): readonly (readonly [name: string, value: string])[] {
  return line.split(";").flatMap((piece) => {
    const equals = piece.indexOf("=");
    if (equals < 0) return [];
    const value = piece.slice(equals + 1);
    const quoted = value.length >= 2 && value.startsWith('"') && value.endsWith('"');
    return [[piece.slice(0, equals).replace(/^ +/, ""), quoted ? value.slice(1, -1) : value]];
  });
}

function sortedNames(names: readonly string[]): readonly string[] {
  return [...new Set(names)].sort(compareBytes);
}
