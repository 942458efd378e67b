/** The facts that may be assumed, by the first part of their id. */
export type AssumptionId =
  | "data-plane"
  | "protocol"
  | "transport"
  | "host"
  | "http.version"
  | "labels"
  | "service"
  | "further-policies"
  | "release"
  | "mesh-config"
  | "provider"
  | "gateway-programmed"
  | "further-routes"
  | "outside"
  | "policy-age"
  | "discovery"
  | "dns-capture";

/** One thing that is taken for granted when nothing states it; `--assume none` asks instead. */
export interface Assumption {
  readonly id: AssumptionId;
  readonly about: string;
  readonly assumed: string;
}

/** What may be assumed: the infrastructure around the policies, never what policies test. `authz help assumptions` prints it. */
export const assumptions: readonly Assumption[] = [
  {
    id: "data-plane",
    about: "the data plane of a workload whose namespace says nothing",
    assumed:
      "sidecar; of a caller, where a loaded namespace is ambient and none has sidecars: ambient, or none in a namespace that is loaded",
  },
  {
    id: "protocol",
    about: "the protocol of a port that no loaded Service declares",
    assumed: "HTTP if the request has `http`",
  },
  {
    id: "transport",
    about: "the transport between two workloads of the mesh",
    assumed: "mutual TLS, as auto mTLS makes it",
  },
  {
    id: "host",
    about: "the Host of a request that states none",
    assumed: "the Service's full name, without port",
  },
  { id: "http.version", about: "the HTTP version of a request", assumed: "HTTP/1.1" },
  {
    id: "labels",
    about: "labels of a described workload beyond those that are stated",
    assumed: "none",
  },
  {
    id: "service",
    about: "a Service that was not loaded, in a namespace of which others were",
    assumed: "there, with the port that is named",
  },
  {
    id: "further-policies",
    about: "policies in the root namespace and the workload's that were not loaded",
    assumed: "none",
  },
  { id: "release", about: "the release of Istio", assumed: "the newest one that is known" },
  {
    id: "mesh-config",
    about: "the mesh config, when none was loaded",
    assumed: "Istio's defaults",
  },
  {
    id: "provider",
    about: "the provider of a CUSTOM policy, while no mesh config is loaded",
    assumed: "declared",
  },
  {
    id: "gateway-programmed",
    about: "Gateways without a status",
    assumed: "programmed, with an address",
  },
  {
    id: "further-routes",
    about: "routes of a gateway that were not loaded",
    assumed: "none, so that what no route takes is answered with 404",
  },
  {
    id: "outside",
    about: "a host or address that nothing loaded has",
    assumed: "outside the mesh",
  },
  {
    id: "policy-age",
    about: "PeerAuthentications of one scope without creationTimestamp",
    assumed: "equally old, so the first name counts at Envoy; ztunnel's choice is unknown",
  },
  {
    id: "discovery",
    about: "namespaces that were not loaded, where discoverySelectors go by labels",
    assumed: "selected",
  },
  {
    id: "dns-capture",
    about:
      "who answers a workload in ambient mode that asks for a host of a ServiceEntry without addresses",
    assumed: "ztunnel, with an address that istiod gave it, which leads to the entry's waypoint",
  },
];

/** What is asked instead of assumed, because policies test it. Printed below the assumptions. */
export const unknowns: readonly string[] = [
  "the source address",
  "method, path and other parts of `http` that are not given",
  "the keys of an issuer",
  "a provider's answer, and what it changes",
  "an external caller's certificate",
  "labels behind a Service that is not loaded",
  "which workload answers, if a Service selects different ones",
  "which subset or weight a route picks",
  "what an EnvoyFilter or WasmPlugin on the proxy decides (--assume filters: nothing)",
];
