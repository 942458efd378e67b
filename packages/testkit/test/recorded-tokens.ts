import type { JwtProvider } from "@meshproof/engine";
import { sentAt } from "../../engine/src/analyse/space/sent-at.ts";
import { findTokens } from "../../engine/src/envoy/jwt-authn/locations.ts";
import { recallToken } from "../../engine/src/envoy/jwt-authn/token.ts";
import type { ProxyRequest } from "../../engine/src/envoy/proxy-request.ts";
import type { Attribute } from "../../engine/src/model/rule.ts";
import type { LeftOut } from "./recorded-arrival.ts";
import type { Sight } from "./recorded-probe.ts";

/** The one token of a request, as its providers find it. */
export interface SentToken {
  readonly claims: Readonly<Record<string, unknown>>;
  readonly place: string | undefined;
}

/** The attributes that tokens are found in. */
export function tokenAttributes(providers: readonly JwtProvider[]): readonly Attribute[] {
  const names = providers.flatMap(({ headers, cookies }) => [
    ...headers.map(({ name }) => name.toLowerCase()),
    ...(cookies.length > 0 ? ["cookie"] : []),
  ]);
  return [...new Set([...names, ":path"])].map((name) => ({ kind: "header", name }));
}

/** What a request brings to a JWT filter: no token, one, or what the analysis leaves out. */
export function tokenIn(
  providers: readonly JwtProvider[],
  sight: Sight,
): SentToken | LeftOut | undefined {
  const request = requestSeen(providers, sight);
  const found = new Map<string, string | undefined>();
  for (const [place, only] of placesOf(providers))
    for (const { token } of findTokens(only, request)) {
      if (found.has(token)) return { leftOut: "a token that is sent in several places" };
      found.set(token, place);
    }
  const [sent, ...others] = found;
  if (!sent) return undefined;
  if (others.length > 0) return { leftOut: "several tokens" };
  const [text, place] = sent;
  const parsed = recallToken(text);
  if (typeof parsed === "string") return { leftOut: "a token that is none" };
  if (parsed.issuer === "") return { leftOut: "a token without an issuer" };
  const own = providers.filter(({ issuer }) => issuer === parsed.issuer);
  if (own.length > 0 && !own.some((provider) => findTokens(provider, request).length > 0))
    return { leftOut: "a token that is sent where no rule of its issuer looks" };
  return { claims: parsed.payload, place };
}

function requestSeen(providers: readonly JwtProvider[], sight: Sight): ProxyRequest {
  const headers = tokenAttributes(providers).flatMap((attribute) =>
    attribute.kind === "header" && attribute.name !== ":path"
      ? sight(attribute).map((value) => [attribute.name, value] as const)
      : [],
  );
  const [path = "/"] = sight({ kind: "header", name: ":path" });
  return { version: "1.1", method: "GET", path, authority: "x", scheme: "http", headers };
}

/** Each place where some provider looks, in the words of the analysis, with a provider that only looks there. */
function placesOf(providers: readonly JwtProvider[]): ReadonlyMap<string, JwtProvider> {
  const nowhere = { headers: [], params: [], cookies: [] };
  return new Map<string, JwtProvider>(
    providers.flatMap((provider): readonly (readonly [string, JwtProvider])[] => [
      ...provider.headers.map((header) => {
        const { name, prefix } = header;
        const behind = prefix === "" ? "" : ` behind ${JSON.stringify(prefix)}`;
        const only = { ...provider, ...nowhere, headers: [header] };
        return [`header ${name.toLowerCase()}${behind}`, only] as const;
      }),
      ...provider.params.map(
        (param) => [`parameter ${param}`, { ...provider, ...nowhere, params: [param] }] as const,
      ),
      ...provider.cookies.map(
        (cookie) => [`cookie ${cookie}`, { ...provider, ...nowhere, cookies: [cookie] }] as const,
      ),
    ]),
  );
}

/** What an attribute of a token is, from its claims. */
export function ofToken(
  attribute: string,
  token: SentToken | undefined,
): readonly string[] | undefined {
  if (attribute === sentAt) return token?.place === undefined ? undefined : [token.place];
  if (!token) return [];
  let value: unknown = token.claims;
  for (const key of claimPath(attribute))
    value = isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  if (typeof value === "string") return [value];
  return Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];
}

/** `claim realm\.x.roles` is the claim `roles` in the claim `realm.x`. */
export function claimPath(attribute: string): readonly string[] {
  const text = attribute.slice("claim ".length);
  return text.split(/(?<!\\)\./).map((key) => key.replaceAll("\\.", "."));
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
