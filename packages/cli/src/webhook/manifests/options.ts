/** What the manifests are made for. */
export interface ManifestOptions {
  readonly name: string;
  readonly namespace: string;
  readonly image: string;
  readonly replicas: number;
  readonly failurePolicy: "Fail" | "Ignore";
  readonly timeoutSeconds: number;
  readonly certificates: "self-signed" | "cert-manager";
  readonly days: number; // that a self-signed certificate is valid
  readonly rootNamespace: string;
  readonly configMap: string; // of the mesh config
  readonly guards: string; // text of the file of guards
  readonly suites: Readonly<Record<string, string>>; // texts by file name
  readonly serveFlags: readonly string[]; // more of them
  readonly url?: string; // where the webhook is, if not at its Service
}

export type Manifest = Readonly<Record<string, unknown>>;

/** What every object says of itself. */
export function metadataOf({ name, namespace }: ManifestOptions, more: Manifest = {}): Manifest {
  return { name, namespace, labels: labelsOf(name), ...more };
}

export function labelsOf(name: string): Readonly<Record<string, string>> {
  return { "app.kubernetes.io/name": name, "app.kubernetes.io/part-of": "meshproof" };
}
