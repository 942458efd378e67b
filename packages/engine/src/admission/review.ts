import { type AdmissionAnswer, answerOf, type Judged, plainAnswer } from "./answer.ts";
import type { Change, PlacedGuard } from "./change.ts";
import type { ClusterState, View } from "./cluster-state.ts";
import { type Effect, effectOf, objectEffect } from "./effect.ts";
import { judge, type Question } from "./judge.ts";
import { changeOf, readRequest } from "./request.ts";
import { isExempt, isInScope } from "./scope.ts";

/** When it is, and whether anybody waits. */
export interface ReviewOptions {
  readonly now: number; // milliseconds
  readonly signal?: AbortSignal; // nobody waits for the answer any more
}

/** What became of a review: the answer for the API server, and what it rests on. */
export interface Reviewed {
  readonly answer: AdmissionAnswer;
  readonly outcome: "allowed" | "denied" | "not-judged" | "malformed";
  readonly judged: readonly Judged[];
  readonly change?: Pick<Change, "operation" | "key" | "user" | "dryRun">;
}

/**
 * Judges a request of the API server by guards. Never throws for what someone sent; rejects where a guard throws, or with the
 * reason of `signal`: what to answer then is for the caller to say.
 */
export async function review(
  state: ClusterState,
  admissionReview: unknown,
  guards: readonly PlacedGuard[],
  { now, signal = new AbortController().signal }: ReviewOptions,
): Promise<Reviewed> {
  const request = readRequest(admissionReview);
  if ("malformed" in request) {
    const { uid, malformed: message } = request;
    return {
      answer: plainAnswer(uid, false, { code: 400, message }),
      outcome: "malformed",
      judged: [],
    };
  }
  const asked = changeOf(request);
  const effect = asked && effectFor(asked, guards, () => state.view(now));
  if (asked === undefined || effect === undefined)
    return { answer: answerOf(request.uid, asked, []), outcome: "not-judged", judged: [] };
  const { key, operation, user, dryRun } = asked;
  const change = { key, operation, user, dryRun };
  if ("partOf" in effect) {
    const answer = answerOf(request.uid, asked, [], { "part-of": effect.partOf });
    return { answer, outcome: "not-judged", judged: [], change };
  }
  const exempt = guards.filter((guard) => isExempt(guard, asked)).map(({ name }) => name);
  const notes = exempt.length === 0 ? {} : { exempt: exempt.join(" ") };
  const looking = guards.filter((guard) => isInScope(guard, asked) && !isExempt(guard, asked));
  const question: Question = { asked, effect, looking, now, signal };
  const work = async (): Promise<Reviewed> => {
    const judged = await judge(state, question);
    const answer = answerOf(request.uid, asked, judged, notes);
    const { allowed } = answer.response;
    if (allowed && effect.changes && !dryRun) state.letIn(effect, now);
    return { answer, outcome: allowed ? "allowed" : "denied", judged, change };
  };
  return isAboutObjects(guards) ? work() : state.inTurn(work, signal);
}

function isAboutObjects(guards: readonly PlacedGuard[]): boolean {
  return guards.every(({ guard }) => guard.objectOnly);
}

function effectFor(
  asked: Question["asked"],
  guards: readonly PlacedGuard[],
  view: () => View,
): Effect | undefined {
  return isAboutObjects(guards) ? objectEffect(asked) : effectOf(asked, view());
}
