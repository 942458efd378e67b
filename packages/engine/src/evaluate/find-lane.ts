import { textPairs } from "../envoy/index/text-pairs.ts";
import { trustDomain } from "../kubernetes/identity.ts";
import type { AccessRequest, EvaluateOptions } from "../model/access-request.ts";
import type { Mesh } from "../model/mesh.ts";
import { askedOf, saysOnly } from "./asked.ts";
import { describedWays, formOf } from "./described-ways.ts";
import { type Lane, laneOn, type Way, wayOf } from "./lane.ts";
import type { Judges } from "./lane-rules.ts";

/** What requests have in common that differ in method and path alone: their lane, and whom a proxy sees. */
export interface Alike {
  readonly lane: Lane;
  readonly peer: string | undefined; // for a lane that looks at it
  /** Of two callers with the same mark who call the same, each with its own peer, both are in one lane. */
  readonly shared?: string;
}

/** So many lanes are remembered; then all are forgotten. */
const remembered = 65_536;

/**
 * Finds the lane of a request, whatever its method and path; each is found once. Undefined: it is in none, as nothing is where what is
 * assumed is to stay open.
 */
export function laneFinder(
  mesh: Mesh,
  options: EvaluateOptions,
  { judgeOf }: Pick<Judges, "judgeOf">,
): Find {
  if (options.assume === "none") return () => undefined;
  const known = new Map<string, Alike | "none">();
  const shared = new Map<string, Lane | "none">();
  const accountsAlike = isPoliciesOnly(mesh);
  const identity = identities(mesh);
  const describedWay = describedWays(mesh, options);
  const laneBy = (way: Way | undefined): Lane | undefined => way && laneOn(way, judgeOf);

  const searchShared = (asked: AccessRequest, to: string, peer: string): Lane | undefined => {
    const { from = "" } = asked;
    const key = saysNoMore(asked) ? to : JSON.stringify({ ...asked, from: formOf(from) });
    const before = shared.get(key);
    if (before !== undefined) return before === "none" ? undefined : before;
    const lane = laneBy(describedWay(asked, to, peer));
    const usable = lane?.peer === undefined || lane.peer === peer ? lane : undefined;
    if (shared.size >= remembered) shared.clear();
    shared.set(key, usable ?? "none");
    return usable;
  };
  const searchOnce = (asked: AccessRequest): Alike | undefined => {
    const key = JSON.stringify(asked);
    const before = known.get(key);
    if (before !== undefined) return before === "none" ? undefined : before;
    const lane = laneBy(wayOf(mesh, asked, options));
    const alike = lane && { lane, peer: lane.peer };
    if (known.size >= remembered) known.clear();
    known.set(key, alike ?? "none");
    return alike;
  };
  return foundByEnds((request) => {
    const asked = askedOf(request);
    if (asked === undefined) return undefined;
    const { from = "", to, transport } = asked;
    const peer = accountsAlike && transport === undefined ? identity(from) : undefined;
    if (peer === undefined || typeof to !== "string") return searchOnce(asked);
    const lane = searchShared(asked, to, peer);
    return lane && { lane, peer, shared: formOf(from) };
  });
}

type Find = (request: AccessRequest) => Alike | undefined;

/** Most requests say no more than who and where to: what was found for those two texts is remembered without writing them together. */
function foundByEnds(find: Find): Find {
  let pairs = textPairs();
  let found: (Alike | undefined)[] = [];
  return (request) => {
    const { from, to, http } = request;
    const brief = typeof from === "string" && typeof to === "string" && typeof http === "string";
    if (!brief || !saysOnly(request, ends)) return find(request);
    const before = pairs.get(from, to);
    if (before >= 0) return found[before];
    if (found.length >= remembered) [pairs, found] = [textPairs(), []];
    const alike = find(request);
    pairs.set(from, to, found.push(alike) - 1);
    return alike;
  };
}

const ends: ReadonlySet<string> = new Set(["from", "to", "http"]);

/** Nothing but which account, where to and what. */
function saysNoMore({ from = "", source, http }: AccessRequest): boolean {
  const { host, version } = typeof http === "object" ? http : {};
  return from.startsWith("sa/") && [source, host, version].every((each) => each === undefined);
}

/** With policies alone, no object tells one account in the mesh from another. */
function isPoliciesOnly({ inventory }: Mesh): boolean {
  const { namespaces, workloads, services, others } = inventory;
  return namespaces.length + workloads.length + services.length + others.length === 0;
}

/** The identity behind an account, as `accountIn` finds it; undefined for any other caller. One text for each. */
function identities({ config }: Mesh): (from: string) => string | undefined {
  const known = new Map<string, string>();
  const domain = trustDomain(config);
  return (from) => {
    const before = known.get(from);
    if (before !== undefined) return before;
    const account = accountIn(from, domain);
    if (account === undefined) return undefined;
    if (known.size >= remembered) known.clear();
    const identity = `spiffe://${domain}/${account}`;
    known.set(from, identity);
    return identity;
  };
}

/** `ns/NAMESPACE/sa/NAME` of a caller that is written as `sa/NAMESPACE/NAME`, or as the identity of an account of this mesh. */
function accountIn(from: string, domain: string): string | undefined {
  const [, namespace, name] = /^sa\/([a-z0-9-]+)\/([a-z0-9.-]+)$/.exec(from) ?? [];
  if (namespace !== undefined) return `ns/${namespace}/sa/${name}`;
  const scheme = `spiffe://${domain}/`;
  const account = from.startsWith(scheme) ? from.slice(scheme.length) : "";
  return /^ns\/[a-z0-9-]+\/sa\/[a-z0-9.-]+$/.test(account) ? account : undefined;
}
