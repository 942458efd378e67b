import type { Decision } from "../model/fact.ts";
import type { Layer, RuleRef, Verdict } from "../model/verdict.ts";

/** What a verdict says in short. */
export interface Answer {
  readonly decision: Decision;
  readonly status?: number; // absent: of what is forwarded, or where there is none
  readonly details?: string; // of what no rule decided
  readonly layer?: Layer;
  readonly by: readonly RuleRef[];
  readonly dependsOn?: readonly string[]; // undetermined: the facts that nobody knows
}

/** A verdict in short. */
export function inShort({ decision, outcome, layer, by, facts }: Verdict): Answer {
  const answered = outcome !== undefined && outcome.kind !== "forwarded";
  const open = decision === "undetermined" ? facts.filter(({ state }) => state === "unknown") : [];
  const rbac = layer === "deny" || layer === "allow";
  return {
    decision,
    ...(answered && outcome.status !== undefined ? { status: outcome.status } : {}),
    ...(answered && !rbac && outcome.details !== undefined ? { details: outcome.details } : {}),
    ...(layer === undefined ? {} : { layer }),
    by,
    ...(open.length === 0 ? {} : { dependsOn: open.map(({ id }) => id) }),
  };
}
