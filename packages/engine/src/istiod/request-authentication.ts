import type { Release } from "../model/mesh.ts";
import type { Note } from "../model/note.ts";
import type { RequestAuthentication } from "../model/policy.ts";
import type { JwtFilter, Refusal } from "../model/program.ts";

/** What RequestAuthentications come to on one proxy. No filter: no rule applies. `refused`: Envoy does not take the listener. */
export interface JwtConfiguration {
  readonly filter?: JwtFilter;
  readonly notes: readonly Note[];
  readonly refused?: Refusal;
}

/**
 * The JWT filter of a proxy from the policies that bind to it, in their order of attachment.
 * `features`: istiod's environment, for PILOT_JWT_ENABLE_REMOTE_JWKS. Follows istio/istio:pilot/pkg/security/authn/policy_applier.go.
 */
export function jwtFilter(
  _bound: readonly RequestAuthentication[],
  _release: Release,
  _features: Readonly<Record<string, string>> = {},
): JwtConfiguration {
  return { notes: [] };
}
