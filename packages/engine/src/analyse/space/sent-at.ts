import { isOutOfReach } from "../../envoy/jwt-authn/keys.ts";
import type { TokenUse } from "../../model/access-request.ts";
import type { JwtProvider } from "../../model/program.ts";
import { recallJwks } from "../../parse/jwks.ts";
import { isExactly } from "./atoms.ts";
import { always, type Formula, never, not, or } from "./formula.ts";

type Sending = Omit<TokenUse, "use" | "raw">;

/** Where a token is sent. Looked at only where that decides which of several rules about its issuer finds it. */
export const sentAt = "token place";

/** That a provider finds a token of its issuer: one that none of the rules about it looks for there is sent where the first of them does. */
export function foundBy(provider: JwtProvider, providers: readonly JwtProvider[]): Formula {
  const group = providers.filter((each) => isAboutSame(each, provider));
  if (group.length === 1 || !group.some((each) => isElsewhere(each, provider))) return always;
  const all = new Set(group.flatMap((each) => [...placesOf(each).keys()]));
  const [usual, ...others] = all;
  const own = placesOf(provider);
  return or(
    ...others.map((place) => (own.has(place) ? isSentAt(place) : never)),
    usual !== undefined && own.has(usual) ? not(or(...others.map(isSentAt))) : never,
  );
}

/** That a token is sent where these providers, all about its issuer, look for one, and where others see nothing. */
export function sentPast(
  others: readonly JwtProvider[],
  providers: readonly JwtProvider[],
): Formula {
  const all = new Map(providers.flatMap((each) => [...placesOf(each)]));
  const [usual, ...rest] = [...all].map(([place, sending]) => ({
    place,
    isSeen: others.some((each) => sees(each, sending)),
  }));
  return or(
    ...rest.map(({ place, isSeen }) => (isSeen ? never : isSentAt(place))),
    usual && !usual.isSeen ? not(or(...rest.map(({ place }) => isSentAt(place)))) : never,
  );
}

/** Whether a provider finds something there, if only what it cannot read: a prefix of its own may stand anywhere in a header. */
function sees(
  { headers, params, cookies }: JwtProvider,
  { header, prefix = "", param, cookie }: Sending,
): boolean {
  if (param !== undefined) return params.includes(param);
  if (cookie !== undefined) return cookies.includes(cookie);
  const name = header?.toLowerCase();
  return headers.some((each) => each.name.toLowerCase() === name && prefix.includes(each.prefix));
}

/** How a token of an issuer is sent to a place; undefined: no rule about the issuer looks there. */
export function sendingTo(
  place: string | undefined,
  issuer: unknown,
  providers: readonly JwtProvider[],
): Sending | undefined {
  if (place === undefined) return undefined;
  const own = providers.filter((each) => each.issuer === issuer || each.issuer === "");
  return own.map((each) => placesOf(each).get(place)).find((each) => each !== undefined);
}

/** Whether the provider can verify anything. */
export function hasKeys(provider: JwtProvider): boolean {
  const { keys } = provider;
  if (keys.kind === "inline") return recallJwks(keys.jwks).unusable === undefined;
  return !isOutOfReach(provider) || keys.fallback !== undefined;
}

function isSentAt(place: string): Formula {
  return isExactly(sentAt, "place", place);
}

/** Both may be about a token; one without an issuer is about all. */
export function isAboutSame(a: JwtProvider, b: JwtProvider): boolean {
  return a.issuer === b.issuer || a.issuer === "" || b.issuer === "";
}

function isElsewhere(a: JwtProvider, b: JwtProvider): boolean {
  const looks = (each: JwtProvider): string => [...placesOf(each).keys()].sort().join("\n");
  return looks(a) !== looks(b);
}

function placesOf({ headers, params, cookies }: JwtProvider): ReadonlyMap<string, Sending> {
  return new Map<string, Sending>([
    ...headers.map(({ name, prefix }) => {
      const behind = prefix === "" ? "" : ` behind ${JSON.stringify(prefix)}`;
      return [`header ${name.toLowerCase()}${behind}`, { header: name, prefix }] as const;
    }),
    ...params.map((param) => [`parameter ${param}`, { param }] as const),
    ...cookies.map((cookie) => [`cookie ${cookie}`, { cookie }] as const),
  ]);
}
