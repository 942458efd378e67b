import { type CaseResult, layersOf, type SuiteResult, statusOf } from "@meshproof/testkit";
import { titleOf } from "../format/failures.ts";
import { type Position, positionOf, type Texts } from "../format/position.ts";
import { callerText, requestText, targetText } from "../format/words.ts";

/** One request of a suite, as every reporter reads it. */
export interface Outcome {
  readonly suite: string;
  readonly file: string;
  readonly title: string;
  readonly asked: string; // "sa/shop/web -> svc/shop/orders:80 GET /api"
  readonly at: Position;
  readonly state: "passed" | "failed" | "skipped" | "unusable";
  readonly why: readonly string[]; // of a failure or a skip
  readonly spelled?: string; // of a variant: what it came to, "deny 403 at deny"
  readonly apart?: true; // a variant that its proxy refuses with 400, so that no policy saw it
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
      at: positionOf(each.at, texts),
      ...stateOf(each),
      ...spelledOf(each),
    })),
  );
}

function askedText({ request }: CaseResult): string {
  return `${callerText(request)} -> ${targetText(request)} ${requestText(request)}`;
}

function spelledOf({ variant, verdict, apart }: CaseResult): Pick<Outcome, "spelled" | "apart"> {
  if (variant === undefined || verdict === undefined) return {};
  const layers = layersOf(verdict).map((layer) => layer ?? "no layer");
  const status = statusOf(verdict.outcome);
  const answer = [verdict.decision, ...(status === undefined ? [] : [status])].join(" ");
  return { spelled: `${answer} at ${layers.join(", ")}`, ...(apart && { apart }) };
}

function stateOf({ skipped, verdict, failures }: CaseResult): Pick<Outcome, "state" | "why"> {
  if (skipped !== undefined) return { state: "skipped", why: [skipped] };
  if (verdict === undefined) return { state: "unusable", why: ["the request cannot be asked"] };
  if (failures.length === 0) return { state: "passed", why: [] };
  const why = failures.map(
    ({ what, expected, got }) => `${what}: expected ${expected}, got ${got}`,
  );
  return { state: "failed", why };
}

/** "3 passed, 1 failed". */
export function countsText(outcomes: readonly Outcome[]): string {
  const states = ["passed", "failed", "unusable", "skipped"] as const;
  const counts = states.map((state) => [state, countOfState(outcomes, state)] as const);
  const told = counts.filter(
    ([state, count]) => count > 0 || state === "passed" || state === "failed",
  );
  const apart = outcomes.filter((outcome) => outcome.apart).length;
  const early = apart === 0 ? "" : ` (${apart} refused with 400 before any policy)`;
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
    suites.set(key, [...(suites.get(key) ?? []), outcome]);
  }
  return suites;
}
