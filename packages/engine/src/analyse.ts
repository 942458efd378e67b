export { whatCan, whoCan } from "./analyse/access.ts";
export type {
  Access,
  AnalyseOptions,
  Budget,
  Change,
  Expectation,
  Invariant,
  InvariantTarget,
  Matrix,
  MatrixCell,
  MeshDiff,
  Point,
  PointDiff,
  PointEffects,
  Proof,
  Protocol,
  Region,
  Regions,
  Requests,
  RuleEffect,
  Term,
  Undecided,
  ValueEffect,
  Violation,
  Witness,
} from "./analyse/api.ts";
export { diffMeshes } from "./analyse/diff.ts";
export { diffPlanes } from "./analyse/diff-planes.ts";
export { matrix } from "./analyse/matrix.ts";
export { type Points, pointsOf } from "./analyse/points.ts";
export { type PointsBehind, type PortsBehind, pointsBehind } from "./analyse/points-behind.ts";
export { prove } from "./analyse/prove.ts";
export { pointEffects, policyEffects } from "./analyse/rule-effects.ts";
export { unenforcedPoints } from "./analyse/unenforced.ts";
