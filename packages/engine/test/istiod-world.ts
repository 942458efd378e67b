import type { Mesh } from "../src/model/mesh.ts";
import type { MeshConfig } from "../src/model/mesh-config.ts";
import type {
  AuthorizationPolicy,
  AuthorizationPolicySpec,
  PeerAuthentication,
  PeerAuthenticationSpec,
  RequestAuthentication,
  RequestAuthenticationSpec,
  Resource,
} from "../src/model/policy.ts";
import type { Proxy } from "../src/model/program.ts";
import { resolveRelease } from "../src/release.ts";

type Meta = Partial<Omit<Resource<unknown>, "spec" | "key">>;

function resource<Spec>(kind: string, id: string, spec: Spec, meta: Meta): Resource<Spec> {
  const [namespace = "", name = ""] = id.split("/");
  return { key: { kind, namespace, name }, labels: {}, annotations: {}, ...meta, spec };
}

/** An AuthorizationPolicy `namespace/name`. */
export function ap(
  id: string,
  spec: AuthorizationPolicySpec,
  meta: Meta = {},
): AuthorizationPolicy {
  return resource("AuthorizationPolicy", id, spec, meta);
}

export function pa(id: string, spec: PeerAuthenticationSpec, meta: Meta = {}): PeerAuthentication {
  return resource("PeerAuthentication", id, spec, meta);
}

export function ra(
  id: string,
  spec: RequestAuthenticationSpec,
  meta: Meta = {},
): RequestAuthentication {
  return resource("RequestAuthentication", id, spec, meta);
}

export interface World {
  readonly policies?: readonly Resource<object>[];
  readonly config?: MeshConfig;
  readonly configLoaded?: boolean;
  readonly istio?: string;
  readonly envoy?: string;
  readonly features?: Readonly<Record<string, string>>;
  readonly complete?: boolean;
}

/** A mesh of these policies, with the Service of an external authorizer. */
export function meshOf(world: World = {}): Mesh {
  const { policies = [], config = {}, configLoaded = true, istio, envoy, features = {} } = world;
  const release = resolveRelease(istio, envoy);
  if ("unknown" in release) throw new TypeError(`unknown release ${release.unknown}`);
  const of = <Policy>(kind: string): Policy[] =>
    policies.filter(({ key }) => key.kind === kind) as unknown as Policy[];
  return {
    release,
    features,
    config,
    configLoaded,
    authorizationPolicies: of("AuthorizationPolicy"),
    requestAuthentications: of("RequestAuthentication"),
    peerAuthentications: of("PeerAuthentication"),
    inventory: {
      namespaces: [],
      workloads: [],
      services: [
        {
          key: { kind: "Service", namespace: "foo", name: "ext-authz" },
          labels: {},
          annotations: {},
          clusterIps: [],
          ports: [{ port: 8000, targetPort: 8000, transport: "TCP" }],
        },
      ],
      others: [],
      ...(world.complete ? { complete: true } : {}),
    },
    locate: () => undefined,
  };
}

const host = "reviews.foo.svc.cluster.local";

/** A sidecar with an HTTP, a TCP and a detected port. */
export const reviews: Proxy = {
  kind: "sidecar",
  namespace: "foo",
  name: "reviews-1",
  labels: { app: "reviews", version: "v2" },
  serviceAccount: "reviews",
  addresses: ["10.9.9.9"],
  ports: [
    { port: 9090, protocol: "auto", service: { host, port: 9090 } },
    { port: 8080, protocol: "http", service: { host, port: 80 } },
    { port: 9000, protocol: "tcp", service: { host, port: 9000 } },
  ],
};
