import { labelsOf, type Manifest, type ManifestOptions, metadataOf } from "./options.ts";

const port = 8443;

/** What runs: two pods on different nodes, of which one at least stays, without any right on its node. */
export function workloadManifests(options: ManifestOptions): readonly Manifest[] {
  const { name, guards, suites, replicas } = options;
  const selector = { "app.kubernetes.io/name": name };
  return [
    {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: metadataOf(options),
      data: { "guards.yaml": guards, ...suites },
    },
    {
      apiVersion: "v1",
      kind: "Service",
      metadata: metadataOf(options),
      spec: { selector, ports: [{ name: "https", port: 443, targetPort: "https" }] },
    },
    {
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: metadataOf(options),
      spec: {
        replicas,
        selector: { matchLabels: selector },
        strategy: { rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
        template: { metadata: { labels: labelsOf(name) }, spec: podSpec(options) },
      },
    },
    {
      apiVersion: "policy/v1",
      kind: "PodDisruptionBudget",
      metadata: metadataOf(options),
      spec: { minAvailable: 1, selector: { matchLabels: selector } },
    },
    {
      apiVersion: "networking.k8s.io/v1",
      kind: "NetworkPolicy",
      metadata: metadataOf(options),
      spec: {
        podSelector: { matchLabels: selector },
        policyTypes: ["Ingress", "Egress"],
        ingress: [{ ports: [{ port, protocol: "TCP" }] }], // API servers have no label and often a node's address
        egress: [
          {
            ports: [
              { port: 443, protocol: "TCP" },
              { port: 6443, protocol: "TCP" },
              { port: 53, protocol: "UDP" },
              { port: 53, protocol: "TCP" },
            ],
          },
        ],
      },
    },
  ];
}

function podSpec({
  name,
  image,
  suites,
  serveFlags,
  rootNamespace,
  configMap,
}: ManifestOptions): Manifest {
  const args = [
    ...["serve", "webhook", "--cluster", `--listen=0.0.0.0:${port}`],
    ...["--cert=/tls/tls.crt", "--key=/tls/tls.key", "--guards=/config/guards.yaml"],
    ...(Object.keys(suites).length === 0 ? [] : ["--suites=/config"]),
    ...(rootNamespace === "istio-system" ? [] : [`--root-namespace=${rootNamespace}`]),
    ...(configMap === "istio" ? [] : [`--config-map=${configMap}`]),
    ...serveFlags,
  ];
  return {
    serviceAccountName: name,
    terminationGracePeriodSeconds: 30,
    securityContext: {
      runAsNonRoot: true,
      runAsUser: 65_532,
      seccompProfile: { type: "RuntimeDefault" },
    },
    affinity: { podAntiAffinity: apart(name) },
    containers: [{ name: "webhook", image, args, ...container() }],
    volumes: [
      { name: "tls", secret: { secretName: `${name}-tls` } },
      { name: "config", configMap: { name } },
    ],
  };
}

function apart(name: string): Manifest {
  const labelSelector = { matchLabels: { "app.kubernetes.io/name": name } };
  const podAffinityTerm = { labelSelector, topologyKey: "kubernetes.io/hostname" };
  return { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, podAffinityTerm }] };
}

function container(): Manifest {
  const probe = (path: string): Manifest => ({
    httpGet: { path, port: "https", scheme: "HTTPS" },
    periodSeconds: 5,
    timeoutSeconds: 3,
  });
  return {
    ports: [{ name: "https", containerPort: port }],
    env: [{ name: "NODE_OPTIONS", value: "--max-semi-space-size=64" }], // reviews are short-lived
    readinessProbe: probe("/readyz"),
    livenessProbe: { ...probe("/livez"), failureThreshold: 6 },
    startupProbe: { ...probe("/livez"), failureThreshold: 24 },
    resources: { requests: { cpu: "100m", memory: "256Mi" }, limits: { memory: "1Gi" } },
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
    },
    volumeMounts: [
      { name: "tls", mountPath: "/tls", readOnly: true },
      { name: "config", mountPath: "/config", readOnly: true },
    ],
  };
}
