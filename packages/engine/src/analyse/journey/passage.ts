import type { FilterChain } from "../../model/program.ts";
import type { Connection } from "../../model/request.ts";
import type { RouteDestination } from "../../model/route.ts";
import type { Point } from "../api.ts";
import { toldTo } from "../point-program.ts";
import type { Side } from "../question.ts";
import { type Arrival, arrivals } from "../space/arrivals.ts";
import { answered, arriving, beforePolicies, outcomesOf, passing } from "../space/decisions.ts";
import { always, and, type Formula, never, not, or } from "../space/formula.ts";
import { takesTunnels } from "../tunnels.ts";
import { type Stop, stopsBehind } from "./follow.ts";
import type { Following } from "./following.ts";
import { stopsOf, straight } from "./legs.ts";
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

/** At a workload that no proxy stands in front of. */
const received: Passage = { led: always, through: always, refused: never, heard: always };

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
  if (isPassedOn(chain) && side.point.proxy.kind === "gateway")
    return throughTls(side, chain.forwards ?? [], following);
  const { through, reading } = passing(arrival, chain, following.look);
  const before = beforePolicies(chain, following.look);
  const legs = chain.routes ? ledBy(chain, reading) : straight(side, chain, following);
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

/** TLS that the gateway does not end. */
function isPassedOn({ kind, tls, match }: FilterChain): boolean {
  return kind !== "http" && tls === undefined && match.serverNames !== undefined;
}

/** TLS that may come to the target is not followed. */
function throughTls(
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
    ? notFollowed(
        following,
        `TLS that does not end at ${side.point.name}: ask about ${target.name} without \`through\``,
      )
    : nowhere;
}

function isRelay({ kind }: Point["proxy"]): boolean {
  return kind === "gateway" || kind === "waypoint";
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
  const { target, look, setting } = following;
  if (stop.kind === "open")
    return stop.workload === `${target.proxy.namespace}/${target.proxy.name}` ? received : nowhere;
  if (stop.kind !== "proxy") return nowhere;
  const { proxy, connection } = stop;
  const wanted = isTarget(proxy, target);
  if (!wanted && !isRelay(proxy)) return nowhere;
  if (proxy.kind === "gateway" && !wanted)
    return notFollowed(following, toAnother(side.point.name, proxy));
  const strange = strangeTunnel(side, stop);
  if (strange !== undefined) return notFollowed(following, strange);
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
    looked: look,
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

function toAnother(from: string, { namespace, name }: Point["proxy"]): string {
  return `what ${from} sends to another gateway: ask with \`through: gateway/${namespace}/${name}\``;
}

/** A tunnel into what may not take it. */
function strangeTunnel(
  { mesh, point: { name } }: Side,
  { proxy, connection }: Extract<Stop, { readonly kind: "proxy" }>,
): string | undefined {
  if (connection.transport !== "hbone") return undefined;
  if (proxy.kind === "proxyless") return `HBONE from ${name} into a gRPC server without a proxy`;
  if (proxy.kind !== "sidecar" || takesTunnels(mesh, proxy) === true) return undefined;
  return `HBONE from ${name} into a sidecar of which no mesh config that is loaded says whether it takes that: load it`;
}

/** Which Service of a waypoint is addressed. */
function doorOf(
  { service, destinationPort }: Connection,
  kind: Point["proxy"]["kind"],
): string | undefined {
  if (kind !== "waypoint") return undefined;
  return service ? `${service}:${destinationPort}` : "pods";
}
