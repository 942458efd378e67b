import type { JwtKeys } from "./jwt-keys.ts";
import type { ProxyConfig } from "./mesh-config.ts";
import type { Note } from "./note.ts";
import type { Place, ResourceKey } from "./place.ts";
import type {
  CorsPolicy,
  Fault,
  HeaderChanges,
  Mirror,
  Rewrite,
  RouteDestination,
} from "./route.ts";
import type { Clause, Rule, Text } from "./rule.ts";

/** What istiod tells one proxy. */
export interface Program {
  readonly proxy: Proxy;
  readonly listeners: readonly Listener[];
  readonly notes: readonly Note[];
  readonly unsupported?: true; // what this kind of proxy is told is not worked out: a verdict must be undetermined
}

/** What istiod knows of a proxy: `serve` takes one, the inventory makes one. */
export interface Proxy {
  readonly kind: "sidecar" | "gateway" | "waypoint" | "ztunnel" | "proxyless";
  readonly namespace: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly serviceAccount: string;
  readonly addresses: readonly string[];
  readonly ports: readonly ProxyPort[];
  readonly tunnel?: true; // of a sidecar: the listeners of HBONE are meant, not those of what is redirected to it
  readonly config?: ProxyConfig; // of the pod, over the mesh's
}

/** A port of the workload: the container port, and the Service port that leads to it, if one does. */
export interface ProxyPort {
  readonly port: number;
  readonly protocol: "http" | "tcp" | "auto";
  readonly service?: { readonly host: string; readonly port: number };
  readonly bind?: string; // of a Sidecar object's ingress
}

/** A port that a proxy listens on, with its chains. */
export interface Listener {
  readonly name: string;
  readonly port?: number; // absent: the virtual inbound listener, any captured port
  readonly address?: string; // that it binds to; absent: any
  readonly proxyProtocol?: true;
  readonly detects?: "known-methods" | "known-methods-or-m-search"; // by release: what HTTP looks like where the protocol is detected; absent: any first word
  readonly goesOn?: true; // after a while without bytes, as if they were none that it knows
  readonly chains: readonly FilterChain[];
  readonly refused?: Refusal; // the other listeners of a gateway may still serve
}

/** Envoy does not take the listener. `update-refused`: a running proxy keeps its old policies, a new pod gets no listener. */
export interface Refusal {
  readonly effect: "update-refused" | "process-dies";
  readonly cause: string;
  readonly at: Place;
}

/** What serves a connection: how it is told from others, its TLS, its filters in order. */
export interface FilterChain {
  readonly name: string;
  readonly match: {
    readonly port?: number;
    readonly serverNames?: readonly string[]; // "*": any, and none
    readonly transport?: "tls" | "raw_buffer" | "hbone";
    readonly alpn?: readonly string[]; // from the ClientHello, or what the HTTP inspector saw
    readonly service?: string; // waypoint: host of the Service; "" for traffic addressed to a pod
    readonly addresses?: readonly string[]; // waypoint: those of the Service, or of the pods
  };
  readonly tls?: ServerTls; // absent: the chain does not terminate TLS
  readonly kind: "http" | "tcp" | "blackhole";
  readonly http?: HttpSettings; // kind http
  readonly filters: readonly Filter[]; // in the proxy's order
  readonly routes?: readonly VirtualHost[]; // of HTTP at a gateway or on the way out; absent: the workload gets everything
  readonly forwards?: readonly RouteDestination[]; // of bytes, on the way out or at a gateway; absent: the workload gets everything
}

/** The routes of some hosts: of several virtual hosts the one with the most specific domain serves a request. */
export interface VirtualHost {
  readonly name?: string; // as Envoy has it: "shop.s.svc.cluster.local:80"
  readonly domains: readonly string[]; // in lower case; "*.example.com", "*"
  readonly httpsOnly?: true; // whatever else comes is redirected
  readonly routes: readonly Route[]; // the first that matches
}

/** One rule of a route object, under one of its matches. */
export interface Route {
  readonly at: Place;
  readonly name?: string; // as Envoy has it: "default" of what istiod makes
  readonly rule?: ResourceKey; // the object that has it; absent: made by istiod
  readonly when: readonly Clause[]; // all of them; [] matches everything
  readonly parameters?: readonly QueryMatch[]; // of the query: all of them
  readonly action: RouteAction;
  readonly cors?: CorsPolicy; // answers preflights before they are routed
}

/** A parameter of the query that must be there, and look like that. */
export interface QueryMatch {
  readonly name: string;
  readonly value?: Text; // absent: anything
}

/** What a route does. */
export type RouteAction =
  | {
      readonly kind: "forward";
      readonly operation?: string; // what Envoy calls it in a header
      readonly destinations: readonly RouteDestination[]; // several: by weight
      readonly rewrite?: Rewrite;
      readonly headers?: HeaderChanges; // of several destinations: after their own
      readonly mirrors?: readonly Mirror[];
      readonly timeout?: number; // milliseconds, of one attempt: a header says so
      readonly fault?: Fault;
    }
  | {
      readonly kind: "redirect";
      readonly status: number;
      readonly to: Redirect;
      readonly fault?: Fault;
    }
  | {
      readonly kind: "respond";
      readonly status: number;
      readonly grpcStatus?: number; // of an answer to gRPC
      readonly body: string;
      readonly details: "direct_response" | "fault_filter_abort" | "cluster_not_found";
      readonly fault?: Fault;
    }
  | { readonly kind: "unknown"; readonly what: string; readonly fault?: Fault }; // what is not evaluated

/** The parts of a location that differ from the request's. */
export interface Redirect {
  readonly scheme?: string;
  readonly authority?: string;
  readonly port?: number;
  readonly path?: string;
  readonly prefix?: { readonly from: string; readonly to: string };
}

/** What a chain asks of TLS clients. */
export interface ServerTls {
  readonly clientCertificate: "required" | "optional" | "none";
  readonly authority: "mesh" | "credential";
  readonly trustDomains?: readonly string[]; // absent: any
  readonly subjectAltNames?: readonly string[];
  readonly acceptsUntrusted?: true; // nobody asks who signed the certificate
}

/** How a chain reads requests before any filter sees them. */
export interface HttpSettings {
  readonly normalizePath: boolean;
  readonly mergeSlashes: boolean;
  readonly escapedSlashes: "keep" | "decode" | "redirect" | "reject";
  readonly underscores: "keep" | "reject" | "drop"; // of header names
  readonly remoteAddress: "peer" | "xff"; // xff: the right-most entry
  readonly trustedHops: number;
  readonly headerLines: "each" | "joined"; // by release; the inline headers are joined in both
  readonly latin1?: true; // by release: the expressions of routes take each byte for a character
  readonly clientCertHeader: ClientCertHeader; // x-forwarded-client-cert
  readonly clientCertFields?: readonly CertificateField[]; // what it says of a certificate; absent: subject and names
  readonly keepsRequestIds?: true; // x-request-id is neither made nor replaced
  readonly forwardedPort?: true; // x-forwarded-port says which port was called
  readonly forwardedHost?: true; // x-forwarded-host says which host was asked for, if a route changes it
  readonly uncounted?: true; // attempts
  readonly untold?: true; // no header says what path and host came, nor how long there is
  readonly dotSegmentParameters?: "keep"; // by release: `..;x` is an ordinary segment
  readonly http10?: true; // HTTP/1.0 is served
  readonly untraced?: true; // nobody reads or writes what the operation is called
  readonly queryMethod?: true; // by release: HTTP/1 knows QUERY, which needs a content-type
}

/** What x-forwarded-client-cert may say of a certificate, in this order. */
export type CertificateField = "Cert" | "Chain" | "Subject" | "URI" | "DNS";

/** What a proxy does with x-forwarded-client-cert. */
export type ClientCertHeader =
  | "append-forward"
  | "sanitize-set"
  | "sanitize"
  | "forward-only"
  | "always-forward-only";

/** What is enforced on a chain. */
export type Filter = RbacFilter | ExtAuthzFilter | JwtFilter;

/** The rules of ALLOW, DENY or AUDIT policies. */
export interface RbacFilter {
  readonly kind: "rbac";
  readonly action: "ALLOW" | "DENY" | "AUDIT";
  readonly peer: PeerSource;
  readonly rules?: readonly Rule[]; // in byte order of their names. Absent: nothing enforced. ALLOW with []: denies everything
  readonly dryRun?: readonly Rule[];
  readonly custom?: true; // DENY in place of a CUSTOM policy whose provider cannot be asked
}

/** Where a filter reads the peer from: any SAN or subject of the certificate; the tunnel's joined text; a parsed SPIFFE id (ztunnel); nowhere. */
export type PeerSource = "certificate" | "tunnel" | "spiffe" | "none";

/** Asks an authorizer when a rule of a CUSTOM policy matches. */
export interface ExtAuthzFilter {
  readonly kind: "ext-authz";
  readonly provider: string;
  readonly protocol: "http" | "grpc";
  readonly peer: PeerSource;
  readonly rules: readonly Rule[]; // asks the provider when one matches
  readonly failOpen: boolean;
  readonly statusOnError: number;
  readonly seesHeaders: readonly Text[];
  readonly upstreamHeaders?: readonly Text[]; // what an HTTP provider may set on allow; absent: anything
  readonly clientHeaders?: readonly Text[]; // what of its denial the client sees; absent: all
  readonly maxBody?: number; // absent: the body is not looked at, or may be partial
}

/** The requirement over several providers follows from their order (an:RA-15, an:RA-16). */
export interface JwtFilter {
  readonly kind: "jwt";
  readonly providers: readonly JwtProvider[];
  readonly sanitizesFirst?: true; // by release: the output headers of all providers go before anything else
  readonly anySaltLength?: true; // by release: of a PS256 signature
}

/** An issuer as the JWT filter knows it. */
export interface JwtProvider {
  readonly name: string;
  readonly at: Place;
  readonly issuer: string;
  readonly audiences: readonly string[];
  readonly keys: JwtKeys;
  readonly headers: readonly { readonly name: string; readonly prefix: string }[];
  readonly params: readonly string[];
  readonly cookies: readonly string[];
  readonly forward: boolean;
  readonly payloadHeader?: string;
  readonly claimHeaders: readonly { readonly header: string; readonly claim: readonly string[] }[];
  readonly spaceDelimited: readonly string[];
}
