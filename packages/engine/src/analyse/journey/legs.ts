import type { Sender } from "../../journey/trip.ts";
import { gatewayNameLabel } from "../../kubernetes/gateway-class.ts";
import { findService } from "../../kubernetes/service.ts";
import { waypointOf } from "../../kubernetes/waypoint.ts";
import type { Workload } from "../../model/kubernetes.ts";
import type { Mesh } from "../../model/mesh.ts";
import type { FilterChain } from "../../model/program.ts";
import type { RouteDestination } from "../../model/route.ts";
import type { Point } from "../api.ts";
import type { Side } from "../question.ts";
import { always } from "../space/formula.ts";
import { toAddresses } from "../space/tunnel.ts";
import { type Stop, stopsBehind } from "./follow.ts";
import type { Following } from "./following.ts";
import type { Led } from "./routes.ts";

/** What is done without routes: bytes go to one of some destinations, and what is addressed to a waypoint's pod itself to that pod. */
export function straight(
  { mesh, point }: Side,
  { forwards, match }: FilterChain,
  { target }: Following,
): readonly Led[] {
  const { addresses } = target.proxy;
  const isWaypoint = point.proxy.kind === "waypoint";
  if (!isWaypoint && !forwards) return [];
  if (!forwards && !match.service && !isLedTo(mesh, point, target)) return [];
  const destinations = forwards ?? [{ host: "PassthroughCluster", weight: 1 }];
  const possible = destinations.filter(({ weight }) => destinations.length === 1 || weight > 0);
  const isCalled = !forwards && !match.service && addresses.length > 0;
  return possible.map((destination) => ({
    when: isCalled ? toAddresses(addresses) : always,
    action: { kind: "forward", destinations },
    destination,
  }));
}

/** Whether what is addressed to the target's pods goes to this waypoint. */
function isLedTo({ inventory }: Mesh, { proxy }: Point, target: Point): boolean {
  const workload = workloadOf(inventory, target);
  const waypoint = workload && waypointOf(inventory, workload, "workload");
  return (
    waypoint !== undefined &&
    proxy.namespace === waypoint.namespace &&
    proxy.labels[gatewayNameLabel] === waypoint.name
  );
}

function workloadOf({ workloads }: Mesh["inventory"], { proxy }: Point): Workload | undefined {
  return workloads.find(({ key }) => key.namespace === proxy.namespace && key.name === proxy.name);
}

/** Where a destination may lead; what was not loaded is noted, and what is not worked out. */
function stopsOf(
  { mesh, point }: Side,
  { destination }: Led,
  following: Following,
  caller?: Sender,
): readonly Stop[] {
  const { target, options, elsewhere, open } = following;
  const workload = workloadOf(mesh.inventory, target);
  const straightOn = destination.host === "PassthroughCluster" && workload;
  const original = straightOn
    ? { original: { workload, port: target.proxy.ports[0]?.port ?? 8080 } }
    : {};
  const stops = stopsBehind(mesh, point.proxy, destination, {
    ...options,
    ...original,
    ...(caller ? { caller } : {}),
    protocol: following.look.protocol,
  });
  for (const stop of stops) {
    if (stop.kind === "lost") elsewhere.add(stop.what);
    if (stop.kind === "unknown") open.add(stop.what);
  }
  if (isMissing(mesh, destination)) elsewhere.add(`${destination.host}, which is not loaded`);
  return stops;
}

/** Where a leg leads, and where copies of it do: of what nobody is there for none is made. */
export function withCopies(
  side: Side,
  led: Led,
  following: Following,
  caller?: Sender,
): readonly { readonly led: Led; readonly stops: readonly Stop[] }[] {
  const stops = stopsOf(side, led, following, caller);
  const isSent = stops.some(({ kind }) => kind !== "ends");
  const copies = following.copies && isSent ? copiesOf(led) : [];
  return [
    { led, stops },
    ...copies.map((copy) => ({ led: copy, stops: stopsOf(side, copy, following, caller) })),
  ];
}

/** Copies of what is led somewhere, each as it is sent: as the other, but to another host. `envoy/serve-route.ts` */
function copiesOf({ when, action, destination: { headers, authority } }: Led): readonly Led[] {
  return (action.mirrors ?? []).flatMap(({ percentage, ...mirror }): readonly Led[] => {
    if (percentage <= 0 || mirror.missing) return [];
    const written = {
      ...(headers ? { headers } : {}),
      ...(authority === undefined ? {} : { authority }),
    };
    const destination = { ...mirror, ...written, weight: percentage };
    return [{ when, action, destination, copied: true }];
  });
}

/** Who sends on what comes to it. */
export function isRelay({ kind }: Point["proxy"]): boolean {
  return kind === "gateway" || kind === "waypoint";
}

/** A Service of the mesh that no file holds: it might select anything. */
function isMissing({ inventory }: Mesh, { host }: RouteDestination): boolean {
  const [name = "", namespace = "", svc] = host.split(".");
  return svc === "svc" && findService(inventory, namespace, name) === undefined;
}
