import type { Behaviour } from "./behaviour.ts";

/** What of it is about routes. */
export type RouteBehaviourName = "http-and-grpc-routes-together" | "tls-routes" | "tcp-routes";

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
};
