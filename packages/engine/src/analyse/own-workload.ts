import type { Workload } from "../model/kubernetes.ts";
import type { Mesh } from "../model/mesh.ts";
import type { Proxy } from "../model/program.ts";

const known = new WeakMap<Mesh, ReadonlyMap<string, Workload>>();

/** The workload that a proxy stands in front of; undefined: no file holds it. */
export function ownWorkload(
  mesh: Mesh,
  { namespace, name }: Pick<Proxy, "namespace" | "name">,
): Workload | undefined {
  const workloads = known.get(mesh) ?? indexed(mesh);
  known.set(mesh, workloads);
  return workloads.get(`${namespace}/${name}`);
}

function indexed({ inventory }: Mesh): ReadonlyMap<string, Workload> {
  const named = inventory.workloads.map(
    (each) => [`${each.key.namespace}/${each.key.name}`, each] as const,
  );
  return new Map(named.reverse()); // of several the first
}
