import type { ExplainedCondition, ExplainedLayer, ExplainedRule, NearMiss } from "./explanation.ts";

/** So many rules that nearly decided are told of. */
const most = 3;

/**
 * The rules of a layer that do not hold, the fewest conditions away first: of each `from`, `to` and `when` the alternative that
 * fails the least.
 */
export function nearMisses({ policies }: ExplainedLayer): readonly NearMiss[] {
  return policies
    .filter(({ dryRun }) => dryRun !== true)
    .flatMap(({ action, rules }) =>
      rules
        .filter(({ holds, never }) => !holds && never !== true)
        .map((rule): NearMiss => ({ rule: rule.ref, action, failing: failingOf(rule) })),
    )
    .toSorted((a, b) => a.failing.length - b.failing.length)
    .slice(0, most);
}

function failingOf({ parts }: ExplainedRule): readonly ExplainedCondition[] {
  return parts.flatMap(({ alternatives }) => {
    const ways = alternatives.map(({ conditions }) => conditions.filter(({ holds }) => !holds));
    const [nearest = []] = ways.toSorted((a, b) => a.length - b.length);
    return nearest;
  });
}
