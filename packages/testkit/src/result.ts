import type {
  AccessRequest,
  Decision,
  EvaluateOptions,
  Finding,
  Loaded,
  NearMiss,
  Span,
  Verdict,
} from "@meshproof/engine";
import type { Failure } from "./expect.ts";
import type { Answer } from "./snapshot.ts";
import type { Expectation, RequestPart } from "./suite.ts";

/** What a suite came to. */
export interface SuiteResult {
  readonly name: string;
  readonly file: string;
  readonly loaded?: Loaded; // absent: it did not get that far
  readonly findings: readonly Finding[]; // of the mesh and of the suite; with an error among them nothing was asked
  readonly cases: readonly CaseResult[];
}

/** One request, its verdict, and what is wrong with it. */
export interface CaseResult {
  readonly test: string;
  readonly name?: string;
  readonly variant?: string; // which other spelling of the test's request it is
  readonly apart?: true; // a variant that its proxy refuses, mostly with 400: denied, but by no policy
  readonly modes?: Modes; // of another spelling of a path
  readonly at: Span; // looked up when it is read
  readonly request: DescribedRequest;
  readonly skipped?: string; // why
  readonly verdict?: Verdict; // absent: skipped
  readonly asked?: Question; // what the verdict answers
  readonly expect?: Expectation;
  readonly snapshot?: Answer; // of a snapshot test
  readonly failures: readonly Failure[];
  readonly near?: NearMiss; // of a failure: the rule that came closest to the other decision
  readonly ms?: number; // how long it took, where the world has a clock
}

/** What a request meets under each `pathNormalization` of the mesh config. */
export type Modes = Readonly<Record<Mode, Decision>>;
/** How far paths are tidied up. */
export type Mode = "NONE" | "BASE" | "MERGE_SLASHES" | "DECODE_AND_MERGE_SLASHES"; // DEFAULT is BASE

/** A request as the engine took it: actors resolved, tokens signed. */
export interface Question {
  readonly request: AccessRequest;
  readonly options: EvaluateOptions;
}

/** A request as a person reads it: tokens by their names. */
export type DescribedRequest = Omit<AccessRequest, "token"> & Pick<RequestPart, "token">;
