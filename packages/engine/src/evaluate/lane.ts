import type { Stretch } from "../envoy/index/known-request.ts";
import { retold } from "../evaluate.ts";
import type { AccessRequest, EvaluateOptions } from "../model/access-request.ts";
import type { Mesh } from "../model/mesh.ts";
import type { Filter, FilterChain, Proxy, RbacFilter } from "../model/program.ts";
import type { Connection } from "../model/request.ts";
import type { Rule } from "../model/rule.ts";
import type { Hop, Step } from "../model/verdict.ts";
import type { Judge, Judges, LaneRules } from "./lane-rules.ts";

/** A destination of which only the caller, the method and the path of a request decide, by rules alone. */
export interface Lane extends Judge {
  readonly peer: string | undefined; // the caller of the request that was asked; undefined: callers show no identity
  readonly destinationPort: number;
}

/** How a request in a lane gets to the proxy of its destination, and what is told there. */
export interface Way {
  readonly connection: Connection;
  readonly caller: Caller;
  readonly proxy: Proxy;
  readonly filters: readonly Filter[]; // of the chain that takes the connection
}

/**
 * The way of a request that may be in a lane: to one HTTP sidecar, nothing routed by what somebody wrote, nothing but rules that refuse.
 * Found by going it once.
 */
export function wayOf(
  mesh: Mesh,
  request: AccessRequest,
  options: EvaluateOptions,
): Way | undefined {
  const went = retold(mesh, request, options);
  if (went === undefined) return undefined;
  const { course, guessed } = went;
  const [hop, ...more] = course.hops.filter(({ enforced }) => enforced);
  if (guessed.size > 0 || hop === undefined || more.length > 0) return undefined;
  if (course.hops.some(isRouted) || !hop.steps.every(isOfRules)) return undefined;
  const chain = chainOf(hop);
  const caller = hop.told && callerOf(hop.told.connection);
  if (hop.told === undefined || chain === undefined || caller === undefined) return undefined;
  const { connection, program } = hop.told;
  return { connection, caller, proxy: program.proxy, filters: chain.filters };
}

/** Who a proxy sees: one identity, or nobody. */
export interface Caller {
  readonly peer?: string;
}

/** The lane of what goes a way, if its filters only match rules that look at no more than what a request in a lane states. */
export function laneOn(
  { connection, caller, filters }: Way,
  judgeOf: Judges["judgeOf"],
): Lane | undefined {
  const rules = rulesOnly(filters);
  const judge = rules && judgeOf(rules);
  return judge && { peer: caller.peer, destinationPort: connection.destinationPort, ...judge };
}

/** What refuses it, if anything does, are rules. */
function isOfRules({ layer, result }: Step): boolean {
  return result !== "refuse" || layer === "deny" || layer === "allow";
}

/** Undefined: a proxy sees something else. */
function callerOf({ transport, certificate }: Connection): Caller | undefined {
  if (transport !== "mtls") return {};
  const { uris: [peer, ...more] = [], ...others } = certificate ?? {};
  const alone = more.length === 0 && Object.values(others).every((other) => other === undefined);
  return peer !== undefined && alone ? { peer } : undefined;
}

/** By what somebody wrote: the routes that istiod makes are the same for every path. */
function isRouted({ onward }: Hop): boolean {
  return onward !== undefined && (onward.rule !== undefined || onward.ways.length !== 1);
}

/** The one HTTP chain that took the connection. */
function chainOf({ point, chain, told }: Hop): FilterChain | undefined {
  if (point !== "sidecar" || told === undefined) return undefined;
  const { transport } = told.connection;
  const wanted = transport === "mtls" || transport === "tls" ? "tls" : "raw_buffer";
  const named = told.program.listeners
    .flatMap(({ chains }) => chains)
    .filter(
      ({ name, kind, match }) => name === chain && kind === "http" && match.transport === wanted,
    );
  const [first, ...others] = named;
  const same = others.every(({ filters }) => filters === first?.filters);
  return first?.routes === undefined && first?.forwards === undefined && same ? first : undefined;
}

/** The rules of a chain that does nothing but match them. */
function rulesOnly(filters: readonly Filter[]): LaneRules | undefined {
  const rbac = filters.filter((filter) => filter.kind === "rbac");
  if (rbac.length < filters.length || !rbac.every(isPlain)) return undefined;
  const of = (action: RbacFilter["action"]): readonly (readonly Rule[])[] =>
    rbac.flatMap(({ action: own, rules }) => (own === action && rules ? [rules] : []));
  const [deny = [], ...moreDeny] = of("DENY");
  const [allow, ...moreAllow] = of("ALLOW");
  if (moreDeny.length + moreAllow.length > 0) return undefined;
  return { deny, ...(allow ? { allow } : {}) };
}

function isPlain({ peer, rules = [] }: RbacFilter): boolean {
  return peer === "certificate" && rules.every(isStated);
}

const stated: ReadonlySet<string> = new Set(["peer", "method", "path", "destination.port"]);

/** Whether a rule only looks at what every request in the lane states. */
function isStated({ groups }: Rule): boolean {
  return groups.every(({ any }) =>
    any.every(({ all }) => all.every(({ attribute }) => stated.has(attribute.kind))),
  );
}

/** The path of a request as policies see it, as it stands or as a text: looked at if a rule asks. */
export interface AskedPath {
  readonly path: string;
  readonly pathIn?: Stretch;
}

/** Asks lanes about one request after the other without making any. */
export function laneAsker({
  ask,
}: Pick<Judges, "ask">): (
  lane: Lane,
  peer: string | undefined,
  method: string,
  asked: AskedPath,
) => number {
  const request = requestInLane();
  return (lane, peer, method, asked) => {
    request.destinationPort = lane.destinationPort;
    request.peer = lane.peer === undefined ? undefined : peer;
    request.method = method;
    request.pathIn = asked.pathIn;
    request.asked = asked;
    return ask(lane, request);
  };
}

interface RequestInLane {
  destinationPort: number;
  peer: string | undefined;
  method: string | undefined;
  pathIn: Stretch | undefined;
  asked: AskedPath;
  readonly path: string;
}

/** One for all lanes: with a `path` of its own each would look like another kind of object, and be asked slowly. */
function requestInLane(): RequestInLane {
  const request: RequestInLane = {
    ...{ destinationPort: 0, peer: undefined, method: undefined },
    ...{ pathIn: undefined, asked: { path: "" } },
    get path() {
      return request.asked.path;
    },
  };
  return request;
}
