import type { Facts } from "../../model/fact.ts";
import type { JwtKeys, JwtProvider } from "../../model/program.ts";
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
  if (provider.keys.kind === "inline") return keysIn(provider.keys.jwks);
  if (provider.keys.kind === "discovery" && provider.issuer === "")
    return unavailable(provider.keys);
  const id = keysId(provider, provider.keys);
  const answer = facts.ask({ id, candidates: ["trusted", "unavailable"] });
  if (answer === "trusted") return { kind: "trusted", name: id };
  if (answer !== "unavailable") return keysIn(answer);
  return unavailable(provider.keys);
}

/** The name of the fact that says which keys a provider has, unless they are inline. */
function keysId(provider: Pick<JwtProvider, "issuer">, keys: JwtKeys): string {
  return `keys:${provider.issuer === "" && keys.kind === "uri" ? keys.uri : provider.issuer}`;
}

function unavailable(keys: JwtKeys): Keys {
  if (keys.kind === "inline" || keys.fallback === undefined)
    return {
      kind: "fault",
      fault: keys.kind === "uri" && keys.byEnvoy ? "fetch-failed" : "verification-fails",
    };
  return keysIn(keys.fallback);
}

function keysIn(jwks: string): Keys {
  const set = recallJwks(jwks);
  return set.unusable === undefined
    ? { kind: "known", keys: set.keys, jwks }
    : { kind: "fault", fault: "no-keys" };
}
