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

export interface Selector {
  readonly matchLabels?: Readonly<Record<string, string>>;
}

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

export type Action = "ALLOW" | "DENY" | "AUDIT" | "CUSTOM";

type Fields<Name extends string> = {
  readonly [Field in Name | `not${Capitalize<Name>}`]?: readonly string[];
};

export type SourceField =
  | "principals"
  | "requestPrincipals"
  | "namespaces"
  | "serviceAccounts"
  | "trustDomains"
  | "ipBlocks"
  | "remoteIpBlocks";
export type OperationField = "hosts" | "ports" | "methods" | "paths";

export type Source = Fields<SourceField>;
export type Operation = Fields<OperationField>;

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

export interface AuthorizationPolicySpec extends Attachment {
  readonly action?: Action;
  readonly provider?: { readonly name?: string };
  readonly rules?: readonly (PolicyRule | null)[];
}
export type AuthorizationPolicy = Resource<AuthorizationPolicySpec>;

export type MutualTlsMode = "UNSET" | "DISABLE" | "PERMISSIVE" | "STRICT";

export interface PeerAuthenticationSpec {
  readonly selector?: Selector;
  readonly mtls?: { readonly mode?: MutualTlsMode };
  readonly portLevelMtls?: Readonly<Record<string, { readonly mode?: MutualTlsMode }>>;
}
export type PeerAuthentication = Resource<PeerAuthenticationSpec>;

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
export interface RequestAuthenticationSpec extends Attachment {
  readonly jwtRules?: readonly (JwtRule | null)[];
}
export type RequestAuthentication = Resource<RequestAuthenticationSpec>;
