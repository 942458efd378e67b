import { workloadText } from "../journey/endpoint.ts";
import { dataPlaneOf } from "../kubernetes/data-plane.ts";
import { proxyOf } from "../kubernetes/proxy.ts";
import type { DataPlane, Workload } from "../model/kubernetes.ts";
import type { Mesh } from "../model/mesh.ts";
import type { Proxy } from "../model/program.ts";
import { fieldsOf } from "../parse/decode.ts";
import type { AnalyseOptions, Point } from "./api.ts";
import { deployedPoints } from "./deployed.ts";
import { madeWorkloads } from "./made-workloads.ts";

/** The enforcement points of some meshes, and how they were found. */
export interface Points {
  readonly points: readonly Point[];
  readonly made?: true;
  readonly cut?: true;
}

/**
 * The proxies in front of the workloads of all meshes given, and those that istiod deploys for Gateways. Where no mesh has a workload, one for each combination of the
 * policies' selectors that labels can satisfy, and one with no label in common, in every namespace that has policies.
 */
export function pointsOf(meshes: readonly Mesh[], options: AnalyseOptions = {}): Points {
  const known = new Map<string, Point>();
  const only = options.only ?? ((): boolean => true);
  for (const mesh of meshes)
    for (const workload of mesh.inventory.workloads) {
      const point = pointOf(mesh, workload, options);
      if (point && only(point) && !known.has(point.name)) known.set(point.name, point);
    }
  for (const point of meshes.flatMap(deployedPoints))
    if (only(point) && !known.has(point.name)) known.set(point.name, point);
  if (meshes.some(({ inventory }) => inventory.workloads.length > 0))
    return { points: [...known.values()] };
  const { workloads, cut } = madeWorkloads(meshes);
  const points = workloads
    .flatMap(({ namespace, labels }) =>
      madePoint(namespace, labels, planeOf(labels, meshes, options)),
    )
    .filter(only);
  return { points: [...points, ...known.values()], made: true, ...(cut ? { cut } : {}) };
}

/** What a classic Gateway selects is one. */
function planeOf(
  labels: Readonly<Record<string, string>>,
  meshes: readonly Mesh[],
  { dataPlane }: AnalyseOptions,
): DataPlane | undefined {
  const selected = meshes.some(({ inventory }) =>
    inventory.others.some(({ key, apiVersion, body }) => {
      if (key.kind !== "Gateway" || !apiVersion.startsWith("networking.istio.io/")) return false;
      const selector = Object.entries(fieldsOf(fieldsOf(body["spec"])["selector"]));
      return selector.length > 0 && selector.every(([name, value]) => labels[name] === value);
    }),
  );
  return selected ? "gateway" : dataPlane;
}

const kinds: Partial<Record<DataPlane, Proxy["kind"]>> = {
  sidecar: "sidecar",
  ambient: "ztunnel",
  gateway: "gateway",
  waypoint: "waypoint",
  proxyless: "proxyless",
};

/** The point in front of a workload; undefined: nothing is enforced there. */
export function pointOf(
  mesh: Mesh,
  workload: Workload,
  { dataPlane = "sidecar" }: AnalyseOptions = {},
): Point | undefined {
  const known = dataPlaneOf(mesh.inventory, workload)?.plane;
  const plane = known ?? dataPlane;
  const kind = kinds[plane];
  if (!kind) return undefined;
  return {
    name: workloadText(workload),
    proxy: proxyOf(mesh.inventory, workload, kind),
    ...(known === undefined ? { planeAssumed: true } : {}),
  };
}

/** A label that no selector asks for: every policy with a selector holds at the ztunnel of a pod that has no label at all. */
const unselected = { any: "label" };

/** A point that stands for every workload of a namespace with these labels. */
export function madePoint(
  namespace: string,
  labels: Readonly<Record<string, string>>,
  plane: DataPlane = "sidecar",
): readonly Point[] {
  const kind = kinds[plane];
  if (!kind) return [];
  const selected = Object.entries(labels).map(([name, value]) => `,${name}=${value}`);
  const isBare = kind === "ztunnel" && selected.length === 0;
  const proxy: Proxy = {
    kind,
    namespace,
    name: Object.values(labels).join("-") || "any",
    labels: isBare ? unselected : labels,
    serviceAccount: "default",
    addresses: [],
    ports: [],
  };
  const name = `ns/${namespace}${selected.join("")}`;
  const isAssumed = plane === "sidecar" || plane === "ambient";
  return [{ name, proxy, made: true, ...(isAssumed ? { planeAssumed: true } : {}) }];
}
