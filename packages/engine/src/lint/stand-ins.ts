import { rootNamespace } from "../istiod/attach-rules.ts";
import { policiesOf } from "../istiod/policies.ts";
import { gatewayNameLabel, isApiGateway } from "../kubernetes/gateway-class.ts";
import { selects } from "../kubernetes/service.ts";
import type { Workload } from "../model/kubernetes.ts";
import type { Mesh } from "../model/mesh.ts";
import type { Attachment, Resource } from "../model/policy.ts";
import { isGatewayLike } from "./gateway-points.ts";
import { hasTarget } from "./policies.ts";
import { targetsOf } from "./targets.ts";

/** Where what a root policy is about may live, when no workload was loaded. */
const anywhere = "default";

/**
 * Workloads that stand for the selectors of policies in namespaces of which no workload was loaded: many repositories hold
 * policies only. What has the labels of a gateway by custom is one, and so is a Gateway that a target reference names.
 */
export function standIns(mesh: Mesh, loaded: readonly Workload[]): readonly Workload[] {
  const known = new Set(loaded.map(({ key }) => key.namespace));
  const made = new Map<string, Workload>();
  for (const policy of policiesOf(mesh)) {
    for (const workload of hasTarget(policy)
      ? named(mesh, policy)
      : selected(mesh, policy, loaded, known)) {
      const { key, labels } = workload;
      made.set(JSON.stringify([key.namespace, Object.entries(labels).toSorted()]), workload);
    }
  }
  return [...made.values()];
}

function selected(
  mesh: Mesh,
  { key, spec }: Resource<Attachment>,
  loaded: readonly Workload[],
  known: ReadonlySet<string>,
): readonly Workload[] {
  const isRoot = key.namespace === rootNamespace(mesh);
  const labels = spec.selector?.matchLabels ?? {};
  const isGateway = isGatewayLike(labels);
  const isLoaded = isRoot ? loaded.length > 0 : known.has(key.namespace);
  const isMissed = isRoot && isGateway && !loaded.some((each) => selects(labels, each.labels));
  if (isLoaded && !isMissed) return [];
  const own = Object.keys(labels).length > 0 ? labels : { app: "any" };
  if (isGateway) return [gateway(key.namespace, own)];
  return [standIn(isRoot ? anywhere : key.namespace, own)];
}

/** Gateways of the Gateway API that are named where none was loaded; what is called a waypoint stands before nobody knows what. */
function named({ inventory }: Mesh, policy: Resource<Attachment>): readonly Workload[] {
  const { namespace } = policy.key;
  const isThere = inventory.others.some(
    (other) => isApiGateway(other) && other.key.namespace === namespace,
  );
  if (isThere) return [];
  return targetsOf(policy).flatMap(
    ({ ref: { kind, group, name, namespace: other = namespace } }) =>
      kind === "Gateway" &&
      group === "gateway.networking.k8s.io" &&
      other === namespace &&
      !/waypoint/.test(name)
        ? gateway(namespace, { [gatewayNameLabel]: name })
        : [],
  );
}

function gateway(namespace: string, labels: Workload["labels"]): Workload {
  return { ...standIn(namespace, labels), dataPlane: "gateway" };
}

function standIn(namespace: string, labels: Workload["labels"]): Workload {
  return {
    key: {
      kind: "Workload",
      namespace,
      name: labels["app"] ?? Object.values(labels)[0] ?? "workload",
    },
    labels,
    annotations: {},
    serviceAccount: "default",
    addresses: [],
    ports: [],
  };
}
