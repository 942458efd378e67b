export {
  type AdmissionAnswer,
  type Cause,
  type Judged,
  plainAnswer,
  type Status,
} from "./admission/answer.ts";
export type { Change, Guard, PlacedGuard, User } from "./admission/change.ts";
export {
  type ClusterState,
  type ClusterStateOptions,
  clusterState,
  type LetIn,
  type View,
} from "./admission/cluster-state.ts";
export { type Field, fieldOf, fieldSpan } from "./admission/field.ts";
export { type InvariantsOptions, invariants } from "./admission/invariants.ts";
export { type LintGuardOptions, lint } from "./admission/lint.ts";
export { type NoNewAccessOptions, noNewAccess } from "./admission/no-new-access.ts";
export { type Reviewed, type ReviewOptions, review } from "./admission/review.ts";
export { valid } from "./admission/valid.ts";
