import type { Fact, Verdict } from "@meshproof/engine";
import { type CaseResult, decidingHop } from "@meshproof/testkit";
import { statedBy } from "./stated-by.ts";
import { callerText, requestText, targetText } from "./words.ts";

/** What an undetermined request depends on: the facts that would settle it, and what follows from each value. */
export function unknownLines({ request, verdict }: CaseResult): readonly string[] {
  if (verdict?.decision !== "undetermined") return [];
  const asked = `${callerText(request)} -> ${targetText(request)} ${requestText(request)}`;
  const facts = verdict.facts.filter(({ state }) => state === "unknown");
  const lines = facts.length > 0 ? facts.map(withWay) : missing(verdict);
  return [`undetermined: ${asked}`, ...lines.map((line) => `  ${line}`)];
}

function withWay(fact: Fact): string {
  const way = statedBy(fact.id);
  return `${factLine(fact)}${way === undefined ? "" : ` (${way})`}`;
}

function factLine({ id, value, then = [] }: Fact): string {
  if (then.length === 0) return `${id}: ${value ?? "unknown"}`;
  const open = then.every(({ decision }) => decision === "undetermined");
  if (open) return `${id}, with others: ${few(then.map((way) => way.value))}`;
  if (id === "now") return `now: ${spans(then).join("; ")}`;
  const decisions = [...new Set(then.map(({ decision }) => decision))];
  const ways = decisions.map((decision) => {
    const values = then.filter((way) => way.decision === decision).map((way) => way.value);
    return `${few(values)} -> ${decision}`;
  });
  return `${id}: ${ways.join("; ")}`;
}

/** What follows from the time: since when each decision holds. One moment of each span was tried, its first one among them. */
function spans(then: NonNullable<Fact["then"]>): readonly string[] {
  const moments = then.toSorted((a, b) => Date.parse(a.value) - Date.parse(b.value));
  const starts = moments.filter(
    ({ decision }, index) => index === 0 || decision !== moments[index - 1]?.decision,
  );
  const [, end] = starts;
  return starts.map(({ value, decision }, index) => {
    if (end === undefined) return `at any time -> ${decision}`; // where it is asked, in words that differ
    const [word, at] = index === 0 ? ["before", end.value] : ["from", value];
    return `${word} ${at.replace(".000Z", "Z")} -> ${decision}`;
  });
}

const most = 4;

/** A value of each class can be many: the first ones show what is meant. */
function few(values: readonly string[]): string {
  const rest = values.length - most;
  const named = values.slice(0, rest > 0 ? most : values.length).map(shown);
  return `${named.join(", ")}${rest > 0 ? ` and ${rest} more` : ""}`;
}

function shown(value: string): string {
  if (value === "") return '""';
  return value.length > 60 ? `${value.slice(0, 57)}...` : value;
}

/** The engine does not get there: it says why. */
function missing({ branches }: Verdict): readonly string[] {
  const reasons = branches.map(
    (branch) => decidingHop(branch)?.why ?? branch.outcome.details ?? "",
  );
  return [...new Set(reasons)].filter((reason) => reason !== "");
}
