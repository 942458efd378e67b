import type { Place } from "./place.ts";

/** What istiod left out or changed: "ignored, and why". */
export interface Note {
  readonly kind:
    | "policy-not-bound"
    | "policy-outranked"
    | "rule-skipped"
    | "condition-dropped"
    | "value-dropped"
    | "value-rewritten"
    | "missing-reference";
  readonly because: NoteCode;
  readonly at: Place;
  readonly chains?: readonly string[]; // absent: the whole proxy
  readonly effect: "none" | "wider" | "narrower"; // on access
}

/** Why: stable codes, each with the words to print (`noteTexts`). */
export type NoteCode =
  | "other-namespace"
  | "other-revision"
  | "outside-discovery"
  | "selector-mismatch"
  | "target-reference"
  | "other-target"
  | "waypoint-without-target"
  | "gateway-selector-off"
  | "older-peer-authentication"
  | "root-selector"
  | "ports-without-selector"
  | "unknown-key"
  | "malformed-key"
  | "http-on-tcp"
  | "invalid-address"
  | "invalid-port"
  | "trust-domain"
  | "trust-domains-by-release"
  | "no-provider"
  | "unusable-provider"
  | "several-providers"
  | "assumed-provider"
  | "http-provider-on-tcp"
  | "dry-run-custom"
  | "dry-run-custom-ignored"
  | "dry-run-unreadable"
  | "other-keys-used"
  | "ztunnel-target-reference"
  | "ztunnel-unsupported-action"
  | "ztunnel-dry-run-off"
  | "ztunnel-empty-selector"
  | "ztunnel-selector-mismatch"
  | "ztunnel-http-attribute"
  | "ztunnel-trust-domains"
  | "ztunnel-empty-match"
  | "ztunnel-invalid-address"
  | "ztunnel-mapped-address"
  | "ztunnel-invalid-port"
  | "ztunnel-older-peer-authentication"
  | "ztunnel-root-empty-selector"
  | "ztunnel-root-selector"
  | "ztunnel-never-built"
  | "ztunnel-port-mode"
  | "proxyless-action"
  | "proxyless-no-rules"
  | "proxyless-dry-run"
  | "proxyless-tokens";

/** What each note says, for whoever prints it. */
export const noteTexts: Readonly<Record<NoteCode, string>> = {
  "other-namespace": "the policy lives in another namespace",
  "other-revision": "the policy is meant for a control plane of another revision",
  "outside-discovery":
    "the policy lives in a namespace that discoverySelectors of the mesh config do not select",
  "selector-mismatch": "the workload does not have the labels of the selector",
  "target-reference":
    "a policy with target references binds to waypoints and Gateway API gateways, never to a sidecar or a classic gateway",
  "other-target": "its target references name something else",
  "waypoint-without-target": "a waypoint takes policies by target reference only",
  "gateway-selector-off":
    "ENABLE_SELECTOR_BASED_K8S_GATEWAY_POLICY is off: Gateway API gateways take policies by target reference only",
  "older-peer-authentication":
    "an older PeerAuthentication of the same scope wins: its ports do not count either",
  "root-selector": "a PeerAuthentication with a selector has no effect in the root namespace",
  "ports-without-selector": "port-level mTLS counts only in a PeerAuthentication with a selector",
  "unknown-key": "istiod does not know this key: it leaves the whole rule out, whatever the action",
  "malformed-key": "istiod cannot read the name in the brackets of this key",
  "http-on-tcp": "what only HTTP requests have cannot be seen on a TCP port",
  "invalid-address": "not an address or a CIDR block",
  "invalid-port": "not a port",
  "trust-domain":
    "a trust domain of the mesh stands for it and its aliases, and `cluster.local` for the mesh's own",
  "trust-domains-by-release": "this release of istiod does not translate trustDomains",
  "no-provider":
    "the extension provider is not declared in the mesh config: requests that match are denied",
  "unusable-provider": "istiod cannot use the extension provider: requests that match are denied",
  "several-providers":
    "CUSTOM policies of several providers bind to one workload: requests that match any of them are denied",
  "assumed-provider": "no mesh config is loaded: the extension provider is taken to be declared",
  "http-provider-on-tcp":
    "an HTTP extension provider cannot be asked about TCP connections: the policy is not enforced on them",
  "dry-run-custom": "a dry-run CUSTOM policy denies what it matches, without asking its provider",
  "dry-run-custom-ignored": "this release of istiod leaves dry-run CUSTOM policies out",
  "dry-run-unreadable": "the dry-run annotation is neither true nor false: the policy is enforced",
  "other-keys-used":
    "jwks and jwksUri are both given: istiod reads jwks, or jwksUri where Envoy may fetch keys",
  "ztunnel-target-reference":
    "a policy with target references is meant for waypoints and gateways: ztunnel is not told of it",
  "ztunnel-unsupported-action":
    "ztunnel knows ALLOW and DENY only: the policy is not enforced there",
  "ztunnel-dry-run-off":
    "istiod sends no dry-run policy to ztunnel unless AMBIENT_ENABLE_DRY_RUN_AUTHORIZATION_POLICY is on",
  "ztunnel-empty-selector":
    "an empty selector selects no workload in ambient: leave the selector out to mean all",
  "ztunnel-selector-mismatch": "the workload does not have the labels of the selector",
  "ztunnel-http-attribute": "ztunnel cannot see this HTTP attribute",
  "ztunnel-trust-domains":
    "istiod leaves trustDomains out of what it tells ztunnel, without a word",
  "ztunnel-empty-match":
    "nothing that ztunnel can test is left: it skips an empty match, which never holds",
  "ztunnel-invalid-address": "not an address or a CIDR block: istiod leaves it out",
  "ztunnel-mapped-address":
    "ztunnel turns IPv4-mapped addresses into IPv4 before it compares: this block never matches",
  "ztunnel-invalid-port": "not a port: istiod leaves it out",
  "ztunnel-older-peer-authentication": "an older PeerAuthentication of the same scope wins",
  "ztunnel-root-empty-selector":
    "in the root namespace, an empty selector is mesh-wide for sidecars and local in ambient",
  "ztunnel-root-selector":
    "a PeerAuthentication with a selector has no effect in the root namespace",
  "ztunnel-never-built":
    "istiod points the workload at a converted policy that it does not build: ztunnel skips it and nothing is enforced",
  "ztunnel-port-mode":
    "what istiod makes of port-level mTLS for ztunnel differs from the documented meaning on this port",
  "proxyless-action": "a gRPC server without a proxy knows ALLOW and DENY only",
  "proxyless-no-rules":
    "a policy without rules comes to nothing at a gRPC server without a proxy: it denies nobody",
  "proxyless-dry-run":
    "a gRPC server without a proxy is not told of dry runs: the policy is enforced",
  "proxyless-tokens": "a gRPC server without a proxy does not look at tokens",
};
