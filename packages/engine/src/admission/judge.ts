import type { Finding } from "../diagnostic.ts";
import type { Mesh } from "../model/mesh.ts";
import type { Judged } from "./answer.ts";
import type { Change, PlacedGuard } from "./change.ts";
import type { ClusterState } from "./cluster-state.ts";
import { afterEffect, type Effect } from "./effect.ts";

/** A change that guards are to look at. */
export interface Question {
  readonly asked: Omit<Change, "settled" | "now" | "signal">;
  readonly effect: Exclude<Effect, { readonly partOf: string }>;
  readonly looking: readonly PlacedGuard[];
  readonly now: number;
  readonly signal: AbortSignal;
}

/** What guards say of a change. What was let in and not seen yet may come or not: the change must be fine in both cases. */
export async function judge(state: ClusterState, question: Question): Promise<readonly Judged[]> {
  const { mesh, expected, settled } = state.view(question.now);
  const meshes = mesh === expected ? [mesh] : [mesh, expected];
  const judged: Judged[] = [];
  for (const before of meshes) {
    const after = afterEffect(before, question.effect);
    for (const placed of question.looking) {
      const found = ask(placed, { before, after, settled }, question);
      const { name: guard, action } = placed;
      for (const finding of isList(found) ? found : await found)
        judged.push({ guard, finding, effect: effectOn(finding, action) });
    }
  }
  return judged.length > 1 ? distinct(judged) : judged;
}

function distinct(judged: readonly Judged[]): readonly Judged[] {
  const known = new Map(judged.map((each) => [JSON.stringify([each.guard, each.finding]), each]));
  return [...known.values()];
}

function ask(
  { guard }: PlacedGuard,
  { before, after, settled }: Record<"before" | "after" | "settled", Mesh>,
  { asked, now, signal }: Question,
): ReturnType<PlacedGuard["guard"]> {
  signal.throwIfAborted();
  const change: Change = { settled, now, signal, ...asked }; // the copy last: V8 is slow to add to one
  return guard(before, after, change);
}

function isList<Item>(found: readonly Item[] | Promise<readonly Item[]>): found is readonly Item[] {
  return Array.isArray(found);
}

/** A guard that denies does so for errors; what else it finds is worth a warning. */
function effectOn({ severity }: Finding, action: PlacedGuard["action"]): PlacedGuard["action"] {
  return action === "deny" && severity !== "error" ? "warn" : action;
}
