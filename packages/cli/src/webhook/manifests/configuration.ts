import { labelsOf, type Manifest, type ManifestOptions, metadataOf } from "./options.ts";
import { selfSigned } from "./x509.ts";

/** What the API server asks of whom, and how both know that it is he. */
export function configurationManifests(options: ManifestOptions, now: number): readonly Manifest[] {
  const { certificates } = options;
  return certificates === "cert-manager" ? withCertManager(options) : withOwn(options, now);
}

function withOwn(options: ManifestOptions, now: number): readonly Manifest[] {
  const { name, url, days } = options;
  const names = url === undefined ? serviceNames(options) : [new URL(url).hostname];
  const made = selfSigned(names, { now, days });
  const secret = {
    apiVersion: "v1",
    kind: "Secret",
    type: "kubernetes.io/tls",
    metadata: metadataOf(options, { name: `${name}-tls` }),
    data: {
      "tls.crt": base64(made.certificate),
      "tls.key": base64(made.key),
      "ca.crt": base64(made.authority),
    },
  };
  const caBundle = base64(made.authority);
  return [secret, configuration(options, { clientConfig: { ...address(options), caBundle } })];
}

function base64(text: string): string {
  return Buffer.from(text).toString("base64");
}

/** cert-manager makes the certificate, and puts its authority into the configuration. */
function withCertManager(options: ManifestOptions): readonly Manifest[] {
  const { name, namespace } = options;
  const apiVersion = "cert-manager.io/v1";
  const issuer = { kind: "Issuer", name };
  const annotations = { "cert-manager.io/inject-ca-from": `${namespace}/${name}` };
  return [
    { apiVersion, kind: "Issuer", metadata: metadataOf(options), spec: { selfSigned: {} } },
    {
      apiVersion,
      kind: "Certificate",
      metadata: metadataOf(options),
      spec: {
        secretName: `${name}-tls`,
        dnsNames: serviceNames(options),
        issuerRef: issuer,
        privateKey: { algorithm: "ECDSA", size: 256 },
      },
    },
    configuration(options, { clientConfig: address(options) }, { annotations }),
  ];
}

function serviceNames({ name, namespace }: ManifestOptions): readonly string[] {
  return [`${name}.${namespace}.svc`, `${name}.${namespace}.svc.cluster.local`];
}

function address({ name, namespace, url }: ManifestOptions): Manifest {
  return url === undefined
    ? { service: { name, namespace, path: "/validate", port: 443 } }
    : { url };
}

/** Policies however they change, and the deletion of a namespace, which is that of all its policies. */
function configuration(
  options: ManifestOptions,
  client: Manifest,
  metadata: Manifest = {},
): Manifest {
  const { name, namespace, failurePolicy, timeoutSeconds } = options;
  const every = {
    admissionReviewVersions: ["v1"],
    sideEffects: "None",
    failurePolicy,
    timeoutSeconds,
    matchPolicy: "Equivalent",
    ...client,
  };
  const notIts = { key: "kubernetes.io/metadata.name", operator: "NotIn", values: [namespace] };
  const rule = (
    group: string,
    resources: readonly string[],
    operations: readonly string[],
  ): Manifest => ({
    apiGroups: [group],
    apiVersions: ["v1"],
    operations,
    resources,
  });
  const policies = ["authorizationpolicies", "requestauthentications", "peerauthentications"];
  return {
    apiVersion: "admissionregistration.k8s.io/v1",
    kind: "ValidatingWebhookConfiguration",
    metadata: { name, labels: labelsOf(name), ...metadata },
    webhooks: [
      {
        name: "policies.meshproof.dev",
        ...every,
        rules: [rule("security.istio.io", policies, ["CREATE", "UPDATE", "DELETE"])],
      },
      {
        name: "namespaces.meshproof.dev",
        ...every,
        rules: [rule("", ["namespaces"], ["DELETE"])],
        namespaceSelector: { matchExpressions: [notIts] },
      },
    ],
  };
}
