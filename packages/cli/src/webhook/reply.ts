import { nativeJson } from "@meshproof/engine";
import { fieldOf, type Judged, plainAnswer, type Reviewed } from "@meshproof/engine/admission";

/** What is sent back, and what the log and the metrics say of it. */
export interface Reply {
  readonly status: number; // of HTTP
  readonly body: string;
  readonly uid: string;
  readonly outcome: Outcome;
  readonly about?: About;
  readonly found: readonly Found[];
  readonly because?: string; // of a fault
}

export type Outcome = Reviewed["outcome"] | "fault" | "timeout" | "not-ready" | "overloaded";

interface About {
  readonly operation: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly user: string;
  readonly dryRun: boolean;
}

interface Found {
  readonly guard: string;
  readonly effect: string;
  readonly code: string;
  readonly field?: string;
}

/** What to answer where there is no judgement: let it in with a warning, or refuse it. */
export type Fallback = "allow" | "deny";

/** The reply that a review came to. What is no AdmissionReview is an error of HTTP: no API server sends it. */
export function replyOf({ answer, outcome, judged, change }: Reviewed): Reply {
  const found = judged.map(foundOf);
  const { uid } = answer.response;
  const status = outcome === "malformed" && uid === "" ? 400 : 200;
  const about = change && aboutOf(change);
  return { status, body: JSON.stringify(answer), uid, outcome, found, ...(about && { about }) };
}

function aboutOf({ operation, key, user, dryRun }: NonNullable<Reviewed["change"]>): About {
  const { kind, namespace, name } = key;
  return { operation, kind, namespace, name, user: user.name, dryRun };
}

function foundOf({ guard, finding, effect }: Judged): Found {
  const field = fieldOf(finding.at)?.field;
  return { guard, effect, code: finding.code, ...(field === undefined ? {} : { field }) };
}

const texts: Readonly<Record<Exclude<Outcome, Reviewed["outcome"]>, string>> = {
  fault: "the change could not be judged: a fault of the webhook; its log says more",
  timeout: "the change could not be judged in time",
  "not-ready": "the change could not be judged: the webhook does not know the state of the mesh",
  overloaded: "the change could not be judged: too many others wait to be",
};

/** The reply without a judgement. `body`: what was sent, for the uid that an answer must have. */
export function fallbackReply(
  body: string,
  outcome: keyof typeof texts,
  { fallback, because }: { readonly fallback: Fallback; readonly because?: string },
): Reply {
  const uid = uidOf(body);
  const code = outcome === "timeout" ? 504 : outcome === "fault" ? 500 : 503;
  const answer = plainAnswer(uid, fallback === "allow", { code, message: texts[outcome] });
  const status = uid === "" ? 400 : 200;
  const reply = { status, body: JSON.stringify(answer), uid, outcome, found: [] };
  return because === undefined ? reply : { ...reply, because };
}

function uidOf(body: string): string {
  try {
    const sent = nativeJson(body);
    const { request } = (sent ?? {}) as { readonly request?: { readonly uid?: unknown } };
    const uid = request?.uid;
    return typeof uid === "string" ? uid : "";
  } catch {
    return "";
  }
}
