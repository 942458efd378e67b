import type { Behaviour } from "./behaviour.ts";

/** What of it is about routes. */
export type RouteBehaviourName =
  | "http-and-grpc-routes-together"
  | "tls-routes"
  | "tcp-routes"
  | "backend-tls-policies"
  | "destination-rules-over-backend-policies";

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
    what: "TLSRoutes are read without PILOT_ENABLE_ALPHA_GATEWAY_API",
    since: { "1.30": 0 },
    source: "istio/istio:pilot/pkg/config/kube/gateway/controller.go",
    evidence: "read in 1.29.3 and 1.30.0; ctx:3.8",
  },
  "tcp-routes": {
    component: "istiod",
    what: "TCPRoutes are read without PILOT_ENABLE_ALPHA_GATEWAY_API",
    since: { "1.31": 0 },
    source: "istio/istio:pilot/pkg/config/kube/gateway/controller.go",
    evidence: "read in 1.30.3 and 1.31.0; ctx:3.8",
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
};
