import { isOfCopy } from "../../journey/choose-way.ts";
import type { Known } from "../../journey/inquiry.ts";
import type { Course } from "../../journey/merge.ts";
import { replay } from "../../journey/replay.ts";
import { isRefused, understand } from "../../journey/request.ts";
import { walk } from "../../journey/walk.ts";
import type { AccessRequest } from "../../model/access-request.ts";
import type { Mesh } from "../../model/mesh.ts";
import type { Program } from "../../model/program.ts";
import type { Hop, RuleRef } from "../../model/verdict.ts";
import { allowed, allowedCopy, isAllowed } from "../allowed.ts";
import type { Check } from "../answer/search.ts";
import type { AnalyseOptions, Invariant, Point } from "../api.ts";
import { otherOf, violates } from "./expected.ts";
import type { Asked } from "./prove-journey.ts";
import { type Ends, travellers } from "./travellers.ts";

/** What the evaluator says of one way of a request over a journey. */
export interface Travelled {
  readonly status: string; // "allowed"; "allowed as a copy"; "403 at gateway/shop/edge"; "goes elsewhere"
  readonly by: readonly RuleRef[];
  readonly there?: boolean; // it came as far as the target's proxy
  readonly open?: readonly string[]; // what it depends on that a sample does not state
}

/** How ways are evaluated. `copies`: what routes mirror counts, too. */
export type Travelling = Pick<AnalyseOptions, "dataPlane"> & { readonly copies?: boolean };

/**
 * The ways that a request may go: by the weights of routes, and to the endpoint that is the target where it may be chosen.
 */
export function travel(
  mesh: Mesh,
  request: AccessRequest,
  ends: Ends,
  options: Travelling,
): readonly Travelled[] {
  const plane = ends.entry.proxy.kind === "waypoint" ? "ambient" : options.dataPlane;
  const evaluation = { now: 0, ...(plane === undefined ? {} : { dataPlane: plane }) };
  const understood = understand(mesh, request, evaluation);
  if (isRefused(understood))
    return [{ status: unknown, by: [], open: understood.map(({ message }) => message) }];
  const { leaves, complete } = replay(
    (inquiry) =>
      walk({
        mesh,
        understood,
        options: evaluation,
        inquiry: { ...inquiry, everyEndpoint: true, ...(options.copies ? { copies: true } : {}) },
      }),
    knownTo(ends),
    true,
  );
  const asked = leaves.flatMap(({ answers }) => answers.map(({ id }) => id));
  const open = asked.filter((id) => !/^(?:route|fault|destination):/.test(id));
  if (!complete || open.length > 0) return [{ status: unknown, by: [], open: [...new Set(open)] }];
  return leaves.map(({ result, answers }) => {
    const way = travelled(result, ends);
    return way.status === allowed && isOfCopy(answers) ? { ...way, status: allowedCopy } : way;
  });
}

export const unknown = "not known";

/** Tokens count as signed with the right key; of several endpoints the target is chosen. */
function knownTo({ target }: Ends): Known {
  return ({ id, candidates, signature }) => {
    if (signature) return { state: "derived", value: "valid" };
    if (id.startsWith("keys:")) return { state: "derived", value: candidates[0] ?? "" };
    if (!id.startsWith("destination:") || !candidates.includes(target.name)) return undefined;
    return { state: "derived", value: target.name };
  };
}

function travelled({ decision, hops, by }: Course, ends: Ends): Travelled {
  const last = hops.at(-1);
  const isThere = last !== undefined && isAt(last, ends.target);
  const comes = hops.some((hop) => isAt(hop, ends.entry));
  if (!comes) return { status: "comes another way", by: [] };
  const there = isRelay(ends.target) && hops.find((hop) => isAt(hop, ends.target));
  if (there) return { status: letThrough(there), by };
  if (decision === "allow") return { status: isThere ? allowed : "goes elsewhere", by };
  if (decision !== "deny" || last === undefined) return { status: unknown, by: [] };
  return { status: `${refusalOf(last)} at ${last.proxy}`, by, there: isThere };
}

/** Where nothing ends its way: what its policies say counts, wherever its routes lead. */
function isRelay({ proxy: { kind } }: Point): boolean {
  return kind === "gateway" || kind === "waypoint";
}

function letThrough(hop: Hop): string {
  const refused = hop.steps.findLast(({ result }) => result === "refuse");
  if (hop.outcome.kind === "forwarded" || refused?.layer === "route") return allowed;
  return refused ? `${refusalOf(hop)} at ${hop.proxy}` : unknown;
}

/** Also where no proxy is, or nothing comes to it. */
function isAt({ proxy, point }: Hop, { proxy: { kind, namespace, name } }: Point): boolean {
  return proxy === `${namespace}/${name}` && (point === kind || point === "none");
}

/** What a refusal looks like, and whether no route was the reason: that is not one of the journey. */
function refusalOf({ outcome, steps }: Hop): string {
  const refused = steps.findLast(({ result }) => result === "refuse");
  if (refused?.layer === "route") return "not routed";
  if (outcome.kind !== "reply") return "closed";
  return refused?.layer === "custom" ? "refused by a provider" : `${outcome.status ?? ""}`;
}

/** Makes a request of values, and asks the evaluator what becomes of it on its way. */
export function travelChecker(
  expect: Invariant["expect"],
  asked: Asked,
  programs: readonly Program[],
): Check {
  const { mesh, ends, options, copies } = asked;
  const make = travellers(asked, programs);
  const other = otherOf(expect);
  return (found) => {
    const sample = make(found);
    const go = (through: Mesh): readonly Travelled[] =>
      travel(through, sample.request, ends, { ...options, copies });
    const now = go(mesh);
    const then = other ? go(other) : [];
    const statuses = now.map(({ status }) => status);
    const before = then.map(({ status }) => status);
    const said = `evaluated as ${[...then, ...now].map(wayText).join(", or ")}`;
    const leads =
      expect !== "always-allowed" ||
      go(withoutPolicies(mesh, ends.target)).some(
        ({ status, there }) => status === allowed || there,
      );
    if (!leads || !violates(expect, statuses, before)) return { sample, said };
    const by = (now.find(({ status }) => isAllowed(status)) ?? now[0])?.by ?? [];
    const { request, claims } = sample;
    const shown = [...(other ? [best(before)] : []), best(statuses)];
    return {
      sample,
      said,
      witness: { request, ...(claims ? { claims } : {}), statuses: shown, by },
    };
  };
}

function wayText({ status, open = [] }: Travelled): string {
  return open.length === 0 ? status : `${status}: it depends on ${open.map(openText).join(", ")}`;
}

function openText(id: string): string {
  if (id === "destination.ip") return `${id}, which no file states`;
  const [, file] = /^client-certificate:(.*)$/.exec(id) ?? [];
  return file === undefined ? id : `whose certificate ${file} is, which no manifest says`;
}

/** How a request got through, if it did on some way. */
export function best(statuses: readonly string[]): string {
  return [allowed, allowedCopy].find((each) => statuses.includes(each)) ?? statuses[0] ?? "";
}

/** The mesh without what may refuse: where a request leads. To ztunnel STRICT is a rule as others are. */
function withoutPolicies(mesh: Mesh, { proxy: { kind } }: Point): Mesh {
  const known = bare[kind === "ztunnel" ? "ztunnel" : "others"];
  const before = known.get(mesh);
  if (before) return before;
  const made = {
    ...mesh,
    authorizationPolicies: [],
    requestAuthentications: [],
    ...(kind === "ztunnel" ? { peerAuthentications: [] } : {}),
  };
  known.set(mesh, made);
  return made;
}

const bare = { ztunnel: new WeakMap<Mesh, Mesh>(), others: new WeakMap<Mesh, Mesh>() };
