import type { ExplainedCondition, RequestEdit } from "./explanation.ts";
import { type Around, type Draft, type Proposal, proposalsFor } from "./proposals.ts";
import { type Turning, turns } from "./verify.ts";

/** So many combinations of values are tried for one rule. */
const most = 8;

/** A request that fulfils all of some conditions (`wanted` true), or none of them, if that turns the decision. */
export function requestEdit(
  conditions: readonly ExplainedCondition[],
  wanted: boolean,
  turning: Turning,
  around: Around,
): RequestEdit | undefined {
  if (isRaw(turning)) return undefined;
  const choices = conditions.map((condition) => proposalsFor(condition, wanted, around));
  for (const proposals of combinations(choices).slice(0, most)) {
    const edit = tried(proposals, turning);
    if (edit !== undefined) return edit;
  }
  return undefined;
}

/** Exact bytes are changed by whoever wrote them. */
function isRaw({ request }: Turning): boolean {
  return request.raw !== undefined || request.connection !== undefined;
}

/** One of each, the first ones first. */
function combinations(choices: readonly (readonly Proposal[])[]): readonly (readonly Proposal[])[] {
  return choices.reduce<readonly (readonly Proposal[])[]>(
    (some, choice) => some.flatMap((one) => choice.map((each) => [...one, each])).slice(0, most),
    [[]],
  );
}

/** The request with some proposals, if that turns the decision. */
export function tried(proposals: readonly Proposal[], turning: Turning): RequestEdit | undefined {
  if (proposals.length === 0) return undefined;
  const start: Draft = { request: turning.request, tokens: [] };
  const { request, tokens } = proposals.reduce((draft, { apply }) => apply(draft), start);
  const verdict = turns(turning, { request, tokens });
  if (verdict === undefined) return undefined;
  const changes = proposals.map(({ change }) => change);
  return { kind: "request", changes: once(changes), request, verdict };
}

/** Two conditions on one part that ask for the same are one change. */
function once(changes: RequestEdit["changes"]): RequestEdit["changes"] {
  const known = new Map(changes.map((change) => [JSON.stringify(change), change]));
  return [...known.values()];
}
