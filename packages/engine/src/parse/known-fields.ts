/** What may stand in a part of an object. */
export interface KnownFields {
  readonly fields?: ReadonlySet<string>; // absent: a list, or a mapping of any keys
  readonly inner: ReadonlyMap<string, KnownFields>; // of these; "*": of each item, of each value
}

/** Fields by where they are; `*` is any item of a list, any key of a mapping. */
type Listed = Readonly<Record<string, string>>;

const object = { "": "apiVersion kind metadata spec status" };
const metadata =
  "annotations clusterName creationTimestamp deletionGracePeriodSeconds deletionTimestamp finalizers generateName generation labels managedFields name namespace ownerReferences resourceVersion selfLink uid";

/** Kubernetes 1.36 (kubernetes/api:core/v1/types.go, apps/v1/types.go, batch/v1/types.go). */
const container =
  "args command env envFrom image imagePullPolicy lifecycle livenessProbe name ports readinessProbe resizePolicy resources restartPolicy restartPolicyRules securityContext startupProbe stdin stdinOnce terminationMessagePath terminationMessagePolicy tty volumeDevices volumeMounts workingDir";
const containerPort = "containerPort hostIP hostPort name protocol";
const pod: Listed = {
  spec: "activeDeadlineSeconds affinity automountServiceAccountToken containers dnsConfig dnsPolicy enableServiceLinks ephemeralContainers hostAliases hostIPC hostNetwork hostPID hostUsers hostname hostnameOverride imagePullSecrets initContainers nodeName nodeSelector os overhead preemptionPolicy priority priorityClassName readinessGates resourceClaims resources restartPolicy runtimeClassName schedulerName schedulingGates schedulingGroup securityContext serviceAccount serviceAccountName setHostnameAsFQDN shareProcessNamespace subdomain terminationGracePeriodSeconds tolerations topologySpreadConstraints volumes workloadRef",
  "spec.containers.*": container,
  "spec.containers.*.ports.*": containerPort,
  "spec.initContainers.*": container,
};
const template: Listed = {
  "spec.template": "metadata spec",
  "spec.template.metadata": metadata,
  ...below("spec.template", pod),
};
/** What has a template of pods, and what else it may say. */
const controllers: Readonly<Record<string, string>> = {
  "/ReplicationController": "minReadySeconds replicas selector template templateRef",
  "apps/Deployment":
    "minReadySeconds paused progressDeadlineSeconds replicas revisionHistoryLimit selector strategy template",
  "apps/StatefulSet":
    "minReadySeconds ordinals persistentVolumeClaimRetentionPolicy podManagementPolicy replicas revisionHistoryLimit selector serviceName template updateStrategy volumeClaimTemplates",
  "apps/DaemonSet": "minReadySeconds revisionHistoryLimit selector template updateStrategy",
  "apps/ReplicaSet": "minReadySeconds replicas selector template",
  "batch/Job":
    "activeDeadlineSeconds backoffLimit backoffLimitPerIndex completionMode completions failedPodsLimit managedBy manualSelector maxFailedIndexes parallelism podFailurePolicy podReplacementPolicy selector successPolicy suspend template ttlSecondsAfterFinished",
};
const cronJob =
  "concurrencyPolicy failedJobsHistoryLimit jobTemplate schedule startingDeadlineSeconds successfulJobsHistoryLimit suspend timeZone";
const service: Listed = {
  spec: "allocateLoadBalancerNodePorts clusterIP clusterIPs externalIPs externalName externalTrafficPolicy healthCheckNodePort internalTrafficPolicy ipFamilies ipFamily ipFamilyPolicy loadBalancerClass loadBalancerIP loadBalancerSourceRanges ports publishNotReadyAddresses selector sessionAffinity sessionAffinityConfig topologyKeys trafficDistribution type",
  "spec.ports.*": "appProtocol name nodePort port protocol targetPort",
};

/** The Gateway API 1.6, with what is experimental (kubernetes-sigs/gateway-api:config/crd/experimental). */
const reference = "group kind name namespace";
const backend = `filters ${reference} port weight`;
const matchers = {
  "spec.rules.*.matches.*.headers.*": "name type value",
  "spec.rules.*.matches.*.queryParams.*": "name type value",
};
const filters =
  "cors extensionRef externalAuth requestHeaderModifier requestMirror requestRedirect responseHeaderModifier type urlRewrite";
const filter: Listed = {
  "": filters,
  urlRewrite: "hostname path",
  "urlRewrite.path": "replaceFullPath replacePrefixMatch type",
  requestRedirect: "hostname path port scheme statusCode",
  requestHeaderModifier: "add remove set",
  "requestHeaderModifier.set.*": "name value",
  "requestHeaderModifier.add.*": "name value",
};
const parent = `${reference} port sectionName`;
const route: Listed = {
  spec: "hostnames parentRefs rules useDefaultGateways",
  "spec.parentRefs.*": parent,
  "spec.rules.*": "backendRefs filters matches name retry sessionPersistence timeouts",
  "spec.rules.*.backendRefs.*": backend,
};
const filtered: Listed = {
  ...below("spec.rules.*.filters.*", filter),
  ...below("spec.rules.*.backendRefs.*.filters.*", filter),
};
const listeners: Listed = {
  "spec.listeners.*": "allowedRoutes hostname name port protocol tls",
  "spec.listeners.*.tls": "certificateRefs frontendValidation mode options",
  "spec.listeners.*.allowedRoutes": "kinds namespaces",
  "spec.listeners.*.allowedRoutes.kinds.*": "group kind",
  "spec.listeners.*.allowedRoutes.namespaces": "from selector",
};
const gatewayApi: Readonly<Record<string, Listed>> = {
  Gateway: {
    spec: "addresses allowedListeners defaultScope gatewayClassName infrastructure listeners tls",
    "spec.infrastructure": "annotations labels parametersRef",
    ...listeners,
  },
  ListenerSet: { spec: "listeners parentRef", "spec.parentRef": reference, ...listeners },
  GatewayClass: { spec: "controllerName description parametersRef" },
  HTTPRoute: {
    ...route,
    ...filtered,
    ...matchers,
    "spec.rules.*.matches.*": "headers method path queryParams",
    "spec.rules.*.matches.*.path": "type value",
  },
  GRPCRoute: {
    ...route,
    ...filtered,
    ...matchers,
    "spec.rules.*.matches.*": "headers method",
    "spec.rules.*.matches.*.method": "method service type",
  },
  TLSRoute: route,
  TCPRoute: route,
  ReferenceGrant: {
    spec: "from to",
    "spec.from.*": "group kind namespace",
    "spec.to.*": "group kind name",
  },
  BackendTLSPolicy: {
    spec: "options targetRefs validation",
    "spec.targetRefs.*": "group kind name sectionName",
    "spec.validation": "caCertificateRefs hostname subjectAltNames wellKnownCACertificates",
    "spec.validation.subjectAltNames.*": "hostname type uri",
  },
};

/** What of Istio is judged by no schema here, 1.27 to 1.32 (istio/api:kubernetes/customresourcedefinitions.gen.yaml). */
const istio: Readonly<Record<string, Listed>> = {
  "extensions.istio.io/WasmPlugin": {
    spec: "failStrategy imagePullPolicy imagePullSecret match phase pluginConfig pluginName priority selector sha256 targetRef targetRefs type url verificationKey vmConfig",
    "spec.selector": "matchLabels",
    "spec.targetRef": reference,
    "spec.targetRefs.*": reference,
    "spec.match.*": "mode ports",
  },
  "extensions.istio.io/TrafficExtension": {
    spec: "lua match phase priority selector targetRefs wasm",
    "spec.selector": "matchLabels",
    "spec.targetRefs.*": reference,
    "spec.match.*": "mode ports",
  },
};

/** By group and kind. What is not listed may have any fields: nothing is read from it. */
const kinds: ReadonlyMap<string, Listed> = new Map([
  ["/Pod", pod] as const,
  ["/Service", service] as const,
  ["/Namespace", { spec: "finalizers" }] as const,
  [
    "/ServiceAccount",
    { "": "apiVersion automountServiceAccountToken imagePullSecrets kind metadata secrets" },
  ] as const,
  ...Object.entries(istio),
  [
    "batch/CronJob",
    {
      spec: cronJob,
      "spec.jobTemplate": "metadata spec",
      "spec.jobTemplate.spec": controllers["batch/Job"] ?? "",
      ...below("spec.jobTemplate", template),
    },
  ] as const,
  ...Object.entries(controllers).map(([kind, spec]) => [kind, { spec, ...template }] as const),
  ...Object.entries(gatewayApi).map(
    ([kind, of]) => [`gateway.networking.k8s.io/${kind}`, of] as const,
  ),
]);

const trees = new Map<string, KnownFields>();

/** What an object of a group and kind (`apps/Deployment`) may have. A tree is made when one is first asked for: most meshes have few kinds. */
export function knownFieldsOf(kind: string): KnownFields {
  const listed = kinds.get(kind);
  const name = listed === undefined ? "" : kind;
  const tree = trees.get(name) ?? treeOf({ ...(listed && object), metadata, ...listed });
  trees.set(name, tree);
  return tree;
}

interface Growing {
  fields?: ReadonlySet<string>;
  readonly inner: Map<string, Growing>;
}

function treeOf(listed: Listed): KnownFields {
  const root: Growing = { inner: new Map() };
  for (const [path, fields] of Object.entries(listed)) {
    let at = root;
    for (const step of path === "" ? [] : path.split(".")) {
      const next = at.inner.get(step) ?? { inner: new Map() };
      at.inner.set(step, next);
      at = next;
    }
    at.fields = new Set(fields.split(" "));
  }
  return root;
}

function below(prefix: string, listed: Listed): Listed {
  return Object.fromEntries(
    Object.entries(listed).map(([path, fields]) => [
      path === "" ? prefix : `${prefix}.${path}`,
      fields,
    ]),
  );
}
