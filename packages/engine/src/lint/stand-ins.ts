import { rootNamespace } from "../istiod/attach-rules.ts";
import type { Workload } from "../model/kubernetes.ts";
import type { Mesh } from "../model/mesh.ts";
import { hasTarget, policiesOf } from "./policies.ts";

/** Where what a root policy is about may live, when no workload was loaded. */
const anywhere = "default";

/**
 * Workloads that stand for the selectors of policies in namespaces of which no workload was loaded: many repositories hold
 * policies only. A policy with target references is about a proxy that its own objects describe.
 */
export function standIns(mesh: Mesh, loaded: readonly Workload[]): readonly Workload[] {
  const known = new Set(loaded.map(({ key }) => key.namespace));
  const root = rootNamespace(mesh);
  const made = new Map<string, Workload>();
  for (const policy of policiesOf(mesh)) {
    const { key, spec } = policy;
    const isRoot = key.namespace === root;
    if (hasTarget(policy) || (isRoot ? loaded.length > 0 : known.has(key.namespace))) continue;
    const namespace = isRoot ? anywhere : key.namespace;
    const labels = spec.selector?.matchLabels ?? {};
    const named = Object.keys(labels).length > 0 ? labels : { app: "any" };
    const text = JSON.stringify([namespace, Object.entries(named).toSorted()]);
    made.set(text, standIn(namespace, named));
  }
  return [...made.values()];
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
