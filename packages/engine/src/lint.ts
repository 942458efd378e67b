export { type LintCode, lintCodes } from "./diagnostic/lint-codes.ts";
export type {
  Check,
  Evidence,
  Found,
  LintSet,
  Proof,
  Related,
  Shown,
  Witnessed,
} from "./lint/check.ts";
export { lintSets } from "./lint/check.ts";
export { checks } from "./lint/checks.ts";
export { type LintFinding, type LintOptions, lintMesh } from "./lint/lint.ts";
export type { Door, Point } from "./lint/points.ts";
export type { Scene } from "./lint/scene.ts";
export { ignoreAnnotation, isKnown, reasonFor, type Suppression } from "./lint/suppress.ts";
export type { Attachment } from "./model/policy.ts";
