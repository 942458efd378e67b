import type { Layer } from "@meshproof/engine";
import { expect, type MatcherResult, type MatcherState, Snapshots } from "vitest";
import { compare } from "../expect.ts";
import { expectationNames, unknownRules } from "../expectation-faults.ts";
import { unknownProxies } from "../known-proxies.ts";
import { expectationFaults } from "../shape-faults.ts";
import type { Expectation, ExpectedVerdict } from "../suite.ts";
import { recordCase } from "./coverage.ts";
import { framesAbove } from "./failed-at.ts";
import { differenceOf, failureText, notText } from "./failure-text.ts";
import {
  type MeshMatchers,
  toAllowMoreThan,
  toBeEquivalentTo,
  toSatisfy,
} from "./mesh-matchers.ts";
import { isRequestUnderTest } from "./request.ts";
import type { Answer } from "./under-test.ts";

/** What else must hold of a request that is allowed or denied: `{ status: 401, layer: "jwt" }`. */
export type More = Omit<ExpectedVerdict, "decision">;

/**
 * Assertions about requests, and about answers to them. They ask, so they are to be awaited or returned. With `.not`, an
 * undetermined or invalid request fails, too: what is not known is not shown.
 */
export interface AccessMatchers<Returned> extends MeshMatchers {
  /** The addressed workload receives it. */
  readonly toBeAllowed: (more?: More) => Returned;
  /** An ALLOW rule lets it in: this one, or with its index left out any of this policy. */
  readonly toBeAllowedBy: (rule: string | readonly string[]) => Returned;
  /** A policy or mTLS keeps it out. A denial by another layer needs saying so: `{ layer: "http" }`. */
  readonly toBeDenied: (more?: More) => Returned;
  /** This rule keeps it out. */
  readonly toBeDeniedBy: (rule: string | readonly string[]) => Returned;
  /** What the caller sees; 200 stands for whatever the workload answers. */
  readonly toHaveStatus: (status: number) => Returned;
  /** It depends on something that is not known. */
  readonly toBeUndetermined: () => Returned;
  /** This AUDIT rule marks it. */
  readonly toAudit: (rule: string | readonly string[]) => Returned;
  /** This rule, which is rehearsed, would deny it. */
  readonly toDryRunDeny: (rule: string | readonly string[]) => Returned;
  /** This layer decides (`jwt`, `deny`), or this kind of proxy, or this proxy (`shop/orders`). */
  readonly toBeDecidedAt: (layerOrHop: string) => Returned;
  /** Anything that `expect` of a suite can say. */
  readonly toMeet: (expectation: Expectation) => Returned;
  /** Its answer, or those of several, are those in the snapshot. */
  readonly toMatchAccessSnapshot: (name?: string) => Returned;
}

type Many<Rule> = Rule | readonly Rule[];

/** Teaches vitest's `expect` the assertions. `describeMesh` does so by itself. */
export function extendExpect(): void {
  expect.extend({
    toBeAllowed: matcher((more?: More) => withMore("allow", more)),
    toBeAllowedBy: matcher((by: Many<string>) => ({ decision: "allow", by })),
    toBeDenied: matcher((more?: More) => withMore("deny", more)),
    toBeDeniedBy: matcher((by: Many<string>) => ({ decision: "deny", by })),
    toHaveStatus: matcher((status: number) => ({ status })),
    toBeUndetermined: matcher(() => "undetermined"),
    toAudit: matcher((audit: Many<string>) => ({ audit })),
    toDryRunDeny: matcher((deny: Many<string>) => ({ dryRun: { deny } })),
    toBeDecidedAt: matcher(decidedAt),
    toMeet: matcher((expectation: Expectation) => expectation),
    toMatchAccessSnapshot,
    toSatisfy,
    toAllowMoreThan,
    toBeEquivalentTo,
  });
}

/** Without more it is the word alone, which holds for fewer denials. */
function withMore(decision: "allow" | "deny", more: More = {}): Expectation {
  return Object.keys(more).length === 0 ? decision : { decision, ...more };
}

const layers: Readonly<Record<Layer, true>> = {
  capture: true,
  config: true,
  mtls: true,
  http: true,
  custom: true,
  jwt: true,
  audit: true,
  deny: true,
  allow: true,
  route: true,
};

function decidedAt(where: string): Expectation {
  return isLayer(where) ? { layer: where } : { hop: where };
}

function isLayer(word: string): word is Layer {
  return Object.hasOwn(layers, word);
}

/** What vitest is told. */
type Result = Awaited<MatcherResult>;

type Matcher<Args extends readonly unknown[]> = (
  this: MatcherState,
  received: unknown,
  ...args: Args
) => Promise<Result>;

function matcher<Args extends readonly unknown[]>(
  expectationOf: (...args: Args) => Expectation,
): Matcher<Args> {
  return function called(this, received, ...args) {
    return placed(meets(this, received, expectationOf(...args)), framesAbove(called));
  };
}

async function meets(
  state: MatcherState,
  received: unknown,
  expectation: Expectation,
): Promise<Result> {
  const answer = await answerTo(received);
  checkExpectation(expectation, answer);
  const failures = compare(expectation, answer.verdict);
  if (state.isNot) return refuted(answer, expectation, failures.length === 0);
  if (failures.length === 0) recordCase(answer, expectation, state);
  return {
    pass: failures.length === 0,
    message: () => failureText(answer, failures),
    ...differenceOf(answer.line, failures),
  };
}

/** What cannot be expected never holds, and with `.not` it always would: a misspelt field, proxy or rule. */
function checkExpectation(expectation: Expectation, answer: Answer): void {
  const { mesh } = answer.mesh;
  const [shape] = expectationFaults(expectation);
  if (shape !== undefined) throw new TypeError(shape);
  const [fault] = [
    ...expectationNames(expectation),
    ...unknownProxies(expectation, mesh, answer.verdict),
    ...unknownRules(expectation, mesh),
  ];
  if (fault === undefined) return;
  const { field, message, hint } = fault;
  throw new TypeError(`\`${field}\`: ${message}${hint === undefined ? "" : ` (${hint})`}`);
}

/** A promise whose failure stands where the assertion was made, be it awaited or returned. */
function placed(promise: Promise<Result>, frames: string): Promise<Result> {
  const place = (error: unknown): never => {
    if (error instanceof Error) error.stack = `${error.name}: ${error.message}\n${frames}`;
    throw error;
  };
  const settle = promise.then.bind(promise);
  const then: typeof promise.then = (fulfilled, rejected) =>
    settle(fulfilled, rejected).catch(place);
  return Object.assign(promise, { then });
}

/** For `.not`: what is undetermined or invalid is not shown to be otherwise, and fails. */
function refuted(answer: Answer, expectation: Expectation, met: boolean): Result {
  const { decision } = answer.verdict;
  const word = typeof expectation === "string" ? expectation : expectation.decision;
  const open = decision !== word && (decision === "undetermined" || decision === "invalid");
  const what = open ? `not shown, it is ${decision}` : "expected otherwise";
  return { pass: met || open, message: () => notText(answer, what) };
}

async function answerTo(received: unknown): Promise<Answer> {
  if (isRequestUnderTest(received)) return received.ask();
  if (isAnswer(received)) return received;
  const hint = 'web.get("/api").to("svc/shop/orders:80")';
  throw new TypeError(`this assertion is about a request, such as ${hint}`);
}

function isAnswer(value: unknown): value is Answer {
  return typeof value === "object" && value !== null && "verdict" in value && "asked" in value;
}

function toMatchAccessSnapshot(
  this: MatcherState,
  received: unknown,
  name?: string,
): Promise<Result> {
  return placed(matchesSnapshot(this, received, name), framesAbove(toMatchAccessSnapshot));
}

async function matchesSnapshot(
  state: MatcherState,
  received: unknown,
  name?: string,
): Promise<Result> {
  const all: readonly unknown[] = Array.isArray(received) ? received : [received];
  const answers: Answer[] = [];
  for (const each of all) answers.push(await answerTo(each));
  for (const answer of answers) recordCase(answer, undefined, state);
  const lines = answers.map(({ line, answer }) => `${line}: ${answer}`);
  return Snapshots.toMatchSnapshot.call(state, lines.join("\n"), name);
}
