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
      ways = ways.flatMap((way) => alternatives.map((all) => [...way, ...all]));
    }
    for (const all of ways) conjunctions.push({ rule, all });
  }
  return conjunctions;
}

function rangedClauses(
  { all }: Alternative,
  vocabulary: Vocabulary,
): readonly Ranged[] | undefined {
  const ranged: Ranged[] = [];
  for (const clause of all) {
    const sides = sidesOf(clause, vocabulary);
    if (!sides) return undefined;
    ranged.push(...sides);
  }
  return ranged;
}

function sidesOf(
  { attribute, any, none }: Clause,
  vocabulary: Vocabulary,
): readonly Ranged[] | undefined {
  const side = (matchers: readonly Matcher[], negated: boolean): Ranged | undefined => {
    const ranges: Range[] = [];
    for (const matcher of matchers) {
      const own = vocabulary.ranges(attribute, matcher);
      if (!own) return undefined;
      ranges.push(...own);
    }
    return { negated, ranges: merged(ranges) };
  };
  const sides = [...(any ? [side(any, false)] : []), ...(none ? [side(none, true)] : [])];
  return sides.every((one) => one !== undefined) ? sides : undefined;
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
