import type { DataPlane, Workload } from "../model/kubernetes.ts";
import type { Mesh } from "../model/mesh.ts";
import type { AnalyseOptions, MeshDiff, Point } from "./api.ts";
import { diffPairs } from "./diff.ts";
import type { Pair } from "./pairs.ts";
import { pointOf, pointsOf } from "./points.ts";
import { checkOptions } from "./stated.ts";
import { filtersAssumed, meshRead } from "./unread.ts";

/** What would change if every workload that one data plane takes part of were in another: sidecars and ambient mode, say. */
export function diffPlanes(
  whole: Mesh,
  [from, to]: readonly [DataPlane, DataPlane],
  options: AnalyseOptions = {},
): MeshDiff {
  checkOptions(options);
  const mesh = meshRead(whole, options);
  const found = pointsOf([mesh], { ...options, dataPlane: from });
  const pairs = found.points.flatMap((point): readonly Pair[] => {
    if (isRelay(point)) return [];
    const workload = mesh.inventory.workloads.find(({ key }) =>
      point.name.endsWith(`/${key.namespace}/${key.name}`),
    );
    const before = workload ? pointOf(mesh, stated(workload, from), options) : point;
    const after = workload
      ? pointOf(mesh, stated(workload, to), options)
      : pointsOf([mesh], { ...options, dataPlane: to }).points.find(
          ({ name }) => name === point.name,
        );
    if (!before || !after) return [];
    const labels = { ...before.proxy.labels, ...after.proxy.labels };
    const [old, young] = [stating(before, labels), stating(after, labels)];
    return [{ name: point.name, before: { mesh, point: old }, after: { mesh, point: young } }];
  });
  const diff = diffPairs(pairs, found, options);
  const assumed = options.assume ? filtersAssumed(whole, found.points) : [];
  return { ...diff, assumptions: [...diff.assumptions, ...assumed] };
}

/** A gateway or a waypoint stays one, whatever its namespace is in. */
function isRelay({ proxy: { kind } }: Point): boolean {
  return kind === "gateway" || kind === "waypoint";
}

/** The data plane is what is compared, not what is assumed; the labels are those of one workload. */
function stating({ planeAssumed: _, ...point }: Point, labels: Point["proxy"]["labels"]): Point {
  return { ...point, proxy: { ...point.proxy, labels } };
}

function stated(workload: Workload, dataPlane: DataPlane): Workload {
  return { ...workload, dataPlane };
}
