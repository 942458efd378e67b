import type { Behaviour } from "./behaviour.ts";

/** What may differ between releases about tokens and keys, by name. */
export type TokenBehaviourName =
  | "space-delimited-claims"
  | "private-jwks-fallback"
  | "blocked-key-addresses"
  | "fetched-keys-looked-at"
  | "private-key-warning"
  | "output-headers-removed-first"
  | "pss-salt-length";

/** Tokens and keys, by release. */
export const tokenBehaviours: Readonly<Record<TokenBehaviourName, Behaviour>> = {
  "space-delimited-claims": {
    component: "istiod",
    what: "RequestAuthentication spaceDelimitedClaims is read",
    since: { "1.28": 0 },
    source: "istio/istio:releasenotes/notes/56873.yaml",
    evidence: "run; az:CL-5",
  },
  "private-jwks-fallback": {
    component: "istiod",
    what: "where no key set can be fetched, nobody can sign a token: before, the private key was public",
    since: { "1.27": 8, "1.28": 5, "1.29": 1, "1.30": 0 },
    source: "istio/istio:pilot/pkg/model/jwks_resolver.go",
    evidence: "1.28.0 run; first releases by their tags",
  },
  "blocked-key-addresses": {
    component: "istiod",
    what: "istiod fetches no keys from addresses in BLOCKED_CIDRS_IN_JWKS_URIS",
    since: { "1.28": 6, "1.29": 0 },
    source: "istio/istio:releasenotes/notes/block_cidr_in_jwk_uris.yaml",
    evidence: "read at its tags",
  },
  "fetched-keys-looked-at": {
    component: "istiod",
    what: "istiod fetches no keys from link-local addresses and those of cloud metadata, and hands out no set that has no list of keys when it first fetched it",
    since: { "1.32": 0 },
    source: "istio/istio:releasenotes/notes/jwks-ssrf-default-block.yaml",
    evidence: "read in 1.32-dev",
  },
  "private-key-warning": {
    component: "istiod",
    what: "the webhook warns of private and symmetric keys in jwks",
    since: { "1.30": 3 },
    source: "istio/istio:pkg/config/validation/validation.go",
    evidence: "run",
  },
  "output-headers-removed-first": {
    component: "envoy",
    what: "the output headers of all JWT rules are removed before anything else",
    since: { "1.40": 0 },
    source: "envoy:source/extensions/filters/http/jwt_authn/filter.cc",
    evidence: "run; an:RA-30",
  },
  "pss-salt-length": {
    component: "envoy",
    what: "a PS256 signature with a salt that is not as long as the hash is refused",
    since: { "1.38": 0 },
    source: "envoy:source/common/jwt/verify.cc",
    evidence: "run; an:RA-46",
  },
};
