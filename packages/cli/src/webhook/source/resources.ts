/** A kind of object that is followed. */
export interface Watched {
  readonly apiVersion: string;
  readonly kind: string;
  readonly plural: string;
}

function watched(apiVersion: string, kinds: Readonly<Record<string, string>>): readonly Watched[] {
  return Object.entries(kinds).map(([plural, kind]) => ({ apiVersion, kind, plural }));
}

/** Everything a mesh is made of. What is not served, as its CRD is not installed, does not exist. */
export const watchedKinds: readonly Watched[] = [
  ...watched("security.istio.io/v1", {
    authorizationpolicies: "AuthorizationPolicy",
    requestauthentications: "RequestAuthentication",
    peerauthentications: "PeerAuthentication",
  }),
  ...watched("v1", {
    namespaces: "Namespace",
    services: "Service",
    serviceaccounts: "ServiceAccount",
    pods: "Pod",
  }),
  ...watched("apps/v1", {
    deployments: "Deployment",
    statefulsets: "StatefulSet",
    daemonsets: "DaemonSet",
  }),
  ...watched("batch/v1", { cronjobs: "CronJob" }),
  ...watched("discovery.k8s.io/v1", { endpointslices: "EndpointSlice" }),
  ...watched("networking.k8s.io/v1", { ingresses: "Ingress", ingressclasses: "IngressClass" }),
  ...watched("networking.istio.io/v1", {
    gateways: "Gateway",
    virtualservices: "VirtualService",
    destinationrules: "DestinationRule",
    serviceentries: "ServiceEntry",
    sidecars: "Sidecar",
    workloadentries: "WorkloadEntry",
  }),
  ...watched("networking.istio.io/v1alpha3", { envoyfilters: "EnvoyFilter" }),
  ...watched("networking.istio.io/v1beta1", { proxyconfigs: "ProxyConfig" }),
  ...watched("extensions.istio.io/v1alpha1", {
    wasmplugins: "WasmPlugin",
    trafficextensions: "TrafficExtension",
  }),
  ...watched("gateway.networking.k8s.io/v1", {
    gateways: "Gateway",
    gatewayclasses: "GatewayClass",
    httproutes: "HTTPRoute",
    grpcroutes: "GRPCRoute",
    backendtlspolicies: "BackendTLSPolicy",
    listenersets: "ListenerSet",
  }),
  ...watched("gateway.networking.k8s.io/v1alpha2", {
    tlsroutes: "TLSRoute",
    tcproutes: "TCPRoute",
  }),
  ...watched("gateway.networking.k8s.io/v1beta1", { referencegrants: "ReferenceGrant" }),
];

/** Where the API server has all objects of a kind, or those of a namespace. */
export function pathOf({ apiVersion, plural }: Watched, namespace?: string): string {
  const root = apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  return namespace === undefined
    ? `${root}/${plural}`
    : `${root}/namespaces/${namespace}/${plural}`;
}
