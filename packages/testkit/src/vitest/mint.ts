import type { TokenSpec } from "../token.ts";

/**
 * A token to be sent: `web.get("/").with(mint({ issuer, claims }))`. It is signed by a test key when the request is asked, at the
 * time of that request. With a second argument: the first one with some of it changed, claims one by one.
 */
export function mint(spec: TokenSpec, changes: TokenSpec = {}): TokenSpec {
  const claims = { ...spec.claims, ...changes.claims };
  return { ...spec, ...changes, ...(Object.keys(claims).length === 0 ? {} : { claims }) };
}
