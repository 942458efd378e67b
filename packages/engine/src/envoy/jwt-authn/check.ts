import type { Facts } from "../../model/fact.ts";
import type { JwtFilter, JwtProvider } from "../../model/program.ts";
import { keysOf } from "./keys.ts";
import { checkSignature } from "./signature.ts";
import type { Fault } from "./status.ts";
import { type ParsedToken, recallToken } from "./token.ts";

const skew = 60; // seconds

/**
 * A token under a provider: well formed, from its issuer, in time, for its audience, and signed with one of its keys, in that order.
 * Otherwise the first fault. Follows envoyproxy/envoy:source/extensions/filters/http/jwt_authn/authenticator.cc startVerify.
 */
export function checkToken(
  raw: string,
  provider: JwtProvider,
  { filter, facts }: { readonly filter: JwtFilter; readonly facts: Facts },
): ParsedToken | Fault {
  const token = recallToken(raw);
  if (typeof token === "string") return token;
  const fault = faultOfClaims(token, provider, Math.floor(facts.now / 1000));
  if (fault !== undefined) return fault;
  const anySaltLength = filter.anySaltLength === true;
  return checkSignature(raw, token, keysOf(provider, facts), { facts, anySaltLength }) ?? token;
}

function faultOfClaims(token: ParsedToken, provider: JwtProvider, now: number): Fault | undefined {
  if (provider.issuer !== "" && token.issuer !== provider.issuer) return "unknown-issuer";
  if (now + skew < token.notBefore) return "not-yet-valid";
  if (token.expires !== 0 && now > token.expires + skew) return "expired";
  return audienceAllowed(provider.audiences, token.audiences) ? undefined : "audience";
}

/** One audience of the token must be one of the provider's, without scheme and closing slash on either side. */
function audienceAllowed(allowed: readonly string[], audiences: readonly string[]): boolean {
  if (allowed.length === 0) return true;
  const bare = new Set(allowed.map(bareAudience));
  return audiences.some((audience) => bare.has(bareAudience(audience)));
}

function bareAudience(audience: string): string {
  return audience.replace(/^https?:\/\//, "").replace(/\/$/, "");
}
