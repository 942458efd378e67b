import type { Alternative, Clause, Matcher, Rule } from "../../model/rule.ts";
import type { Range } from "./ranks.ts";
import type { Vocabulary } from "./vocabulary.ts";

/** One side of a clause: some rank is in one of the ranges, or (`negated`) none is. */
export interface Ranged {
  readonly negated: boolean;
  readonly ranges: readonly Range[]; // sorted by slot, merged
}

/** Everything of it must hold. `rule`: whose it is, as an index. */
export interface Conjunction {
  readonly rule: number;
  readonly all: readonly Ranged[];
}

/** More ways than this to fulfil one rule are not multiplied out. */
const most = 4096;

/** The rules multiplied out, each way to fulfil one a conjunction, in order. Undefined: too many, or of patterns nobody knows. */
export function conjunctionsOf(
  rules: readonly Rule[],
  vocabulary: Vocabulary,
): readonly Conjunction[] | undefined {
  const conjunctions: Conjunction[] = [];
  for (const [rule, { groups }] of rules.entries()) {
    let ways: readonly (readonly Ranged[])[] = [[]];
    for (const { any } of groups) {
      const alternatives: (readonly Ranged[])[] = [];
      for (const alternative of any) {
        const all = rangedClauses(alternative, vocabulary);
        if (!all) return undefined;
        alternatives.push(all);
      }
      if (ways.length * alternatives.length > most) return undefined;
      ways = multiplied(ways, alternatives);
    }
    for (const all of ways) conjunctions.push({ rule, all });
  }
  return conjunctions;
}

function multiplied(
  ways: readonly (readonly Ranged[])[],
  alternatives: readonly (readonly Ranged[])[],
): readonly (readonly Ranged[])[] {
  const isFirst = ways.length === 1 && ways[0]?.length === 0;
  if (isFirst) return alternatives;
  return ways.flatMap((way) => alternatives.map((all) => [...way, ...all]));
}

function rangedClauses(
  { all }: Alternative,
  vocabulary: Vocabulary,
): readonly Ranged[] | undefined {
  const ranged: Ranged[] = [];
  for (const { attribute, any, none } of all) {
    const held = any && rangesOf(attribute, any, vocabulary);
    const barred = none && rangesOf(attribute, none, vocabulary);
    if ((any && !held) || (none && !barred)) return undefined;
    if (held) ranged.push({ negated: false, ranges: held });
    if (barred) ranged.push({ negated: true, ranges: barred });
  }
  return ranged;
}

/** What some patterns hold for, together. Undefined: nobody knows one of them. */
function rangesOf(
  attribute: Clause["attribute"],
  matchers: readonly Matcher[],
  vocabulary: Vocabulary,
): readonly Range[] | undefined {
  const ranges: Range[] = [];
  for (const matcher of matchers) {
    const own = vocabulary.ranges(attribute, matcher);
    if (!own) return undefined;
    for (const range of own) ranges.push(range);
  }
  return ranges.length < 2 ? ranges : merged(ranges);
}

/** Sorted by slot and rank; what touches is one. */
function merged(ranges: Range[]): readonly Range[] {
  const sorted = ranges.sort((a, b) => a.slot - b.slot || a.low - b.low);
  const all: Range[] = [];
  for (const range of sorted) {
    const last = all.at(-1);
    if (last && last.slot === range.slot && range.low <= last.high)
      all[all.length - 1] = { ...last, high: Math.max(last.high, range.high) };
    else all.push(range);
  }
  return all;
}
