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
const controllers =
  "completions jobTemplate minReadySeconds ordinals parallelism paused replicas revisionHistoryLimit selector serviceName strategy suspend template updateStrategy";
const service: Listed = {
  spec: "allocateLoadBalancerNodePorts clusterIP clusterIPs externalIPs externalName externalTrafficPolicy healthCheckNodePort internalTrafficPolicy ipFamilies ipFamily ipFamilyPolicy loadBalancerClass loadBalancerIP loadBalancerSourceRanges ports publishNotReadyAddresses selector sessionAffinity sessionAffinityConfig topologyKeys trafficDistribution type",
  "spec.ports.*": "appProtocol name nodePort port protocol targetPort",
};

/** The Gateway API 1.6, with what is experimental (kubernetes-sigs/gateway-api:config/crd/experimental). */
const backend = "filters group kind name namespace port weight";
const route: Listed = {
  spec: "hostnames parentRefs rules useDefaultGateways",
  "spec.parentRefs.*": "group kind name namespace port sectionName",
  "spec.rules.*": "backendRefs filters matches name retry sessionPersistence timeouts",
  "spec.rules.*.backendRefs.*": backend,
};
const gatewayApi: Readonly<Record<string, Listed>> = {
  Gateway: {
    spec: "addresses allowedListeners defaultScope gatewayClassName infrastructure listeners tls",
    "spec.listeners.*": "allowedRoutes hostname name port protocol tls",
    "spec.listeners.*.allowedRoutes": "kinds namespaces",
    "spec.listeners.*.allowedRoutes.namespaces": "from selector",
  },
  HTTPRoute: { ...route, "spec.rules.*.matches.*": "headers method path queryParams" },
  GRPCRoute: { ...route, "spec.rules.*.matches.*": "headers method" },
  TLSRoute: route,
  TCPRoute: route,
};

/** By group and kind. What is not listed may have any fields: a newer release may have more. */
const kinds: ReadonlyMap<string, Listed> = new Map([
  ["/Pod", pod] as const,
  ["/Service", service] as const,
  ["batch/CronJob", below("spec.jobTemplate", template)] as const,
  ...["apps/Deployment", "apps/StatefulSet", "apps/DaemonSet", "apps/ReplicaSet", "batch/Job"].map(
    (kind) => [kind, { spec: controllers, ...template }] as const,
  ),
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
    Object.entries(listed).map(([path, fields]) => [`${prefix}.${path}`, fields]),
  );
}
