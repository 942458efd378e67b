import type { ResourceKey } from "./place.ts";

/** One object as the cluster holds it, decoded. `createdAt` in milliseconds; absent when the file does not say. */
export interface Resource<Spec> {
  readonly key: ResourceKey;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly createdAt?: number;
  readonly conditions?: readonly StatusCondition[]; // of an object that comes from a cluster
  readonly spec: Spec;
}

/** What a controller says of an object. */
export interface StatusCondition {
  readonly type: string;
  readonly status: string;
  readonly reason: string;
  readonly message: string;
}

/** Which workloads, by labels. */
export interface Selector {
  readonly matchLabels?: Readonly<Record<string, string>>;
}

/** A gateway or a Service that a policy is attached to. */
export interface TargetRef {
  readonly group?: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
}

/** What all three policy kinds say of where they apply. */
export interface Attachment {
  readonly selector?: Selector;
  readonly targetRef?: TargetRef;
  readonly targetRefs?: readonly TargetRef[];
}

/** What becomes of a request that a rule matches. */
export type Action = "ALLOW" | "DENY" | "AUDIT" | "CUSTOM";

type Fields<Name extends string> = {
  readonly [Field in Name | `not${Capitalize<Name>}`]?: readonly string[];
};

/** The fields of a source; each has a `not` form. */
export type SourceField =
  | "principals"
  | "requestPrincipals"
  | "namespaces"
  | "serviceAccounts"
  | "trustDomains"
  | "ipBlocks"
  | "remoteIpBlocks";
/** The fields of an operation; each has a `not` form. */
export type OperationField = "hosts" | "ports" | "methods" | "paths";

/** What a rule says of the caller. */
export type Source = Fields<SourceField>;
/** What a rule says of the request. */
export type Operation = Fields<OperationField>;

/** An entry of `when`. */
export interface Condition {
  readonly key: string;
  readonly values?: readonly string[];
  readonly notValues?: readonly string[];
}

/** A list item may be missing (`null` in YAML, past a lenient admission): istiod's code meets it, so ours does. */
export interface PolicyRule {
  readonly from?: readonly ({ readonly source?: Source } | null)[];
  readonly to?: readonly ({ readonly operation?: Operation } | null)[];
  readonly when?: readonly (Condition | null)[];
}

/** Its spec; no action stands for ALLOW. */
export interface AuthorizationPolicySpec extends Attachment {
  readonly action?: Action;
  readonly provider?: { readonly name?: string };
  readonly rules?: readonly (PolicyRule | null)[];
}
/** An AuthorizationPolicy. */
export type AuthorizationPolicy = Resource<AuthorizationPolicySpec>;

/** Whether a port takes plaintext, mTLS, or both. */
export type MutualTlsMode = "UNSET" | "DISABLE" | "PERMISSIVE" | "STRICT";

/** Its spec: a mode for all ports, and for single ones. */
export interface PeerAuthenticationSpec {
  readonly selector?: Selector;
  readonly mtls?: { readonly mode?: MutualTlsMode };
  readonly portLevelMtls?: Readonly<Record<string, { readonly mode?: MutualTlsMode }>>;
}
/** A PeerAuthentication. */
export type PeerAuthentication = Resource<PeerAuthenticationSpec>;

/** An issuer whose tokens are taken. */
export interface JwtRule {
  readonly issuer?: string;
  readonly audiences?: readonly string[];
  readonly jwksUri?: string;
  readonly jwks?: string;
  readonly fromHeaders?: readonly { readonly name: string; readonly prefix?: string }[];
  readonly fromParams?: readonly string[];
  readonly fromCookies?: readonly string[];
  readonly outputPayloadToHeader?: string;
  readonly forwardOriginalToken?: boolean;
  readonly outputClaimToHeaders?: readonly { readonly header: string; readonly claim: string }[];
  readonly timeout?: string;
  readonly spaceDelimitedClaims?: readonly string[];
}
/** Its spec: the issuers. */
export interface RequestAuthenticationSpec extends Attachment {
  readonly jwtRules?: readonly (JwtRule | null)[];
}
/** A RequestAuthentication. */
export type RequestAuthentication = Resource<RequestAuthenticationSpec>;
