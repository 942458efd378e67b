import type { Behaviour } from "./behaviour.ts";
import { type RouteBehaviourName, routeBehaviours } from "./route-behaviours.ts";
import { type SchemaBehaviourName, schemaBehaviours } from "./schema-behaviours.ts";
import { type TokenBehaviourName, tokenBehaviours } from "./token-behaviours.ts";

/** What may differ between releases, by name. */
export type BehaviourName =
  | "literal-service-accounts"
  | "literal-namespaces"
  | "provider-in-rule-name"
  | "provider-name-syntax"
  | "several-custom-providers"
  | "dry-run-custom-denies"
  | "trust-domains"
  | "trust-domain-key"
  | "trust-domain-fields"
  | "connection-settings"
  | "strict-gateway-merging"
  | "dynamic-dns-outbound-rbac"
  | "ambient-dry-run"
  | "subset-tls-fallback"
  | "presence-field"
  | "header-lines-each"
  | "dot-segment-parameters"
  | "unknown-methods-are-http"
  | "m-search-unknown"
  | "query-method"
  | "http-authorizer-error-403"
  | "service-entry-visibility"
  | "canary-waypoints"
  | "entry-blocks-in-ambient"
  | RouteBehaviourName
  | TokenBehaviourName
  | SchemaBehaviourName;

/** What differs between releases, from Istio 1.27 to the 1.32 development branch. The only place that knows version numbers. */
export const behaviours: Readonly<Record<BehaviourName, Behaviour>> = {
  "literal-service-accounts": {
    component: "istiod",
    what: "service accounts and their namespaces are literal text, not regular expressions",
    since: { "1.27": 9, "1.28": 6, "1.29": 2, "1.30": 0 },
    source: "istio/istio:releasenotes/notes/59700.yaml",
    evidence: "run; 1.28.6 by its tag; az:SRC",
  },
  "literal-namespaces": {
    component: "istiod",
    what: "namespaces and suffix principals are literal text, not regular expressions",
    since: { "1.28": 7, "1.29": 3, "1.30": 0 },
    source: "istio/istio:releasenotes/notes/59992.yaml",
    evidence: "run; 1.28.7 by its tag; az:STR-5",
  },
  "provider-in-rule-name": {
    component: "istiod",
    what: "the rule names of CUSTOM policies carry the provider",
    since: { "1.30": 0 },
    source: "istio/istio:releasenotes/notes/58082.yaml",
    evidence: "run; az:CUS-3",
  },
  "provider-name-syntax": {
    component: "istiod",
    what: "an extension provider whose name is no DNS label cannot be used",
    since: { "1.30": 0 },
    source: "istio/istio:releasenotes/notes/58082.yaml",
    evidence: "run; az:CUS-1",
  },
  "several-custom-providers": {
    component: "istiod",
    what: "PILOT_ENABLE_MULTIPLE_CUSTOM_AUTHZ_PROVIDERS lets a workload have several CUSTOM providers",
    since: { "1.30": 0 },
    source: "istio/istio:releasenotes/notes/58082.yaml",
    evidence: "run; az:CUS-2",
  },
  "dry-run-custom-denies": {
    component: "istiod",
    what: "requests that match a dry-run CUSTOM policy are denied; before, it had no effect",
    since: { "1.30": 0 },
    source: "istio/istio:pilot/pkg/security/authz/builder/builder.go",
    evidence: "run; az:DRY-6",
  },
  "trust-domains": {
    component: "istiod",
    what: "trustDomains, notTrustDomains and source.trustDomain are translated",
    since: { "1.30": 2 },
    source: "istio/istio:pilot/pkg/security/authz/model/generator.go",
    evidence: "run; 1.30.1 by its tag",
  },
  "trust-domain-key": {
    component: "istiod",
    what: "the webhook accepts the key source.trustDomain",
    since: { "1.30": 0 },
    source: "istio/istio:pkg/config/security/security.go",
    evidence: "run",
  },
  "trust-domain-fields": {
    component: "istiod",
    what: "the CRD has trustDomains and notTrustDomains; before, the API server prunes them",
    since: { "1.30": 0 },
    source: "istio/istio:manifests/charts/base/files/crd-all.gen.yaml",
    evidence: "read in 1.27.0, 1.28.0, 1.29.3, 1.30.1 and 1.31.0 of istio/api",
  },
  "connection-settings": {
    component: "istiod",
    what: "ProxyConfig connectionSettings override path normalisation, and the profile EDGE exists",
    since: { "1.31": 0 },
    source: "istio/istio:releasenotes/notes/connection-settings.yaml",
    evidence: "run",
  },
  "strict-gateway-merging": {
    component: "istiod",
    what: "a gateway that istiod deployed takes no classic Gateways of other namespaces",
    since: { "1.31": 0 },
    source: "istio/istio:releasenotes/notes/strict-gateway-merging.yaml",
    evidence: "read; off in the compatibility profile for 1.30",
  },
  "dynamic-dns-outbound-rbac": {
    component: "istiod",
    what: "outbound TLS to a wildcard ServiceEntry with DYNAMIC_DNS is subject to the client's own policies",
    since: { "1.30": 0 },
    source: "istio/istio:pilot/pkg/networking/core/networkfilter.go",
    evidence: "1.31 run",
  },
  "ambient-dry-run": {
    component: "istiod",
    what: "AMBIENT_ENABLE_DRY_RUN_AUTHORIZATION_POLICY sends dry-run policies to ztunnel",
    since: { "1.29": 0 },
    source: "istio/istio:releasenotes/notes/authz-dry-run-ambient.yaml",
    evidence: "read",
  },
  "subset-tls-fallback": {
    component: "istiod",
    what: "a DestinationRule subset without TLS settings falls back to those of its rule for endpoints too",
    since: { "1.31": 0 },
    source: "istio/istio:pilot/pkg/xds/endpoints/mtls_checker.go",
    evidence: "read; an:PA-84",
  },
  "presence-field": {
    component: "istiod",
    what: "jwtRules may have presence, which has no effect",
    since: { "1.32": 0 },
    source: "istio/istio:pilot/pkg/security/authn/policy_applier.go",
    evidence: "run",
  },
  "header-lines-each": {
    component: "envoy",
    what: "RBAC compares repeated header lines one by one; before, they were joined",
    since: { "1.34": 13, "1.35": 9, "1.36": 5, "1.37": 1, "1.38": 0 },
    source: "envoy:source/common/http/header_utility.cc (CVE-2026-26308)",
    evidence: "1.36.4, 1.37.0 and 1.38.3 run; az:HK-3",
  },
  "dot-segment-parameters": {
    component: "envoy",
    what: "the path segments `..;x` and `.;x` count as dot segments",
    since: { "1.39": 1 },
    source: "envoy:source/common/http/path_utility.cc",
    evidence: "run",
  },
  "unknown-methods-are-http": {
    component: "envoy",
    what: "where the protocol is detected, an unknown method makes a request HTTP (and a 400); before, bytes",
    since: { "1.39": 0 },
    source: "envoy:source/extensions/filters/listener/http_inspector/http_inspector.cc",
    evidence: "run",
  },
  "m-search-unknown": {
    component: "envoy",
    what: "where the protocol is detected, M-SEARCH is an unknown method",
    since: { "1.38": 2 },
    until: { "1.39": 0 },
    source: "envoy:source/extensions/filters/listener/http_inspector/http_inspector.cc",
    evidence: "run",
  },
  "query-method": {
    component: "envoy",
    what: "HTTP/1 knows the method QUERY, which needs a content-type",
    since: { "1.40": 0 },
    source: "envoy:source/common/http/conn_manager_utility.cc",
    evidence: "run",
  },
  "http-authorizer-error-403": {
    component: "envoy",
    what: "where an HTTP authorizer fails, statusOnError is ignored and the status is 403",
    since: { "1.37": 0 },
    until: { "1.38": 0 },
    source: "envoy:source/extensions/filters/http/ext_authz/ext_authz.cc",
    evidence: "run; az:CUS-7",
  },
  "service-entry-visibility": {
    component: "istiod",
    what: "serviceEntryVisibility of the mesh config limits who sees ServiceEntries",
    since: { "1.31": 0 },
    source: "istio/istio:releasenotes/notes/60870-serviceentry-visibility.yaml",
    evidence: "read in 1.31.0",
  },
  "entry-blocks-in-ambient": {
    component: "istiod",
    what: "ztunnel knows ServiceEntries by blocks of addresses, too; before, one with a block is left out as a whole",
    since: { "1.30": 0 },
    source: "istio/istio:releasenotes/notes/59797.yaml",
    evidence: "read in 1.31.0",
  },
  "canary-waypoints": {
    component: "istiod",
    what: "istio.io/use-waypoint-canary leads a share of the connections to a second waypoint",
    since: { "1.31": 0 },
    source: "istio/istio:releasenotes/notes/60801-weighted-waypoint-canary.yaml",
    evidence: "read in 1.31.0",
  },
  ...routeBehaviours,
  ...tokenBehaviours,
  ...schemaBehaviours,
};
