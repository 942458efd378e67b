import type { Header } from "@meshproof/engine";

/** One scenario of the oracle, complete: what a mesh holds, one proxy, requests, and what really happened to them. */
export interface Vector {
  readonly versions?: Versions;
  readonly scenario: Scenario;
  readonly results?: readonly Result[];
  readonly rejected?: string; // Envoy refused the listener
  readonly crashed?: string; // Envoy's process ended
  readonly error?: string; // istiod could not read it
}

export interface Versions {
  readonly istio: string; // "1.31", or a module version
  readonly envoy: string;
  readonly flags?: Readonly<Record<string, string>>; // istiod's environment
}

export interface Scenario {
  readonly id: string;
  readonly mesh: Readonly<Record<string, unknown>>;
  readonly features?: Readonly<Record<string, string>>;
  readonly objects: readonly KubernetesObject[];
  readonly workload: ScenarioWorkload;
  readonly requests: readonly ScenarioRequest[];
  readonly expect?: string; // of the whole: rejected, crashed
}

export type WorkloadKind = "sidecar" | "gateway" | "waypoint";

export interface ScenarioWorkload {
  readonly kind: WorkloadKind;
  readonly namespace: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly serviceAccount: string;
}

export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly creationTimestamp?: string;
    readonly [other: string]: unknown;
  };
  readonly [other: string]: unknown;
}

export interface ScenarioRequest {
  readonly id: string;
  readonly connection: ScenarioConnection;
  readonly http?: ScenarioHttp; // absent: bytes
  readonly expect?: string; // the short form's words for the result
}

export interface ScenarioConnection {
  readonly transport: "plaintext" | "tls" | "mtls" | "hbone";
  readonly sourceIp: string;
  readonly destinationIp: string;
  readonly destinationPort: number;
  readonly identity?: string;
  readonly alpn?: readonly string[];
  readonly sni?: string;
  readonly certificate?: {
    readonly uris?: readonly string[];
    readonly dns?: readonly string[];
    readonly subject?: string; // as openssl takes it: /O=org/CN=name
  };
  readonly untrusted?: boolean;
  readonly silent?: boolean;
  readonly proxyProtocol?: string; // the PROXY header that comes first: "203.0.113.9 to 198.51.100.1:443"
}

export interface ScenarioHttp {
  readonly method: string;
  readonly path: string;
  readonly host?: string | null;
  readonly headers: readonly Header[];
  readonly version?: string;
  readonly body?: string;
}

/** What happened to one request, in the oracle's words. A field is absent when it is empty. */
export interface Result {
  readonly id: string;
  readonly outcome: string;
  readonly status?: number;
  readonly body?: string;
  readonly chain?: string;
  readonly details?: string;
  readonly flags?: string;
  readonly peer?: string;
  readonly reason?: string;
  readonly opaque?: boolean;
  readonly audit?: boolean;
  readonly remoteIp?: string;
  readonly rules?: Rules;
  readonly responseHeaders?: readonly Header[];
  readonly upstream?: Upstream | null;
}

/** RBAC's own metadata. */
export interface Rules {
  readonly enforced?: string;
  readonly enforcedResult?: string;
  readonly dryRunAllow?: string;
  readonly dryRunAllowResult?: string;
  readonly dryRunDeny?: string;
  readonly dryRunDenyResult?: string;
  readonly custom?: string;
}

/** What the application received. */
export interface Upstream {
  readonly method: string;
  readonly path: string;
  readonly headers: readonly Header[];
}
