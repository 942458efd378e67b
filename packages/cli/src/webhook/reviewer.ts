import { nativeJson } from "@meshproof/engine";
import {
  type ClusterState,
  clusterState,
  type PlacedGuard,
  review,
} from "@meshproof/engine/admission";
import { type Log, reasonOf } from "./log.ts";
import { type Reply, replyOf } from "./reply.ts";
import type { JudgeSettings } from "./settings.ts";
import { sourceOf } from "./source/source.ts";

/** Whoever judges AdmissionReviews. */
export interface Reviewer {
  /** Rejects where a guard fails, or with the reason of the signal. */
  readonly review: (body: string, signal: AbortSignal) => Promise<Reply>;
  /** It looks at objects alone, which takes no time: no review needs a deadline or has to wait for others. */
  readonly isBrief?: boolean;
  readonly readiness: () => Readiness;
  readonly close: () => Promise<void>;
}

export interface Readiness {
  readonly ready: boolean;
  readonly why: string; // "ready", "waiting for pods", "no word from the API server for 65 s"
}

export interface ReviewerWorld {
  readonly guards: readonly PlacedGuard[];
  readonly log: Log;
  readonly now: () => number;
}

/** Judges in this thread. */
export function startReviewer(
  { mesh, world, settle }: Pick<JudgeSettings, "mesh" | "world" | "settle">,
  { guards, log, now }: ReviewerWorld,
): Reviewer {
  const state = clusterState({
    settle,
    features: world.features ?? {},
    ...(world.istio === undefined ? {} : { istio: world.istio }),
    ...(mesh.kind === "cluster" ? { configMap: mesh.configMap, complete: true } : {}),
  });
  const source = sourceOf(mesh, world, { state, log, now });
  return {
    readiness: source.readiness,
    close: source.close,
    isBrief: guards.every(({ guard }) => guard.objectOnly),
    review: async (body, signal) => replyOf(await judged(body, { state, guards, now, signal })),
  };
}

interface Judging {
  readonly state: ClusterState;
  readonly guards: readonly PlacedGuard[];
  readonly now: () => number;
  readonly signal: AbortSignal;
}

function judged(body: string, { state, guards, now, signal }: Judging): ReturnType<typeof review> {
  return review(state, parsed(body), guards, { now: now(), signal });
}

/** What is no JSON is no AdmissionReview. */
function parsed(body: string): unknown {
  try {
    return nativeJson(body);
  } catch (error) {
    return reasonOf(error);
  }
}
