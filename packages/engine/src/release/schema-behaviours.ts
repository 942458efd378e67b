import type { Behaviour } from "./behaviour.ts";

/** What of it is about which objects of networking.istio.io are taken. */
export type SchemaBehaviourName =
  | "networking-fields-1.28"
  | "networking-fields-1.29"
  | "networking-fields-1.31"
  | "networking-fields-1.32"
  | "dynamic-dns-tls"
  | "dynamic-dns-inside"
  | "excluded-egress-hosts"
  | "small-aggression";

const source = "istio/istio:manifests/charts/base/files/crd-all.gen.yaml";

const webhook = "istio/istio:pkg/config/validation/validation.go";

/** What the CRDs and the webhook take; parse/schemas/networking.json says which field is which. */
export const schemaBehaviours: Readonly<Record<SchemaBehaviourName, Behaviour>> = {
  "networking-fields-1.28": {
    component: "istiod",
    what: "the CRDs have caCertCredentialName, attributes of cookies and resolution DYNAMIC_DNS",
    since: { "1.28": 0 },
    source,
    evidence: "compared: 1.27.0 and 1.28.0",
  },
  "networking-fields-1.29": {
    component: "istiod",
    what: "the CRD of EnvoyFilters has matches for waypoints",
    since: { "1.29": 0 },
    source,
    evidence: "compared: 1.28.0 and 1.29.0",
  },
  "networking-fields-1.31": {
    component: "istiod",
    what: "the CRDs have insecureSkipVerify of servers, prefixRewrite, http2KeepAlive, zoneAwareLbSetting, outlierDetectionHttpErrorCodes, budgetInterval and MERGE_AND_REPLACE_LIST",
    since: { "1.31": 0 },
    source,
    evidence: "compared: 1.30.2 and 1.31.0",
  },
  "networking-fields-1.32": {
    component: "istiod",
    what: "the CRDs have ecdhCurves and backendUtilization",
    since: { "1.32": 0 },
    source,
    evidence: "compared: 1.31.0 and the development branch",
  },
  "dynamic-dns-tls": {
    component: "istiod",
    what: "DYNAMIC_DNS takes ports of TLS",
    since: { "1.29": 0 },
    source: webhook,
    evidence: "read in each release",
  },
  "dynamic-dns-inside": {
    component: "istiod",
    what: "DYNAMIC_DNS takes ports of gRPC and HTTP/2, and the location MESH_INTERNAL",
    since: { "1.30": 0 },
    source: webhook,
    evidence: "read in each release",
  },
  "excluded-egress-hosts": {
    component: "istiod",
    what: "a host of a Sidecar may be left out: `~namespace/host`",
    since: { "1.31": 0 },
    source: "istio/istio:pkg/config/validation/agent/validation.go",
    evidence: "read in each release",
  },
  "small-aggression": {
    component: "istiod",
    what: "the aggression of a warm-up may be less than 1",
    since: { "1.31": 0 },
    source: webhook,
    evidence: "read in each release",
  },
};
