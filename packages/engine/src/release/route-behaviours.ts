import type { Behaviour } from "./behaviour.ts";

/** What of it is about routes. */
export type RouteBehaviourName =
  | "http-and-grpc-routes-together"
  | "tls-routes"
  | "tcp-routes"
  | "listener-conflicts"
  | "backend-tls-policies"
  | "destination-rules-over-backend-policies"
  | "no-backends-404"
  | "reference-grants-add-up"
  | "frontend-validation"
  | "terminate-mode-over-validation"
  | "insecure-fallback"
  | "waypoint-routes-of-several"
  | "best-service-namespace"
  | "latin1-expressions";

/** What differs between releases in how routes are read. */
export const routeBehaviours: Readonly<Record<RouteBehaviourName, Behaviour>> = {
  "http-and-grpc-routes-together": {
    component: "istiod",
    what: "HTTPRoutes and GRPCRoutes for one host of one listener are put together",
    since: { "1.30": 0 },
    source: "istio/istio:releasenotes/notes/http-grpc-same-hostname.yaml",
    evidence: "read in 1.29.6, 1.30.0 and 1.31.0; ctx:3.8",
  },
  "tls-routes": {
    component: "istiod",
    what: "TLSRoutes, and listeners of Gateways for TLS, are read without PILOT_ENABLE_ALPHA_GATEWAY_API",
    since: { "1.30": 0 },
    source: "istio/istio:pilot/pkg/config/kube/gateway/controller.go",
    evidence: "read in 1.29.3 and 1.30.0, listeners run in 1.28.10 and 1.29.6; ctx:3.8",
  },
  "tcp-routes": {
    component: "istiod",
    what: "TCPRoutes, and listeners of Gateways for TCP, are read without PILOT_ENABLE_ALPHA_GATEWAY_API",
    since: { "1.31": 0 },
    source: "istio/istio:pilot/pkg/config/kube/gateway/controller.go",
    evidence: "read in 1.30.3 and 1.31.0, listeners run in 1.28.10 and 1.29.6; ctx:3.8",
  },
  "listener-conflicts": {
    component: "istiod",
    what: "of listeners of a Gateway on one port those are left out that are not distinct from an earlier one: bytes beside anything else, or one host twice",
    since: { "1.31": 0 },
    source: "istio/istio:pilot/pkg/config/kube/gatewaycommon/listener_conflict.go",
    evidence: "read in 1.30.3, where there is none, and run in 1.31.0; ctx:3.4",
  },
  "backend-tls-policies": {
    component: "istiod",
    what: "BackendTLSPolicies are read without PILOT_ENABLE_ALPHA_GATEWAY_API",
    since: { "1.28": 0 },
    source: "istio/istio:releasenotes/notes/gtw-140.yaml",
    evidence: "read in 1.31.0",
  },
  "destination-rules-over-backend-policies": {
    component: "istiod",
    what: "what a DestinationRule says counts before a BackendTLSPolicy for the same host, whichever is older",
    since: { "1.31": 0 },
    source: "istio/istio:releasenotes/notes/60358.yaml",
    evidence: "read in 1.31.0",
  },
  "no-backends-404": {
    component: "istiod",
    what: "an HTTPRoute's rule without any backendRefs answers 404, else 500",
    since: { "1.30": 0 },
    until: { "1.31": 0 },
    source: "istio/istio:releasenotes/notes/60787.yaml",
    evidence: "read in 1.29.6, 1.30.0, 1.30.3 and 1.31.0",
  },
  "reference-grants-add-up": {
    component: "istiod",
    what: "every `to` of a ReferenceGrant counts; before, of each kind the last",
    since: { "1.30": 0 },
    source: "istio/istio:releasenotes/notes/reference-grant-to-or-semantics.yaml",
    evidence: "read in 1.29.6 and 1.30.0",
  },
  "frontend-validation": {
    component: "istiod",
    what: "a Gateway of the Gateway API may validate client certificates (tls.frontend)",
    since: { "1.28": 0 },
    source: "istio/istio:releasenotes/notes/57183.yaml",
    evidence: "read in 1.27.0 and 1.28.0",
  },
  "terminate-mode-over-validation": {
    component: "istiod",
    what: "gateway.istio.io/tls-terminate-mode counts where client certificates are validated, too",
    since: { "1.30": 0 },
    source: "istio/istio:releasenotes/notes/59098.yaml",
    evidence: "read in 1.29.6 and 1.30.0",
  },
  "insecure-fallback": {
    component: "istiod",
    what: "AllowInsecureFallback lets clients without a valid certificate in; before, the mode is not read",
    since: { "1.31": 0 },
    source: "istio/istio:releasenotes/notes/gateway-insecure-fallback.yaml",
    evidence: "read in 1.30.0 and 1.31.0",
  },
  "waypoint-routes-of-several": {
    component: "istiod",
    what: "a waypoint takes the HTTP routes of all objects for a Service; before, of the first",
    since: { "1.28": 6, "1.29": 2, "1.30": 0 },
    source: "istio/istio:releasenotes/notes/59484.yaml",
    evidence: "read in the change; first releases by their tags",
  },
  "best-service-namespace": {
    component: "istiod",
    what: "of the namespaces that have a host which only a VirtualService names, one with a Service counts, else the oldest; before, the first by its name",
    since: { "1.30": 0 },
    source: "istio/istio:releasenotes/notes/sidecar-pick-best-service-namespace.yaml",
    evidence: "read in 1.31.0",
  },
  "latin1-expressions": {
    component: "envoy",
    what: "regular expressions take each byte for a character; before, bytes that are no UTF-8 matched nothing",
    since: { "1.39": 1 },
    source: "envoy:source/common/common/regex.cc",
    evidence: "1.36.4, 1.37.0, 1.38.3, 1.39.0, 1.39.1, 1.39.3 and 1.40.0 run; az:STR-1",
  },
};
