import { rootNamespace } from "../istiod/attach-rules.ts";
import { selects } from "../kubernetes/service.ts";
import type { Workload } from "../model/kubernetes.ts";
import type { Mesh } from "../model/mesh.ts";
import type { Attachment, Resource } from "../model/policy.ts";
import { gatewayWorkloads } from "./gateway-points.ts";

/** The workloads of a namespace, with what istiod deploys for loaded Gateways; of every namespace for the root one. */
export function workloadsIn(mesh: Mesh, namespace: string): readonly Workload[] {
  const workloads = allWorkloads(mesh);
  if (namespace === rootNamespace(mesh)) return workloads;
  return workloads.filter(({ key }) => key.namespace === namespace);
}

const made = new WeakMap<Mesh, readonly Workload[]>();

/** Every workload that was loaded or is deployed for a loaded Gateway. */
export function allWorkloads(mesh: Mesh): readonly Workload[] {
  const known = made.get(mesh) ?? [...mesh.inventory.workloads, ...gatewayWorkloads(mesh)];
  made.set(mesh, known);
  return known;
}

/** Those that a selector means, wherever they are. */
export function selectedBy(
  { spec }: Pick<Resource<Attachment>, "spec">,
  workloads: readonly Workload[],
): readonly Workload[] {
  const labels = spec.selector?.matchLabels ?? {};
  return workloads.filter((workload) => selects(labels, workload.labels));
}

/** Whether a policy has a selector with labels. */
export function hasSelector({ spec }: Pick<Resource<Attachment>, "spec">): boolean {
  return Object.keys(spec.selector?.matchLabels ?? {}).length > 0;
}

/** "app=a, version=v1". */
export function labelsText(labels: Readonly<Record<string, string>> | undefined): string {
  return Object.entries(labels ?? {})
    .map(([key, value]) => `${key}=${value}`)
    .join(", ");
}

/** A workload whose controller has the labels of a selector, and whose pods do not. */
export function byController(
  { spec }: Pick<Resource<Attachment>, "spec">,
  workloads: readonly Workload[],
): Workload | undefined {
  const labels = spec.selector?.matchLabels ?? {};
  return workloads.find(
    ({ controllerLabels = {}, labels: own }) =>
      selects(labels, { ...own, ...controllerLabels }) && !selects(labels, own),
  );
}
