import type { LintCode } from "../diagnostic/lint-codes.ts";
import type { Severity } from "../diagnostic.ts";
import type { PolicyChange } from "../explain/explanation.ts";
import type { AccessRequest } from "../model/access-request.ts";
import type { Decision } from "../model/fact.ts";
import type { Place } from "../model/place.ts";
import type { RuleRef } from "../model/verdict.ts";
import type { Scene } from "./scene.ts";

/** One thing that can be wrong, and how it is found. The page of diagnostics is made of this table. */
export interface Check {
  readonly code: LintCode;
  readonly title: string; // what is wrong, in a few words
  readonly why: string; // why it matters, and what to do
  readonly like?: readonly string[]; // codes of `istioctl analyze` and Kiali for the same thing
  readonly set?: LintSet; // off unless the set is asked for; `ambient-migration` makes a check ask more
  /** What it finds in a mesh. */
  readonly find: (scene: Scene) => Iterable<Found>;
}

/** What is looked for only when it is asked for: what is not about access, and what may come. */
export type LintSet = "workload-hygiene" | "ambient-migration";

/** Every set. */
export const lintSets: readonly LintSet[] = ["workload-hygiene", "ambient-migration"];

/** What a check found. A place is told of once: the first finding there whose evidence holds. */
export interface Found {
  readonly at: Place;
  readonly message: string; // one line, lower case, no full stop, the author's words in backticks
  readonly hint?: string;
  readonly related?: readonly Related[];
  readonly severity?: Severity; // another than the table's
  /** A request that shows it, or why it holds for all. */
  readonly evidence: Evidence | (() => Evidence | undefined); // undefined: it does not hold, and nothing is said
  readonly fix?: readonly PolicyChange[]; // keeps what the author meant
}

/** Another place that a finding is about. */
export interface Related {
  readonly message: string;
  readonly at: Place;
}

/** Why a finding is true: a request that was evaluated, or a reason that needs none. */
export type Evidence = Witnessed | Proof;

/** One or two requests with what becomes of them. */
export interface Witnessed {
  readonly kind: "witness";
  readonly shows: readonly Shown[];
}

/** A request as a person reads it. */
export interface Shown {
  readonly request: AccessRequest;
  readonly decision: Decision;
  readonly answer: string; // "403 at allow", "connection closed"
  readonly by: readonly RuleRef[];
  readonly assumed: readonly string[]; // ids of facts
  readonly without?: string; // the request was asked of the mesh without this, or under another release
}

/** Why a finding holds for every request. */
export interface Proof {
  readonly kind: "proof";
  readonly because: string;
}
