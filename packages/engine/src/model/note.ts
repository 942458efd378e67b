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
  | "ztunnel-port-mode";

export const noteTexts: Readonly<Record<NoteCode, string>> = {
  "other-namespace": "the policy lives in another namespace",
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
};
