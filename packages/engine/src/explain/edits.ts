import type { AccessRequest, EvaluateOptions } from "../model/access-request.ts";
import type { Decision } from "../model/fact.ts";
import type { Mesh } from "../model/mesh.ts";
import { closing } from "./closing.ts";
import type { Edit, ExplainedHop, ExplainedLayer, NearMiss } from "./explanation.ts";
import { nearMisses } from "./near-miss.ts";
import { opening } from "./opening.ts";
import type { Turning } from "./verify.ts";

/** A decision whose near misses and smallest changes are looked for. */
export interface Decided {
  readonly mesh: Mesh;
  readonly request: AccessRequest;
  readonly options: EvaluateOptions;
  readonly decision: Decision;
  readonly hops: readonly ExplainedHop[];
  readonly settled: boolean; // false: it is one of several that are possible, and no change is looked for
}

/** What came close to another decision, and the smallest changes that turn it. */
export interface Turned {
  readonly near: readonly NearMiss[];
  readonly edits: readonly Edit[];
}

/** So many changes of each kind are told of. */
const most = 3;

/** What came close, and what turns the decision: each change was evaluated. Of what is not decided, nothing. */
export function turnsOf({ decision, hops, settled, ...asked }: Decided): Turned {
  const hop = decidingHop(hops);
  if (hop === undefined || (decision !== "allow" && decision !== "deny"))
    return { near: [], edits: [] };
  const turning: Turning = { ...asked, wanted: decision === "allow" ? "deny" : "allow" };
  const near = nearOf(hop, decision);
  if (!settled) return { near, edits: [] };
  const edits = decision === "deny" ? opening(hop, near, turning) : closing(hop, near, turning);
  const some = (kind: Edit["kind"]): readonly Edit[] =>
    once(edits.filter((edit) => edit.kind === kind))
      .toSorted((a, b) => Number(a.changes.length > 1) - Number(b.changes.length > 1))
      .slice(0, most);
  return {
    near,
    edits: [...some("request"), ...some("policy"), ...some("create"), ...some("setting")],
  };
}

/** The hop that refused, else the last one. */
export function decidingHop(hops: readonly ExplainedHop[]): ExplainedHop | undefined {
  return hops.find(({ layers }) => layers.some(refuses)) ?? hops.at(-1);
}

/** For a denial by default the ALLOW rules; for an allowance the DENY rules. */
function nearOf({ layers }: ExplainedHop, decision: "allow" | "deny"): readonly NearMiss[] {
  if (decision === "allow")
    return layers.filter(({ layer }) => layer === "deny").flatMap(nearMisses);
  const refusing = layers.find(refuses);
  return refusing?.layer === "allow" ? nearMisses(refusing) : [];
}

function refuses({ result }: ExplainedLayer): boolean {
  return result === "refuse";
}

function once(edits: readonly Edit[]): readonly Edit[] {
  const known = new Map(edits.toReversed().map((edit) => [editKey(edit), edit]));
  return [...known.values()].toReversed();
}

function editKey(edit: Edit): string {
  const name = edit.kind === "setting" ? edit.name : "";
  return JSON.stringify([edit.kind, name, edit.changes]);
}
