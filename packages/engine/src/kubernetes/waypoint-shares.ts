import type { Mesh } from "../model/mesh.ts";
import { behaves } from "../release.ts";
import { entryVisibility } from "./entry-visibility.ts";
import { type Asking, standsBefore, type Traffic, type Waypoint, waypointOf } from "./waypoint.ts";

/** A waypoint, and how many of a hundred connections it takes. */
export interface WaypointShare extends Waypoint {
  readonly weight: number;
}

/**
 * The waypoints that share the connections to an object: the one that it names, and a second one that is tried out beside it. Follows
 * istio/istio:pilot/pkg/serviceregistry/ambient/waypoints.go buildWeightedWaypoints (ctx:2.1).
 */
export function waypointShares(
  mesh: Mesh,
  object: Asking,
  traffic: Traffic,
): readonly WaypointShare[] {
  const primary = waypointOf(mesh.inventory, object, traffic);
  if (primary === undefined || isKeptHome(mesh, object, primary)) return [];
  const canary = traffic === "service" ? canaryOf(mesh, object, primary) : undefined;
  if (canary === undefined) return [{ ...primary, weight: 100 }];
  return [{ ...primary, weight: 100 - canary.weight }, canary];
}

/** A ServiceEntry that is for its namespace only has no waypoint in another. */
function isKeptHome(mesh: Mesh, { key }: Asking, { namespace }: Waypoint): boolean {
  return (
    key.kind === "ServiceEntry" &&
    namespace !== key.namespace &&
    entryVisibility(mesh, key.namespace) === "NAMESPACE"
  );
}

const use = "istio.io/use-waypoint";
const useCanary = "istio.io/use-waypoint-canary";
const inNamespace = "istio.io/use-waypoint-canary-namespace";
const share = "istio.io/use-waypoint-canary-weight";

/** What the namespace says of it only counts where the object names no waypoint itself. One that is wrong, or not ready, takes nothing. */
function canaryOf(
  { inventory, release }: Mesh,
  object: Asking,
  primary: Waypoint,
): WaypointShare | undefined {
  if (!behaves(release, "canary-waypoints")) return undefined;
  const { key, labels: own, annotations = {} } = object;
  const space = inventory.namespaces.find((each) => each.key.name === key.namespace);
  const namespace = use in own ? undefined : space;
  const labels = useCanary in own ? own : (namespace?.labels ?? {});
  const name = labels[useCanary] ?? "none";
  const text = annotations[share] ?? namespace?.annotations[share] ?? "0";
  const canary = { namespace: labels[inNamespace] ?? key.namespace, name };
  const isOther = canary.namespace !== primary.namespace || name !== primary.name;
  const weight = /^[+-]?[0-9]{1,9}$/.test(text) ? Number(text) : -1;
  if (name === "none" || name === "" || !isOther || weight < 0 || weight > 100) return undefined;
  return standsBefore(inventory, canary, object, "service") ? { ...canary, weight } : undefined;
}
