import { retrace } from "./evaluate.ts";
import { chainReason } from "./explain/chain-reason.ts";
import { decidingHop, turnsOf } from "./explain/edits.ts";
import type { ExplainedBranch, ExplainedHop, Explanation } from "./explain/explanation.ts";
import { explainLayers } from "./explain/layers.ts";
import { trapsOf } from "./explain/traps/traps.ts";
import type { AccessRequest, EvaluateOptions } from "./model/access-request.ts";
import type { Fact } from "./model/fact.ts";
import type { Mesh } from "./model/mesh.ts";
import type { Branch, Hop, Seen, Verdict } from "./model/verdict.ts";

/** A question and the answer that is to be explained. `options`: those that the answer was given under. */
export interface Explicable {
  readonly mesh: Mesh;
  readonly request: AccessRequest;
  readonly options: EvaluateOptions;
  readonly verdict: Verdict;
}

/** How much is worked out. `trace`: no more than the way itself. `near`: also what came close, and not what would change it. */
export type Depth = "all" | "near" | "trace";

/**
 * Why a verdict is what it is: its way is gone again with every clause traced. Of an undetermined one, one branch for each decision
 * that it may come to.
 */
export function explain(asked: Explicable, depth: Depth = "all"): Explanation {
  const { verdict } = asked;
  const told = new Map(verdict.branches.toReversed().map((branch) => [branch.decision, branch]));
  const branches = verdict.branches.filter((branch) => told.get(branch.decision) === branch);
  return { verdict, branches: branches.map((branch) => explainBranch(branch, asked, depth)) };
}

function explainBranch(branch: Branch, asked: Explicable, depth: Depth): ExplainedBranch {
  const { mesh, request } = asked;
  const { decision, outcome } = branch;
  const when = settling(branch, asked.verdict);
  const options = optionsOf(when, asked);
  const { course, guessed } = retrace(mesh, request, options);
  const hops = course.hops.map((hop) => explainHop(hop, mesh, guessed));
  const traced = { when, decision, outcome, hops, near: [], edits: [], traps: [] };
  if (depth === "trace") return traced;
  const settled = depth === "all" && asked.verdict.decision === decision;
  const turned = turnsOf({ mesh, request, options, decision, hops, settled });
  if (depth === "near") return { ...traced, ...turned };
  const hop = decidingHop(hops);
  const scene = hop && { mesh, request, options, decision, hop, way: hops, near: turned.near };
  return { ...traced, ...turned, traps: scene === undefined ? [] : trapsOf(scene) };
}

/** What leads to a decision: not what only policies ask about that decide nothing, unless ways to it differ in more than that. */
function settling({ when, decision }: Branch, { branches, facts }: Verdict): readonly Fact[] {
  const same = branches.filter((branch) => branch.decision === decision);
  const ways = new Set(same.map(({ hops }) => hops.map(({ proxy }) => proxy).join(" ")));
  return ways.size > 1 ? when : when.filter(({ id }) => facts.some((fact) => fact.id === id));
}

/** What was found out about signatures on the way to the verdict, and what the branch says of those that nobody knows. */
function optionsOf(when: readonly Fact[], { options, verdict }: Explicable): EvaluateOptions {
  const open = new Set(when.map(({ id }) => id));
  const known = verdict.facts.filter(({ id }) => id.startsWith("signature:") && !open.has(id));
  const pairs = [...known, ...when].flatMap(({ id, value }) =>
    value === undefined ? [] : [[id, value] as const],
  );
  return { ...options, facts: { ...Object.fromEntries(pairs), ...options.facts } };
}

function explainHop(hop: Hop, mesh: Mesh, guessed: ReadonlySet<string>): ExplainedHop {
  const chain = chainReason(mesh, hop);
  return {
    hop: hop.saw === undefined ? hop : { ...hop, saw: knownOf(hop.saw, guessed) },
    unknown: guessed,
    ...(chain === undefined ? {} : { chain }),
    layers: explainLayers({ mesh, hop, guessed }),
    unbound: hop.notes.filter(({ kind }) => kind === "policy-not-bound"),
  };
}

/** What a proxy saw, without the values that only stand in for unknown ones. */
function knownOf(saw: Seen, guessed: ReadonlySet<string>): Seen {
  const { identities, sourceIp, remoteIp, destinationIp, method, host, path, ...rest } = saw;
  const told = <Value>(
    name: string,
    value: Value | undefined,
    ...ids: readonly string[]
  ): object => (value === undefined || ids.some((id) => guessed.has(id)) ? {} : { [name]: value });
  return {
    ...rest,
    identities: guessed.has("source.principal") ? [] : identities,
    ...told("sourceIp", sourceIp, "source.ip"),
    ...told("remoteIp", remoteIp, "source.ip", "header:x-forwarded-for"),
    ...told("destinationIp", destinationIp, "destination.ip"),
    ...told("method", method, "http.method"),
    ...told("host", host, "http.host"),
    ...told("path", path, "http.path"),
  };
}
