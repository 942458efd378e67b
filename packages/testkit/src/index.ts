export {
  countOf,
  decidingHop,
  decidingStep,
  layersOf,
  policyName,
  reasonOf,
  ruleName,
  statusOf,
  statusSeen,
} from "./answer.ts";
export { bareHost } from "./bare-hosts.ts";
export { type Coverage, type CoveredPiece, coverageOf } from "./coverage/coverage.ts";
export { type CoverageFragment, outdatedIn, readFragment } from "./coverage/fragment.ts";
export { mergeCoverage } from "./coverage/merge.ts";
export { type StatedKeys, testSignatures } from "./credentials.ts";
export { compare, type Failure } from "./expect.ts";
export { includesOf } from "./include.ts";
export type { FirstSuiteOptions } from "./init/assemble.ts";
export { type FirstSuite, firstSuite } from "./init/first-suite.ts";
export { suiteText } from "./init/suite-text.ts";
export type {
  Invariants,
  InvariantsSpec,
  OtherMesh,
  StatedExpectation,
  StatedInvariant,
} from "./invariants/invariants.ts";
export { openInvariants } from "./invariants/open-invariants.ts";
export {
  type InvariantsDocument,
  isInvariants,
  parseInvariants,
} from "./invariants/parse-invariants.ts";
export { valueFaults } from "./invariants/rule-values.ts";
export { type Counterexample, witnessSuite, witnessToken } from "./invariants/witness-suite.ts";
export { type Algorithm, jwksFor } from "./keys.ts";
export { algorithms, tokenFaults } from "./mint-words.ts";
export { isSuite, type ParsedSuite, parseSuite, type SuiteDocument } from "./parse-suite.ts";
export { type Planned, planSuite } from "./plan.ts";
export type { CaseResult, DescribedRequest, Mode, Question, SuiteResult } from "./result.ts";
export { runSuite } from "./run.ts";
export { sharedLoads } from "./shared-loads.ts";
export {
  type Answer,
  readSnapshots,
  type Snapshots,
  type SuiteSnapshot,
  snapshotText,
} from "./snapshot.ts";
export type {
  Case,
  Environment,
  Expectation,
  ExpectedVerdict,
  OneOrMore,
  RequestPart,
  StatedWorkload,
  Suite,
  SuiteSpec,
  SuiteToken,
  Table,
  Test,
  TokenUse,
} from "./suite.ts";
export { listOf } from "./suite.ts";
export { type Minted, mint, type TokenFault, type TokenSpec, type Unusable } from "./token.ts";
export type { SuiteWorld } from "./world.ts";
