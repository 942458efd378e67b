import type { Verdict } from "@meshproof/engine";
import {
  type CaseResult,
  layersOf,
  reasonOf,
  ruleName,
  type SuiteResult,
  statusSeen,
} from "@meshproof/testkit";
import { conditionText } from "../format/explain-condition.ts";
import { titleOf } from "../format/failures.ts";
import { type Position, positionOf, type Texts } from "../format/position.ts";
import { sentText } from "../format/sent.ts";
import { unknownLines } from "../format/unknown.ts";
import { callerText, requestText, targetText } from "../format/words.ts";

/** One request of a suite, as every reporter reads it. */
export interface Outcome {
  readonly suite: string;
  readonly file: string;
  readonly title: string;
  readonly asked: string; // "sa/shop/web -> svc/shop/orders:80 GET /api"
  readonly at: () => Position; // looked up when it is printed
  readonly state: "passed" | "failed" | "skipped" | "unusable";
  readonly why: readonly string[]; // of a failure or a skip
  readonly came?: string; // what it came to: "allow 200 by shop/orders[0]"; of a variant "deny 403 at deny"
  readonly sent?: string; // of a variant: the bytes
  readonly apart?: number; // of a variant that its proxy refuses, so that no policy saw it: the status
  readonly ms?: number;
}

/** What a reporter makes a text of. */
export interface Report {
  readonly outcomes: readonly Outcome[];
  readonly errors: readonly string[]; // findings, as texts
}
export type Reporter = (report: Report) => string;

/** Every request of every suite. */
export function outcomesOf(results: readonly SuiteResult[], texts: Texts): readonly Outcome[] {
  return results.flatMap(({ name, file, cases }) =>
    cases.map((each) => ({
      suite: name,
      file,
      title: titleOf(each),
      asked: askedText(each),
      at: () => positionOf(each.at, texts),
      ...stateOf(each),
      ...spelledOf(each),
      ...(each.ms === undefined ? {} : { ms: each.ms }),
    })),
  );
}

function askedText({ request }: CaseResult): string {
  return `${callerText(request)} -> ${targetText(request)} ${requestText(request)}`;
}

type Spelled = Pick<Outcome, "came" | "sent" | "apart">;

function spelledOf({ variant, verdict, apart, modes, request }: CaseResult): Spelled {
  if (verdict === undefined) return {};
  if (variant === undefined) return { came: cameText(verdict) };
  const layers = layersOf(verdict).map((layer) => layer ?? "no layer");
  const status = statusSeen(verdict);
  const sent = sentText(request);
  return {
    came: `${answerText(verdict)} at ${layers.join(", ")}${modesText(verdict.decision, modes)}`,
    ...(sent === undefined ? {} : { sent }),
    ...(apart && status !== undefined ? { apart: status } : {}),
  };
}

/** "allow 200 by shop/orders[0]", "deny 403, no ALLOW rule matched (1 policy, 2 rules)" */
function cameText(verdict: Verdict): string {
  const { by } = verdict;
  const why = by.length > 0 ? ` by ${by.map(ruleName).join(", ")}` : `, ${reasonOf(verdict)}`;
  return `${answerText(verdict)}${why}`;
}

function answerText(verdict: Verdict): string {
  return [verdict.decision, statusSeen(verdict) ?? []].flat().join(" ");
}

/** Under which modes of path normalisation it would come to something else. */
function modesText(decision: string, modes: CaseResult["modes"]): string {
  const others = Object.entries(modes ?? {}).filter(([, other]) => other !== decision);
  const decisions = [...new Set(others.map(([, other]) => other))];
  return decisions
    .map((each) => {
      const names = others.filter(([, other]) => other === each).map(([mode]) => mode);
      return `; ${each} with pathNormalization ${names.join(", ")}`;
    })
    .join("");
}

const impossible = "what is asked or expected cannot be: an error says why";

function stateOf(each: CaseResult): Pick<Outcome, "state" | "why"> {
  const { skipped, verdict, failures, near, expect, snapshot } = each;
  if (skipped !== undefined) return { state: "skipped", why: [skipped] };
  if (verdict === undefined) return { state: "unusable", why: [impossible] };
  if (expect === undefined && snapshot === undefined)
    return { state: "unusable", why: ["nothing is expected of it"] };
  if (failures.length === 0) return { state: "passed", why: [] };
  const why = failures.map(
    ({ what, expected, got }) => `${what}: expected ${expected}, got ${got}`,
  );
  return {
    state: "failed",
    why: [
      ...why,
      ...unknownLines(each)
        .slice(1)
        .map((line) => line.trim()),
      ...nearText(near),
    ],
  };
}

/** The rule that came closest, and what kept it from deciding. */
function nearText(near: CaseResult["near"]): readonly string[] {
  if (near === undefined) return [];
  const failing = near.failing.map(
    (condition) => `${condition.field}: ${conditionText(condition)}`,
  );
  return [`nearest: ${near.action} ${ruleName(near.rule)}: ${failing.join("; ")}`];
}

/** `file:line:column` of an outcome. */
export function placeOf({ at }: Outcome): string {
  const { file, line, column } = at();
  return `${file}:${line}:${column}`;
}

/** "3 passed, 1 failed". */
export function countsText(outcomes: readonly Outcome[]): string {
  const states = ["passed", "failed", "unusable", "skipped"] as const;
  const counts = states.map((state) => [state, countOfState(outcomes, state)] as const);
  const told = counts.filter(
    ([state, count]) => count > 0 || state === "passed" || state === "failed",
  );
  const apart = outcomes.flatMap((outcome) => outcome.apart ?? []);
  const statuses = [...new Set(apart)].toSorted((a, b) => a - b).join(" or ");
  const early =
    apart.length === 0 ? "" : ` (${apart.length} refused with ${statuses} before any policy)`;
  return told
    .map(([state, count]) => `${count} ${state}${state === "passed" ? early : ""}`)
    .join(", ");
}

/** How many came to this. */
export function countOfState(outcomes: readonly Outcome[], state: Outcome["state"]): number {
  return outcomes.filter((outcome) => outcome.state === state).length;
}

/** The outcomes of each suite, in order. */
export function bySuite(outcomes: readonly Outcome[]): ReadonlyMap<string, readonly Outcome[]> {
  const suites = new Map<string, Outcome[]>();
  for (const outcome of outcomes) {
    const key = `${outcome.file}\n${outcome.suite}`;
    const own = suites.get(key) ?? [];
    suites.set(key, own);
    own.push(outcome);
  }
  return suites;
}
