import type { Rule } from "../../model/rule.ts";
import { arena } from "./arena.ts";
import { compileCandidates, firstByCandidates } from "./candidates.ts";
import { classifier } from "./classify.ts";
import { conjunctionsOf } from "./conjunctions.ts";
import { firstByMasks } from "./first-by-masks.ts";
import { type KnownRequest, noRule } from "./known-request.ts";
import { compileMasks, mostBits } from "./masks.ts";
import { vocabularyOf } from "./vocabulary.ts";

/**
 * The rules of many filters, compiled into one array of numbers (`arena.ts`). How: patterns are sorted by what tells them apart
 * (`sorted-pattern.ts`) and the values that they tell apart are numbered (`vocabulary.ts`; texts, addresses and identities in `*-ranks.ts`),
 * so that a pattern is a range of ranks. Rules are multiplied out (`conjunctions.ts`): few become bits of masks (`masks.ts`), many are
 * filed (`candidates.ts`). Of a request, `classify.ts` makes ranks, which are looked up in rows (`rows.ts`). Where a request is not known
 * as a whole, `first-match.ts` leaves out rules instead.
 */
export interface RuleSet {
  /**
   * Compiles the rules of a filter, in their order, each with a number that is not negative, its index if nothing else is said.
   * Undefined: they have to be walked, or are not of the vocabulary.
   */
  readonly compile: (
    rules: readonly Rule[],
    numberOf?: (rule: number) => number,
  ) => number | undefined;
  /** The number of the first rule that holds, `noRule` or `unsure`. Makes nothing; one call at a time. */
  readonly firstMatch: (filter: number, request: KnownRequest) => number;
}

/** A place for rules of which `all` has every pattern. */
export function ruleSet(all: Iterable<Rule>): RuleSet {
  const vocabulary = vocabularyOf(all);
  const classes = classifier(vocabulary);
  const memory = arena();

  /** A filter is where its conjunctions begin. Before that, the last one first, the number of the rule that each is of; the bits of masks are never 0. */
  const compile: RuleSet["compile"] = (rules, numberOf = (rule) => rule) => {
    const conjunctions = conjunctionsOf(rules, vocabulary);
    if (!conjunctions) return undefined;
    memory.putAll(conjunctions.map(({ rule }) => numberOf(rule)).reverse());
    const filter = memory.length();
    if (conjunctions.length > 0 && conjunctions.length <= mostBits)
      compileMasks(memory, conjunctions, vocabulary);
    else {
      memory.put(0);
      compileCandidates(memory, conjunctions, vocabulary.sizeOf);
    }
    return filter;
  };

  const firstMatch = (filter: number, request: KnownRequest): number => {
    const cells = memory.cells();
    const found =
      (cells[filter] ?? 0) === 0
        ? firstByCandidates(cells, filter + 1, request, classes)
        : firstByMasks(cells, filter, request, classes);
    return found < 0 ? found : (cells[filter - 1 - found] ?? noRule);
  };

  return { compile, firstMatch };
}
