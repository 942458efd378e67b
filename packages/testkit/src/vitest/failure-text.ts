import {
  type ExplainedCondition,
  explain,
  type Fact,
  type NearMiss,
  type Verdict,
} from "@meshproof/engine";
import { reasonOf, ruleName } from "../answer.ts";
import type { Failure } from "../expect.ts";
import { positionText } from "../place.ts";
import type { CaseResult } from "../result.ts";
import type { Difference } from "./failed-at.ts";
import type { MeshUnderTest } from "./under-test.ts";

/** A request that was asked, with all that its failure is told from. */
export interface Told {
  readonly mesh: Pick<MeshUnderTest, "mesh" | "texts">;
  readonly verdict: Verdict;
  readonly line: string;
  readonly answer: string;
  readonly asked: CaseResult;
}

/** What was expected and what is, for a diff. */
export function differenceOf(line: string, failures: readonly Failure[]): Difference {
  const side = (of: "expected" | "got"): Readonly<Record<string, string>> => ({
    request: line,
    ...Object.fromEntries(failures.map((failure) => [failure.what, failure[of]])),
  });
  return { expected: side("expected"), actual: side("got") };
}

/** Why an assertion does not hold: the request, each difference, what came close, what was taken for granted. */
export function failureText(told: Told, failures: readonly Failure[]): string {
  const lines = failures.map(
    ({ what, expected, got }) => `✗ ${what}: expected ${expected}, got ${got}`,
  );
  return [told.line, ...[...lines, ...becauseOf(told)].map((line) => `  ${line}`)].join("\n");
}

/** The same for `.not`: it came out as it should not have. */
export function notText(told: Told, what: string): string {
  const reason = `${told.answer} (${reasonOf(told.verdict)})`;
  return [told.line, ...[`✗ ${what}: ${reason}`, ...becauseOf(told)].map(indent)].join("\n");
}

function indent(line: string): string {
  return `  ${line}`;
}

function becauseOf(told: Told): readonly string[] {
  const { verdict } = told;
  return [
    ...verdict.facts.filter(({ state }) => state === "unknown").map(unknownText),
    ...nearLines(told),
    ...assumedLines(verdict.facts),
  ];
}

function unknownText({ id, value, then = [] }: Fact): string {
  const ways = then.slice(0, most).map((way) => `${way.value || '""'} -> ${way.decision}`);
  return `not known: ${id}${ways.length === 0 ? (value ?? "") : `: ${ways.join("; ")}`}`;
}

const most = 3;

/** The rules that would have decided otherwise, those that fail by the fewest conditions first. */
function nearLines({ mesh, verdict, asked }: Told): readonly string[] {
  if (asked.asked === undefined) return [];
  const { request, options } = asked.asked;
  const { branches } = explain({ mesh: mesh.mesh, request, options, verdict });
  const near = branches.flatMap((branch) => branch.near).slice(0, most);
  if (near.length === 0) return [];
  return ["came close:", ...near.flatMap((miss) => nearMiss(miss, { mesh })).map(indent)];
}

function nearMiss({ rule, action, failing }: NearMiss, at: Pick<Told, "mesh">): string[] {
  const head = `${action} ${ruleName(rule)}${placeText(rule.at, at)}`;
  return [head, ...failing.map((each) => `  ✗ ${conditionText(each)}${placeText(each.at, at)}`)];
}

function placeText(place: NearMiss["rule"]["at"], { mesh }: Pick<Told, "mesh">): string {
  const span = mesh.mesh.locate(place);
  return span === undefined ? "" : `  ${positionText(span, mesh.texts)}`;
}

function conditionText({ field, actual, known, expected, negated }: ExplainedCondition): string {
  const wanted = `${negated ? "none of " : ""}${expected.join(", ") || "nothing"}`;
  const got = known ? actual.join(", ") || "none" : "not known";
  return `${field}: ${got}, wanted ${wanted}`;
}

function assumedLines(facts: readonly Fact[]): readonly string[] {
  const assumed = facts.filter(({ state }) => state === "assumed");
  if (assumed.length === 0) return [];
  return [`assumed: ${assumed.map(({ id, value }) => `${id} ${value ?? ""}`.trim()).join("; ")}`];
}
