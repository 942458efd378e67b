import { recallToken } from "../envoy/jwt-authn/token.ts";
import { utf8Bytes } from "../match/bytes.ts";
import type { AccessRequest, Token, TokenUse } from "../model/access-request.ts";
import type { JwtProvider } from "../model/program.ts";
import { encodeBase64Url } from "../parse/base64.ts";
import { headerOf, withHeader } from "./http-parts.ts";

/** The claims of a token. */
export type Claims = Readonly<Record<string, unknown>>;

/** A request with another token, and the text of that token: whoever issues it signs it. */
export interface WithToken {
  readonly request: AccessRequest;
  readonly token: string;
}

/** The request with the claims of its token changed; without a token, with a new one of the provider where that looks for it. */
export function withClaims(
  request: AccessRequest,
  provider: JwtProvider,
  change: (claims: Claims) => Claims,
): WithToken {
  const { use, raw } = currentToken(request, provider);
  const claims = raw === undefined ? freshClaims(provider) : claimsOf(raw);
  const token = unsigned(change(claims));
  if (use === "header") {
    const header = headerOf(request, "authorization") ?? "";
    return {
      request: withHeader(request, "authorization", header.replace(raw ?? "", token)),
      token,
    };
  }
  return { request: { ...request, token: { ...use, raw: token } }, token };
}

/** The claims of the request's token; undefined: it has none that can be read. */
export function presentClaims(request: AccessRequest, provider: JwtProvider): Claims | undefined {
  const { raw } = currentToken(request, provider);
  return raw === undefined ? undefined : claimsOf(raw);
}

interface Current {
  readonly use: TokenUse | "header";
  readonly raw?: string;
}

function currentToken(request: AccessRequest, provider: JwtProvider): Current {
  const first: Token | undefined = isList(request.token) ? request.token[0] : request.token;
  const { raw, ...use } = typeof first === "string" ? { raw: first } : (first ?? {});
  if (raw?.includes(".")) return { use, raw };
  const [, inHeader] =
    /([\w-]+\.[\w-]+\.[\w-]*)$/.exec(headerOf(request, "authorization") ?? "") ?? [];
  return inHeader === undefined ? { use: placeFor(provider) } : { use: "header", raw: inHeader };
}

function isList(token: AccessRequest["token"]): token is readonly Token[] {
  return Array.isArray(token);
}

function placeFor({ headers, params, cookies }: JwtProvider): TokenUse {
  const [header] = headers;
  if (header !== undefined)
    return header.name === "authorization" && header.prefix === "Bearer "
      ? {}
      : { header: header.name, prefix: header.prefix };
  const [param] = params;
  const [cookie] = cookies;
  return param === undefined ? { ...(cookie === undefined ? {} : { cookie }) } : { param };
}

function claimsOf(raw: string): Claims {
  const token = recallToken(raw);
  return typeof token === "string" ? {} : token.payload;
}

function freshClaims({ issuer, audiences }: JwtProvider): Claims {
  const [audience] = audiences;
  return { iss: issuer, sub: "someone", ...(audience === undefined ? {} : { aud: audience }) };
}

/** The token with a signature that nobody has made yet. */
export function unsigned(claims: Claims): string {
  const parts = [{ alg: "RS256", typ: "JWT" }, claims].map((part) => JSON.stringify(part));
  return [...parts, "signature"].map((part) => encodeBase64Url(utf8Bytes(part))).join(".");
}

/** Claims with a value at a path: a list grows, a text of words gets one more, anything else is replaced. */
export function withClaim(claims: Claims, path: readonly string[], value: string): Claims {
  const [name, ...rest] = path;
  if (name === undefined) return claims;
  const before = claims[name];
  if (rest.length > 0)
    return { ...claims, [name]: withClaim(isClaims(before) ? before : {}, rest, value) };
  if (Array.isArray(before)) return { ...claims, [name]: [...before, value] };
  const words = (name === "scope" || name === "permission") && typeof before === "string";
  return { ...claims, [name]: words ? `${before} ${value}` : value };
}

function isClaims(value: unknown): value is Claims {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
