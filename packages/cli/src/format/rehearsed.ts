import type { Mesh, RuleRef, Step, Verdict } from "@meshproof/engine";
import { type CaseResult, ruleName } from "@meshproof/testkit";
import { placeText, type Texts } from "./position.ts";
import { callerText, requestText, targetText } from "./words.ts";

/** What policies that decide nothing said of these requests, a line for each rule: those that are only tried and would deny, and AUDIT. */
export function rehearsedLines(
  cases: readonly CaseResult[],
  mesh: Mesh,
  texts: Texts,
): readonly string[] {
  const said = new Map<string, readonly string[]>();
  for (const { request, verdict } of cases) {
    const asked = `${callerText(request)} -> ${targetText(request)} ${requestText(request)}`;
    for (const text of new Set(stepsOf(verdict).flatMap((step) => sayings(step, mesh, texts))))
      said.set(text, [...(said.get(text) ?? []), asked]);
  }
  return [...said].map(([text, [first, ...more]]) => {
    const others = more.length === 0 ? "" : `, and ${more.length} more`;
    return text.replace(here, () => `${first}${others}`);
  });
}

/** Where the requests stand in a line. */
const here = "\0";

function stepsOf(verdict: Verdict | undefined): readonly Step[] {
  return (verdict?.branches ?? []).flatMap(({ hops }) => hops.flatMap(({ steps }) => steps));
}

function sayings({ layer, by, dryRun }: Step, mesh: Mesh, texts: Texts): readonly string[] {
  if (layer === "audit")
    return by.map((rule) => `audit: ${ruleName(rule)} marks ${here}${placed(rule, mesh, texts)}`);
  if (!dryRun?.wouldDeny) return [];
  const rules = dryRun.by.map(
    (rule) => `dry run: ${ruleName(rule)} would deny ${here}${placed(rule, mesh, texts)}`,
  );
  return rules.length > 0 ? rules : [`dry run: no ALLOW rule that is tried matches ${here}`];
}

function placed({ at }: RuleRef, mesh: Mesh, texts: Texts): string {
  const place = placeText(at, mesh, texts);
  return place === undefined ? "" : `  ${place}`;
}
