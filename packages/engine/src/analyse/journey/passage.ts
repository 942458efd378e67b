import type { Program } from "../../model/program.ts";
import type { Connection } from "../../model/request.ts";
import type { Point } from "../api.ts";
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
import { podsDoor } from "../space/doors.ts";
import { always, and, type Formula, never, not, or } from "../space/formula.ts";
import { takesTunnels } from "../tunnels.ts";
import { arrivalAt, isChainKnown, seenThere } from "./arrival-at.ts";
import { bareTls } from "./bare-tls.ts";
import type { Stop } from "./follow.ts";
import type { Following } from "./following.ts";
import { isRelay, straight, withCopies } from "./legs.ts";
import { askedBefore } from "./link.ts";
import { asksForChanged, type Led, ledBy } from "./routes.ts";
import type { Stretch } from "./stretch.ts";

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

/** What becomes of what comes to a proxy. `only`: over this connection. */
export function passageFrom(side: Side, following: Following, depth = 0, only?: Arrival): Passage {
  const { target, look, programs } = following;
  const { program } = side;
  programs.push(program);
  if (depth === 0 && following.caller && only) return throughChain(side, only, following, depth);
  if (isTarget(side.point.proxy, target)) return only ? atTarget(only, look) : ends(program, look);
  if (!isRelay(program.proxy)) return nowhere;
  if (depth >= most) return notFollowed(following, "over more than four proxies");
  const all = only ? [only] : arrivals(program, look);
  return anyOf(all.map((arrival) => throughChain(side, arrival, following, depth)));
}

function ends(program: Program, look: Look): Passage {
  const through = answered(outcomesOf(program, look), "allowed");
  return { led: always, through, refused: not(through), heard: arriving(program, look) };
}

function atTarget(arrival: Arrival, look: Look): Passage {
  const { chain } = arrival;
  if (!chain) return { led: always, through: never, refused: always, heard: never };
  const { through } = passing(arrival, chain, look);
  return { led: always, through, refused: not(through), heard: beforePolicies(chain, look) };
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
  const { chain, here, proxied } = arrival;
  if (!chain) return nowhere;
  const { program, point } = side;
  const { name } = point;
  const { through, reading } = passing(arrival, chain, following.look);
  if (asksForChanged(chain, reading))
    following.open.add(`routes of ${name} that ask for a header which a filter changes`);
  const before = beforePolicies(chain, following.look);
  const own = depth === 0 ? name : name + following.apart; // both sides begin with the same
  const legs = chain.routes ? ledBy(chain, reading, own) : straight(side, chain, following);
  const caller = depth === 0 ? following.caller : undefined;
  const all = legs.flatMap((led) => withCopies(side, led, following, caller));
  const parts = all.flatMap(({ led, stops }) =>
    stops.map((stop): Passage => {
      const from = { name: name + following.apart, chain, reading, program, proxied };
      const next = passageOver({ from, led, stop, side, following, depth });
      return {
        led: and(led.when, next.led),
        through: and(led.when, next.through),
        refused: and(led.when, or(and(not(through), next.led), next.refused)),
        heard: and(led.when, before, next.heard),
      };
    }),
  );
  const any = anyOf(parts);
  return {
    led: and(here, any.led),
    through: and(here, through, any.through),
    refused: and(here, any.refused),
    heard: and(here, any.heard),
  };
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
function passageOver(leg: Leg): Passage {
  const { stop, side, following } = leg;
  const { target } = following;
  if (stop.kind === "open")
    return stop.workload === `${target.proxy.namespace}/${target.proxy.name}` ? received : nowhere;
  if (stop.kind !== "proxy") return nowhere;
  const { proxy } = stop;
  if (!isTarget(proxy, target) && !isRelay(proxy)) return nowhere;
  const strange = strangeTunnel(side, stop);
  if (strange !== undefined) return notFollowed(following, strange);
  const program = toldTo(side.mesh, proxy);
  if (typeof program === "string") return notFollowed(following, program);
  const bare = side.point.proxy.kind === "gateway" ? bareTls(leg.from.chain, stop) : undefined;
  if (bare === "of clusters") {
    const { name } = side.point;
    const hint = `ask about ${target.name} without \`through\``;
    return notFollowed(following, `TLS that does not end at ${name}: ${hint}`);
  }
  if (bare) following.passed.add(side.point.name);
  return anyOf((bare ?? [stop]).map((each) => passageBy(leg, { stop: each, program })));
}

/** What becomes of what is sent on over one connection. Which chain takes that is known, but where only its identity decides. */
function passageBy(leg: Leg, { stop, program }: Reached): Passage {
  const { side, following } = leg;
  const { proxy, connection } = stop;
  if (arePassedAsBytes(leg) && readsHttp(program, stop))
    following.read.add(`HTTP that ${side.point.name} passes on as bytes to ${nameOf(proxy)}`);
  const only = isChainKnown(proxy, connection, following.look.protocol)
    ? arrivalAt(program, stop, following.look.protocol)
    : undefined;
  if (typeof only === "string")
    return notFollowed(following, `what ${side.point.name} sends to ${nameOf(proxy)}, for ${only}`);
  return passageTo(leg, { stop, program, ...(only ? { only } : {}) });
}

/** TLS that does not end here nobody reads as HTTP. */
function arePassedAsBytes({ following: { look }, from: { chain } }: Leg): boolean {
  const isTls = chain.match.serverNames !== undefined && chain.tls === undefined;
  return look.protocol === "tcp" && chain.kind === "tcp" && !isTls;
}

function readsHttp(program: Program, stop: Reached["stop"]): boolean {
  const arrival = arrivalAt(program, stop, "http");
  return typeof arrival !== "string" && arrival.chain?.kind === "http";
}

interface Reached {
  readonly stop: Extract<Stop, { readonly kind: "proxy" }>;
  readonly program: Program;
  readonly only?: Arrival;
}

function passageTo(
  { from, led, side, following, depth }: Leg,
  { stop, program, only }: Reached,
): Passage {
  const { target, look, setting } = following;
  const { proxy, named, distrusted } = stop;
  const point = isTarget(proxy, target) ? { ...target, proxy } : { name: nameOf(proxy), proxy };
  const further: Following = { ...following, look: { ...look, anyDomain: true } };
  const there = passageFrom({ mesh: side.mesh, point, program }, further, depth + 1, only);
  const connection = seenThere(stop.connection, proxy, only);
  const door = doorOf(connection, proxy.kind);
  const stretch: Stretch = {
    from,
    to: {
      program,
      connection,
      ...(door === undefined ? {} : { door }),
      ...(named === undefined ? {} : { named }),
      ...(led.destination.host === "PassthroughCluster" ? { samePort: true } : {}),
    },
    action: led.action,
    destination: led.destination,
    ...(led.copied ? { copied: true } : {}),
    setting,
    looked: look,
  };
  const before = (formula: Formula): Formula => askedBefore(formula, stretch);
  return {
    led: before(there.led),
    through: before(there.through),
    refused: before(distrusted ? there.led : there.refused),
    heard: before(there.heard),
  };
}

function nameOf({ kind, namespace, name }: Point["proxy"]): string {
  return `${kind}/${namespace}/${name}`;
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
  return service ? `${service}:${destinationPort}` : podsDoor;
}
