import { findService } from "../../kubernetes/service.ts";
import type { Mesh } from "../../model/mesh.ts";
import type { FilterChain, Program } from "../../model/program.ts";
import type { Connection } from "../../model/request.ts";
import type { RouteDestination } from "../../model/route.ts";
import type { AnalyseOptions, Point } from "../api.ts";
import { toldTo } from "../point-program.ts";
import type { Side } from "../question.ts";
import { type Arrival, arrivals } from "../space/arrivals.ts";
import {
  answered,
  arriving,
  beforePolicies,
  type Look,
  outcomesOf,
  passing,
} from "../space/decisions.ts";
import { always, and, type Formula, never, not, or } from "../space/formula.ts";
import type { Setting } from "../space/space.ts";
import { type Stop, stopsBehind } from "./follow.ts";
import { type Stretch, seenBefore } from "./link.ts";
import { type Led, ledBy } from "./routes.ts";
import { substitute } from "./substitute.ts";

/**
 * What becomes of requests on their way from one proxy over others to a workload, as questions about the request as it comes to the first.
 * Where it is not known what a proxy on the way sees, everything is taken to be possible: each of these holds at least what it says.
 */
export interface Passage {
  readonly led: Formula; // their route leads there
  readonly through: Formula; // and every proxy lets them pass
  readonly refused: Formula; // and some proxy refuses them
  readonly heard: Formula; // and they come as far as policies everywhere
}

const nowhere: Passage = { led: never, through: never, refused: never, heard: never };

/** A journey that is followed: to whom, with what is found on the way. */
export interface Following {
  readonly target: Point;
  readonly look: Look;
  readonly setting: Setting;
  readonly options: AnalyseOptions;
  readonly programs: Program[]; // of all proxies on the way
  readonly elsewhere: Set<string>; // what is taken to lead elsewhere: it was not loaded
  readonly open: Set<string>; // what is not followed
  readonly apart: string; // tells what is not known here from what is not known on another side
}

const most = 4;

/** What becomes of what comes to a proxy. */
export function passageFrom(side: Side, following: Following, depth = 0): Passage {
  const { target, look, programs } = following;
  const { program } = side;
  programs.push(program);
  if (isTarget(side.point.proxy, target)) {
    const through = answered(outcomesOf(program, look), "allowed");
    return { led: always, through, refused: not(through), heard: arriving(program, look) };
  }
  if (program.proxy.kind !== "gateway" && program.proxy.kind !== "waypoint") return nowhere;
  if (depth >= most) return notFollowed(following, "over more than four proxies");
  const parts = arrivals(program, look).map((arrival) =>
    throughChain(side, arrival, following, depth),
  );
  return anyOf(parts);
}

function isTarget(proxy: Point["proxy"], { proxy: wanted }: Point): boolean {
  return (
    proxy.namespace === wanted.namespace && proxy.name === wanted.name && proxy.kind === wanted.kind
  );
}

function notFollowed({ open }: Following, what: string): Passage {
  open.add(what);
  return nowhere;
}

function anyOf(parts: readonly Passage[]): Passage {
  const all = (of: (part: Passage) => Formula): Formula => or(...parts.map(of));
  return {
    led: all(({ led }) => led),
    through: all(({ through }) => through),
    refused: all(({ refused }) => refused),
    heard: all(({ heard }) => heard),
  };
}

function throughChain(side: Side, arrival: Arrival, following: Following, depth: number): Passage {
  const { chain, here } = arrival;
  if (!chain) return nowhere;
  const { name } = side.point;
  if (chain.kind !== "http" && side.point.proxy.kind === "gateway")
    return throughBytes(side, chain.forwards ?? [], following);
  const { through, reading } = passing(arrival, chain, following.look);
  const before = beforePolicies(chain, following.look);
  const legs = chain.routes ? ledBy(chain, reading) : straight(side, chain.forwards);
  const parts = legs.flatMap((led) =>
    stopsOf(side, led, following).map((stop): Passage => {
      const from = {
        name: name + following.apart,
        chain,
        reading,
        program: side.program,
        proxied: arrival.proxied,
      };
      const next = passageOver({ from, led, stop, side, following, depth });
      return {
        led: and(led.when, next.led),
        through: and(led.when, next.through),
        refused: and(led.when, or(and(not(through), next.led), next.refused)),
        heard: and(led.when, before, next.heard),
      };
    }),
  );
  const all = anyOf(parts);
  return {
    led: and(here, all.led),
    through: and(here, through, all.through),
    refused: and(here, all.refused),
    heard: and(here, all.heard),
  };
}

/** Bytes that may come to the target are not followed. */
function throughBytes(
  side: Side,
  destinations: readonly RouteDestination[],
  following: Following,
): Passage {
  const { target, options } = following;
  const leads = destinations.some((destination) =>
    stopsBehind(side.mesh, side.point.proxy, destination, { ...options, protocol: "tcp" }).some(
      (stop) => stop.kind === "proxy" && (isTarget(stop.proxy, target) || isRelay(stop.proxy)),
    ),
  );
  return leads
    ? notFollowed(following, `bytes, and TLS that does not end at ${side.point.name}`)
    : nowhere;
}

function isRelay({ kind }: Point["proxy"]): boolean {
  return kind === "gateway" || kind === "waypoint";
}

/** What a waypoint does without routes: bytes go to one destination, and what is addressed to a pod itself to that pod. */
function straight({ point }: Side, forwards: FilterChain["forwards"]): readonly Led[] {
  if (point.proxy.kind !== "waypoint") return [];
  const destinations = forwards ?? [{ host: "PassthroughCluster", weight: 1 }];
  return destinations.map((destination) => ({
    when: always,
    action: { kind: "forward", destinations },
    destination,
  }));
}

function stopsOf(
  { mesh, point }: Side,
  { destination }: Led,
  following: Following,
): readonly Stop[] {
  const { target, options, elsewhere } = following;
  const workload = mesh.inventory.workloads.find(
    ({ key }) => key.namespace === target.proxy.namespace && key.name === target.proxy.name,
  );
  const straightOn = destination.host === "PassthroughCluster" && workload;
  const original = straightOn
    ? { original: { workload, port: target.proxy.ports[0]?.port ?? 8080 } }
    : {};
  const stops = stopsBehind(mesh, point.proxy, destination, {
    ...options,
    ...original,
    protocol: following.look.protocol,
  });
  for (const stop of stops) if (stop.kind === "unknown") elsewhere.add(stop.what);
  if (isMissing(mesh, destination)) elsewhere.add(`${destination.host}, which is not loaded`);
  return stops;
}

/** A Service of the mesh that no file holds: it might select anything. */
function isMissing({ inventory }: Mesh, { host }: RouteDestination): boolean {
  const [name = "", namespace = "", svc] = host.split(".");
  return svc === "svc" && findService(inventory, namespace, name) === undefined;
}

interface Leg {
  readonly from: Stretch["from"];
  readonly led: Led;
  readonly stop: Stop;
  readonly side: Side;
  readonly following: Following;
  readonly depth: number;
}

/** What becomes of what is sent on, as it came to who sends it. */
function passageOver({ from, led, stop, side, following, depth }: Leg): Passage {
  if (stop.kind !== "proxy") return nowhere;
  const { proxy, connection } = stop;
  const { target, look, setting } = following;
  const wanted = isTarget(proxy, target);
  if (!wanted && !isRelay(proxy)) return nowhere;
  if (proxy.kind === "gateway" && !wanted)
    return notFollowed(following, `what ${side.point.name} sends to another gateway`);
  const program = toldTo(side.mesh, proxy);
  if (typeof program === "string") return notFollowed(following, program);
  const name = `${proxy.kind}/${proxy.namespace}/${proxy.name}`;
  const next: Side = {
    mesh: side.mesh,
    point: wanted ? { ...target, proxy } : { name, proxy },
    program,
  };
  const further: Following = { ...following, look: { ...look, anyDomain: true } };
  const there = passageFrom(next, further, depth + 1);
  const door = doorOf(connection, proxy.kind);
  const stretch: Stretch = {
    from,
    to: {
      program,
      connection,
      ...(door === undefined ? {} : { door }),
      ...(led.destination.host === "PassthroughCluster" ? { samePort: true } : {}),
    },
    action: led.action,
    destination: led.destination,
    setting,
  };
  const before = (formula: Formula): Formula =>
    substitute(formula, (looked) => seenBefore(looked, stretch));
  return {
    led: before(there.led),
    through: before(there.through),
    refused: before(there.refused),
    heard: before(there.heard),
  };
}

/** Which Service of a waypoint is addressed. */
function doorOf(
  { service, destinationPort }: Connection,
  kind: Point["proxy"]["kind"],
): string | undefined {
  if (kind !== "waypoint") return undefined;
  return service ? `${service}:${destinationPort}` : "pods";
}
