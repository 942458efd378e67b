import {
  type Mesh,
  type Release,
  type Resource,
  resolveRelease,
  type Service,
} from "@meshproof/engine";
import type { KubernetesObject, Vector } from "./vector.ts";
import type { World } from "./world.ts";

/** Later than any timestamp: an object without one is younger than all that have one, and as old as its place in the list. */
const undated = Date.UTC(2200, 0, 1);

/** The mesh of a scenario in its world. */
export function meshOf({ versions, scenario }: Vector, world: World): Mesh {
  const around = [...world.objects, ...(world.proxies[scenario.workload.kind]?.objects ?? [])];
  const objects = scenario.objects.map(aged);
  const of = (kind: string): readonly KubernetesObject[] =>
    objects.filter((object) => object.kind === kind);
  return {
    release: releaseOf(versions),
    features: { ...versions?.flags, ...scenario.features },
    config: scenario.mesh,
    configLoaded: true,
    authorizationPolicies: of("AuthorizationPolicy").map(
      resourceOf,
    ) as Mesh["authorizationPolicies"],
    requestAuthentications: of("RequestAuthentication").map(
      resourceOf,
    ) as Mesh["requestAuthentications"],
    peerAuthentications: of("PeerAuthentication").map(resourceOf) as Mesh["peerAuthentications"],
    inventory: {
      namespaces: [],
      workloads: [],
      services: around.filter(({ kind }) => kind === "Service").map(serviceOf),
      complete: true,
      others: objects.filter(({ kind }) => !policies.has(kind)).map(otherOf),
    },
    locate: () => undefined,
  };
}

const policies: ReadonlySet<string> = new Set([
  "AuthorizationPolicy",
  "RequestAuthentication",
  "PeerAuthentication",
]);

/** A module version of istiod's (v0.0.0-20260827...) is the release that was cut from it. */
function releaseOf(versions: Vector["versions"]): Release {
  if (versions === undefined) return known(resolveRelease("1.31"));
  const { istio, envoy } = versions;
  return known(resolveRelease(istio.startsWith("v0.0.0-") ? "1.31" : istio, envoy));
}

function known(release: ReturnType<typeof resolveRelease>): Release {
  if ("unknown" in release) throw new TypeError(`unknown release ${release.unknown}`);
  return release;
}

function aged(object: KubernetesObject, index: number): KubernetesObject {
  const { metadata } = object;
  const creationTimestamp =
    metadata.creationTimestamp ?? new Date(undated + index * 1000).toISOString();
  return { ...object, metadata: { ...metadata, creationTimestamp } };
}

function resourceOf({ kind, metadata, spec }: KubernetesObject): Resource<unknown> {
  const { name, namespace, labels, annotations, creationTimestamp } = metadata;
  return {
    key: { kind, namespace: namespace ?? "default", name },
    labels: (labels ?? {}) as Record<string, string>,
    annotations: (annotations ?? {}) as Record<string, string>,
    createdAt: Date.parse(creationTimestamp ?? ""),
    spec: withoutEmpty(spec ?? {}),
  };
}

/** Empty lists are absent ones in protobuf. */
function withoutEmpty(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutEmpty);
  if (typeof value !== "object" || value === null) return value;
  const kept = Object.entries(value).filter(
    ([, each]) => !(Array.isArray(each) && each.length === 0) && each !== null,
  );
  return Object.fromEntries(kept.map(([key, each]) => [key, withoutEmpty(each)]));
}

function otherOf(object: KubernetesObject): Mesh["inventory"]["others"][number] {
  const { key, labels, annotations, createdAt = 0 } = resourceOf(object);
  return { key, labels, annotations, createdAt, apiVersion: object.apiVersion, body: object };
}

function serviceOf(object: KubernetesObject): Service {
  const { key, labels, annotations, createdAt = 0 } = resourceOf(object);
  const {
    clusterIPs = [],
    ports = [],
    selector,
  } = object["spec"] as {
    clusterIPs?: string[];
    selector?: Record<string, string>;
    ports?: { name: string; port: number; targetPort?: number; appProtocol?: string }[];
  };
  return {
    key,
    labels,
    annotations,
    createdAt,
    ...(selector ? { selector } : {}),
    clusterIps: clusterIPs,
    ports: ports.map((port) => ({ targetPort: port.port, transport: "TCP", ...port })),
  };
}
