import type { Facts } from "../../model/fact.ts";
import type { JwtKeys } from "../../model/jwt-keys.ts";
import type { JwtProvider } from "../../model/program.ts";
import { recallJwks } from "../../parse/jwks.ts";
import type { PublicKey } from "../../parse/jwks-key.ts";
import type { Fault } from "./status.ts";

/**
 * With what a provider verifies. `known`: a key set, and its text. `trusted`: keys that nobody wrote down, whose owner is taken
 * at their word. `fault`: no token can pass.
 */
export type Keys =
  | { readonly kind: "known"; readonly keys: readonly PublicKey[]; readonly jwks: string }
  | { readonly kind: "trusted"; readonly name: string }
  | { readonly kind: "fault"; readonly fault: Fault };

/**
 * The keys of a provider. Those of a URI are a fact, `keys:` and the issuer (the URI, where there is none): its value is a key
 * set as text, `trusted`, or `unavailable` (istiod then hands out a key that nobody has: istio/istio:pilot/pkg/model/jwks_resolver.go).
 */
export function keysOf(provider: JwtProvider, facts: Facts): Keys {
  const { keys } = provider;
  if (keys.kind === "inline") return keysIn(keys.jwks);
  if (isOutOfReach(provider)) return unavailable(keys);
  const id = keysId(provider);
  const answer = facts.ask({ id, candidates: ["trusted", "unavailable"] });
  if (answer === "trusted") return { kind: "trusted", name: id };
  const isGone = answer === "unavailable" || answer === "" || isRefusedByEnvoy(keys, answer);
  return isGone ? unavailable(keys) : keysIn(answer);
}

/** Whether istiod has no keys of a provider, whatever there is to fetch: it does not connect to that address, or has none. */
export function isOutOfReach({ keys, issuer }: JwtProvider): boolean {
  if (keys.kind === "inline") return false;
  return keys.blocked === true || (keys.kind === "discovery" && issuer === "");
}

/** The name of the fact that says which keys a provider has, unless they are inline. */
export function keysId({ issuer, keys }: Pick<JwtProvider, "issuer" | "keys">): string {
  return `keys:${issuer === "" && keys.kind === "uri" ? keys.uri : issuer}`;
}

/** Where Envoy fetches, what is no key set is as if nothing had come. */
function isRefusedByEnvoy(keys: JwtKeys, jwks: string): boolean {
  return isByEnvoy(keys) && recallJwks(jwks).unusable !== undefined;
}

function isByEnvoy(keys: JwtKeys): boolean {
  return keys.kind === "uri" && keys.fetcher === "envoy";
}

function unavailable(keys: JwtKeys): Keys {
  if (keys.kind === "inline" || keys.fallback === undefined)
    return { kind: "fault", fault: isByEnvoy(keys) ? "fetch-failed" : "verification-fails" };
  return keysIn(keys.fallback);
}

function keysIn(jwks: string): Keys {
  const set = recallJwks(jwks);
  return set.unusable === undefined
    ? { kind: "known", keys: set.keys, jwks }
    : { kind: "fault", fault: "no-keys" };
}
