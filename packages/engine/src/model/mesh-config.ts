/** Istio's MeshConfig, under its own field names: what decides a request. Absent means Istio's default. */
export interface MeshConfig {
  readonly rootNamespace?: string; // istio-system
  readonly trustDomain?: string; // cluster.local
  readonly trustDomainAliases?: readonly string[];
  readonly caCertificates?: readonly { readonly trustDomains?: readonly string[] }[];
  readonly pathNormalization?: { readonly normalization?: PathNormalization };
  readonly extensionProviders?: readonly ExtensionProvider[];
  readonly defaultConfig?: ProxyConfig;
  readonly enableAutoMtls?: boolean; // true
  readonly outboundTrafficPolicy?: { readonly mode?: string };
  readonly protocolDetectionTimeout?: string;
  readonly discoverySelectors?: readonly unknown[];
  readonly [other: string]: unknown;
}

/** How far a proxy tidies paths up before policies see them. */
export type PathNormalization =
  | "DEFAULT"
  | "NONE"
  | "BASE"
  | "MERGE_SLASHES"
  | "DECODE_AND_MERGE_SLASHES";

/** What of a proxy's own config decides anything. */
export interface ProxyConfig {
  readonly gatewayTopology?: {
    readonly numTrustedProxies?: number;
    readonly forwardClientCertDetails?: string;
    readonly proxyProtocol?: Readonly<Record<string, unknown>>;
  };
  readonly connectionSettings?: Readonly<Record<string, unknown>>;
  readonly proxyMetadata?: Readonly<Record<string, string>>;
  readonly [other: string]: unknown;
}

/** An authorizer that CUSTOM policies name. */
export interface ExtensionProvider {
  readonly name: string;
  readonly envoyExtAuthzHttp?: HttpAuthorizer;
  readonly envoyExtAuthzGrpc?: GrpcAuthorizer;
  readonly [other: string]: unknown;
}

/** What both kinds of authorizers say. */
export interface Authorizer {
  readonly service: string;
  readonly port: number;
  readonly timeout?: string;
  readonly failOpen?: boolean;
  readonly statusOnError?: string;
  readonly clearRouteCache?: boolean;
  readonly includeRequestBodyInCheck?: {
    readonly maxRequestBytes?: number;
    readonly allowPartialMessage?: boolean;
    readonly packAsBytes?: boolean;
  };
}
/** An authorizer that is asked over HTTP. */
export interface HttpAuthorizer extends Authorizer {
  readonly pathPrefix?: string;
  readonly includeHeadersInCheck?: readonly string[];
  readonly includeRequestHeadersInCheck?: readonly string[];
  readonly includeAdditionalHeadersInCheck?: Readonly<Record<string, string>>;
  readonly headersToUpstreamOnAllow?: readonly string[];
  readonly headersToDownstreamOnDeny?: readonly string[];
  readonly headersToDownstreamOnAllow?: readonly string[];
}
/** An authorizer that is asked over gRPC. */
export type GrpcAuthorizer = Authorizer;
