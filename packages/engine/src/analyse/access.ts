import type { Mesh } from "../model/mesh.ts";
import type { Access, AnalyseOptions, Protocol, Requests } from "./api.ts";
import { assumptionsOf } from "./assumptions.ts";
import { agreedDomains, jwtProvidersOf, looksAtQueries } from "./point-program.ts";
import { unseenAsked } from "./proxied.ts";
import { inquire, type Side } from "./question.ts";
import { allGroups, type Group } from "./sides.ts";
import { remoteOf, somewhere } from "./space/arrivals.ts";
import { chosen } from "./space/atoms.ts";
import { answered, outcomesOf } from "./space/decisions.ts";
import { doorsOf } from "./space/doors.ts";
import { and, type Formula, or, plainly } from "./space/formula.ts";
import { lanesOf } from "./space/lanes.ts";
import { nearTo } from "./space/near.ts";
import { requestsFormula, speaksOfQueries } from "./space/requests.ts";
import { lookedAt } from "./space/same.ts";
import { namedIn } from "./space/server-names.ts";
import { checkOptions, checkRequests } from "./stated.ts";
import { tunnelMarks } from "./unknown-tunnels.ts";
import { filtersAssumed, meshRead } from "./unread.ts";

/** Who may make such requests: at every point the callers that get through, and everything else that it takes. Throws a TypeError for keys that there are not. */
export function whoCan(
  mesh: Mesh,
  requests: Requests,
  options: AnalyseOptions = {},
): readonly Access[] {
  checkOptions(options);
  checkRequests(requests);
  const groups = allGroups(meshRead(mesh, options), options, ({ proxy }) => proxy.namespace);
  return groups.flatMap((group) => {
    const assumed = options.assume ? filtersAssumed(mesh, group.points) : [];
    return protocolsOf(requests).map((protocol) => {
      const access = accessAt(group, requests, protocol, options);
      return { ...access, assumptions: [...access.assumptions, ...assumed] };
    });
  });
}

/** What a caller may do: at every point the requests of such callers that get through. */
export function whatCan(
  mesh: Mesh,
  caller: Requests,
  options: AnalyseOptions = {},
): readonly Access[] {
  return whoCan(mesh, caller, options);
}

/** What requests may be sent over. */
export function protocolsOf({ protocol }: Requests): readonly Protocol[] {
  return protocol ? [protocol] : ["http", "tcp"];
}

function accessAt(
  { points, side, undecided }: Group,
  requests: Requests,
  protocol: Protocol,
  options: AnalyseOptions,
): Access {
  const assumptions = assumptionsOf(points, new Set());
  const nothing = { points, protocol, regions: [], complete: false, assumptions };
  if (!side) return { ...nothing, undecided: undecided ? [undecided] : [] };
  const unseen = unseenAsked([side.program], [requests]);
  if (unseen.length > 0) return { ...nothing, undecided: unseen };
  const { scopes, allowed, queries } = scopesAt(side, [requests], protocol);
  const scope = and(...scopes, ...sentTo(side, protocol, options));
  const looked = nobodyAt(side, protocol, scope, allowed);
  if (looked) {
    const found = { points, protocol, regions: [], complete: true, undecided: [] };
    return { ...found, assumptions: assumptionsOf(points, looked), nobody: true };
  }
  const question = {
    region: and(scope, allowed),
    care: scope,
    queries,
    fits: ([status]: readonly string[]): boolean => status === "allowed",
  };
  const found = inquire([side], protocol, [question], options);
  if ("because" in found) return { ...nothing, undecided: [found] };
  const [only] = found;
  if (!only) return { ...nothing, undecided: [] };
  const { regions, complete, undecided: open } = only;
  return {
    points,
    protocol,
    regions,
    complete,
    undecided: open,
    assumptions: assumptionsOf(points, new Set([...only.attributes, ...tunnelMarks(side)])),
    ...(only.whole && !only.empty ? { everyone: true } : {}),
    ...(only.empty ? { nobody: true } : {}),
  };
}

/** Where no rule is left that would let anything through, nobody gets through: then what was looked at. Undefined: that hangs on what patterns mean. */
function nobodyAt(
  side: Side,
  protocol: Protocol,
  scope: Formula,
  allowed: Formula,
): ReadonlySet<string> | undefined {
  if (plainly(allowed) !== false) return undefined;
  const looked = lookedAt([scope, allowed, somewhere(side.program, { protocol })]);
  const isTunnelled = looked.has("transport"); // what is known of tunnels is looked at, too
  return isTunnelled ? undefined : new Set([...looked, ...tunnelMarks(side)]);
}

/** Of a waypoint only the ports of one Service. */
function sentTo(
  { program }: Side,
  protocol: Protocol,
  { service }: AnalyseOptions,
): readonly Formula[] {
  if (service === undefined || program.proxy.kind !== "waypoint") return [];
  const doors = doorsOf(lanesOf(program, protocol)).filter(
    (door) => door === service || door.startsWith(`${service}:`),
  );
  return [or(...doors.map((door) => chosen("door", door)))];
}

/** Several scopes of requests, and those that get through; rules that can meet none of the scopes are left out. */
export function scopesAt(
  { mesh, point, program }: Side,
  spoken: readonly Requests[],
  protocol: Protocol,
): {
  readonly scopes: readonly Formula[];
  readonly allowed: Formula;
  readonly queries: boolean;
} {
  const queries = looksAtQueries([program]) || spoken.some(speaksOfQueries);
  const remote = remoteOf(program, { protocol });
  const named = namedIn(program, protocol);
  const at = { namespace: point.proxy.namespace, protocol, queries, remote, named };
  const place = { mesh, program, ...at };
  const scopes = spoken.map((requests) => requestsFormula(requests, place));
  const outcomes = outcomesOf(program, {
    protocol,
    queries,
    ...(agreedDomains([program]) ? {} : { anyDomain: true }),
    near: nearTo(scopes, queries),
    tokens: jwtProvidersOf(program),
  });
  return { scopes, allowed: answered(outcomes, "allowed"), queries };
}
