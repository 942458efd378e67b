import { rootNamespace } from "../istiod/attach-rules.ts";
import { policiesOf } from "../istiod/policies.ts";
import { workloadText } from "../journey/endpoint.ts";
import { dataPlaneOf } from "../kubernetes/data-plane.ts";
import { proxyOf } from "../kubernetes/proxy.ts";
import type { Workload } from "../model/kubernetes.ts";
import type { Mesh } from "../model/mesh.ts";
import type { Listener, Program } from "../model/program.ts";
import type { AnalyseOptions, Point } from "./api.ts";
import { toldTo } from "./point-program.ts";
import { open } from "./uncaptured.ts";

/** A workload that no proxy stands in front of, as a point; undefined: one does, or may. */
function unenforcedPoint({ inventory }: Mesh, workload: Workload): Point | undefined {
  if (dataPlaneOf(inventory, workload)?.plane !== "none") return undefined;
  const proxy = proxyOf(inventory, workload, "sidecar");
  return { name: workloadText(workload), proxy, unenforced: true };
}

/** Those of a mesh that one looks at. */
export function unenforcedPoints(
  mesh: Mesh,
  { only = (): boolean => true }: AnalyseOptions = {},
): readonly Point[] {
  return mesh.inventory.workloads.flatMap((workload) => {
    const point = unenforcedPoint(mesh, workload);
    return point && only(point) ? [point] : [];
  });
}

/**
 * Those of them in namespaces that are in the mesh: where others are enforced, or where a policy stands, which was meant for somebody. The
 * rest is no part of the mesh. Nor is what runs in the root namespace because of the policies there: they are about all others.
 */
export function besideThem(
  mesh: Mesh,
  unenforced: readonly Point[],
  enforced: readonly Point[],
): readonly Point[] {
  const namespaces = new Set(enforced.map(({ proxy }) => proxy.namespace));
  for (const { key } of policiesOf(mesh))
    if (key.namespace !== rootNamespace(mesh)) namespaces.add(key.namespace);
  return unenforced.filter(({ proxy }) => namespaces.has(proxy.namespace));
}

const listener: Listener = { name: "unenforced", chains: [open] };

/** What stands before a workload: what istiod tells its proxy, or nothing that would refuse. A text: why there is no answer. */
export function toldAt(mesh: Mesh, { proxy, unenforced }: Point): Program | string {
  return unenforced ? { proxy, listeners: [listener], notes: [] } : toldTo(mesh, proxy);
}

/** A point as it is in another mesh: without a proxy where its workload has none there. */
export function pointIn(other: Mesh, point: Point): Point {
  const { unenforced: _, ...enforced } = point;
  const workload = other.inventory.workloads.find((each) => workloadText(each) === point.name);
  return (workload && unenforcedPoint(other, workload)) ?? enforced;
}
