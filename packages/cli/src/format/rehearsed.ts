import type { Mesh, RuleRef, Step, Verdict } from "@meshproof/engine";
import { type CaseResult, ruleName } from "@meshproof/testkit";
import { placeText, type Texts } from "./position.ts";
import { callerText, requestText, targetText } from "./words.ts";

/**
 * What policies that decide nothing said of these requests, a line for each rule: those that are only tried and would deny, and AUDIT. `may`: they
 * do on some of the ways that a request can go.
 */
export function rehearsedLines(
  cases: readonly CaseResult[],
  mesh: Mesh,
  texts: Texts,
): readonly string[] {
  const said = new Map<string, readonly string[]>();
  for (const { request, verdict } of cases) {
    const asked = `${callerText(request)} -> ${targetText(request)} ${requestText(request)}`;
    for (const text of sayingsOf(verdict, mesh, texts))
      said.set(text, [...(said.get(text) ?? []), asked]);
  }
  return [...said].map(([text, [first, ...more]]) => {
    const others = more.length === 0 ? "" : `, and ${more.length} more`;
    return text.replace(here, () => `${first}${others}`);
  });
}

/** The lines about one request, each once. */
function sayingsOf(verdict: Verdict | undefined, mesh: Mesh, texts: Texts): readonly string[] {
  const ways = (verdict?.branches ?? []).map(({ hops }) =>
    hops.flatMap(({ steps }) => steps.flatMap((step) => sayings(step, mesh, texts))),
  );
  const sure = ways.map((way) => new Set(way.map(({ sure: text }) => text)));
  const lines = ways
    .flat()
    .map(({ sure: text, open }) => (sure.every((way) => way.has(text)) ? text : open));
  return [...new Set(lines)];
}

/** Where the requests stand in a line. */
const here = "\0";

/** One thing that is said: of every way, or of some. */
interface Saying {
  readonly sure: string;
  readonly open: string;
}

function sayings({ layer, by, dryRun }: Step, mesh: Mesh, texts: Texts): readonly Saying[] {
  const about = (kind: string, rule: RuleRef, does: string, may: string): Saying => {
    const [start, end] = [`${kind}: ${ruleName(rule)}`, `${here}${placed(rule, mesh, texts)}`];
    return { sure: `${start} ${does} ${end}`, open: `${start} ${may} ${end}` };
  };
  if (layer === "audit") return by.map((rule) => about("audit", rule, "marks", "may mark"));
  if (!dryRun?.wouldDeny) return [];
  const rules = dryRun.by.map((rule) => about("dry run", rule, "would deny", "may deny"));
  return rules.length > 0 ? rules : [unmatched];
}

const unmatched: Saying = {
  sure: `dry run: no ALLOW rule that is tried matches ${here}`,
  open: `dry run: it may be that no ALLOW rule that is tried matches ${here}`,
};

function placed({ at }: RuleRef, mesh: Mesh, texts: Texts): string {
  const place = placeText(at, mesh, texts);
  return place === undefined ? "" : `  ${place}`;
}
