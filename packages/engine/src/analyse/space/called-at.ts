import { servedPods } from "../../istiod/listener/waypoint-services.ts";
import { gatewayNameLabel } from "../../kubernetes/gateway-class.ts";
import type { Protocol } from "../api.ts";
import type { Side } from "../question.ts";
import { chosen } from "./atoms.ts";
import { podsDoor } from "./doors.ts";
import { and, type Formula, not, or } from "./formula.ts";
import { lanesOf } from "./lanes.ts";
import { toAddresses } from "./tunnel.ts";

/** The doors of gateways and waypoints that are called by certain addresses, each with these. */
export type CalledAt = ReadonlyMap<string, readonly string[]>;

/** By which addresses doors are called: where they are known, and the same on all sides. */
export function calledAt(sides: readonly Side[], protocol: Protocol): CalledAt {
  const all = sides.map((side) => addressesOf(side, protocol));
  const found = new Map<string, readonly string[]>();
  for (const [door, addresses] of all.flatMap((each) => [...each])) {
    const others = all.flatMap((each) => each.get(door)?.join() ?? []);
    if (addresses.length > 0 && new Set(others).size === 1) found.set(door, addresses);
  }
  return found;
}

/** Of each door; none: nobody knows. */
function addressesOf({ mesh, program }: Side, protocol: Protocol): CalledAt {
  const lanes = lanesOf(program, protocol);
  const found = new Map<string, readonly string[]>();
  for (const { door, addresses = [] } of lanes) if (door !== undefined) found.set(door, addresses);
  const { namespace, labels, name } = program.proxy;
  if (program.proxy.kind !== "waypoint" || !found.has(podsDoor)) return found;
  const waypoint = { namespace, name: labels[gatewayNameLabel] ?? name };
  const pods = servedPods(mesh.inventory, waypoint);
  return pods.every(({ addresses }) => addresses.length > 0) ? found : found.set(podsDoor, []);
}

/** That who comes through a door calls one of its addresses. */
export function byItsAddress(known: CalledAt): Formula {
  return and(
    ...[...known].map(([door, addresses]) => or(not(chosen("door", door)), toAddresses(addresses))),
  );
}
