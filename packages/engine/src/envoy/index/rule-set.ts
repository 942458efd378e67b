import type { Rule } from "../../model/rule.ts";
import { type Arena, arena } from "./arena.ts";
import { compileCandidates, firstByCandidates } from "./candidates.ts";
import { classifier, peerBits } from "./classify.ts";
import { type Conjunction, conjunctionsOf } from "./conjunctions.ts";
import type { KnownRequest } from "./known-request.ts";
import { compileMasks, intersect, lowest, mostBits } from "./masks.ts";
import { firstFlag } from "./slots.ts";
import { vocabularyOf } from "./vocabulary.ts";

/** No rule holds. */
export const noRule = -1;
/** The request is one that has to be walked. */
export const unsure = -2;

/** The rules of many filters, compiled into one array of numbers. */
export interface RuleSet {
  /** Compiles the rules of a filter, in their order. Undefined: they have to be walked, or are not of the vocabulary. */
  readonly compile: (rules: readonly Rule[]) => number | undefined;
  /** The index of the first rule that holds, `noRule` or `unsure`. Makes nothing; one call at a time. */
  readonly firstMatch: (filter: number, request: KnownRequest) => number;
}

/** A place for rules of which `all` has every pattern. */
export function ruleSet(all: Iterable<Rule>): RuleSet {
  const vocabulary = vocabularyOf(all);
  const { ranks, classify, test } = classifier(vocabulary);
  const memory = arena();

  const compile = (rules: readonly Rule[]): number | undefined => {
    const conjunctions = conjunctionsOf(rules, vocabulary);
    if (!conjunctions) return undefined;
    const code = compiled(memory, conjunctions, vocabulary.sizeOf);
    const owners = memory.length();
    memory.putAll(conjunctions.map(({ rule }) => rule));
    const { needs, flags } = needsOf(conjunctions);
    const filter = memory.length();
    memory.putAll([...code, owners, needs & peerBits, needs & ~peerBits, flags.length, ...flags]);
    return filter;
  };

  const classifyOthers = (cells: Int32Array, filter: number, request: KnownRequest): void => {
    classify(request, cells[filter + head.others] ?? 0);
    const past = filter + head.flags + 1 + (cells[filter + head.flags] ?? 0);
    for (let flag = filter + head.flags + 1; flag < past; flag += 1)
      test(request, cells[flag] ?? firstFlag);
  };

  const firstConjunction = (cells: Int32Array, filter: number, request: KnownRequest): number => {
    const all = cells[filter + head.all] ?? 0;
    const first = cells[filter + head.first] ?? 0;
    if (!classify(request, cells[filter + head.peer] ?? 0)) return unsure;
    if (all === 0) {
      classifyOthers(cells, filter, request);
      return firstByCandidates(cells, first, ranks);
    }
    const standing = intersect(cells, first, all, ranks);
    if (standing === 0) return noRule;
    classifyOthers(cells, filter, request);
    return lowest(intersect(cells, cells[filter + head.second] ?? 0, standing, ranks));
  };

  const firstMatch = (filter: number, request: KnownRequest): number => {
    const cells = memory.cells();
    const found = firstConjunction(cells, filter, request);
    return found < 0 ? found : (cells[(cells[filter + head.owners] ?? 0) + found] ?? noRule);
  };

  return { compile, firstMatch };
}

/** What stands where in the cells of a filter. */
const head = { all: 0, first: 1, second: 2, owners: 3, peer: 4, others: 5, flags: 6 } as const;

/** All bits and both blocks of masks; or 0 and where the candidates are. */
function compiled(
  memory: Arena,
  conjunctions: readonly Conjunction[],
  sizeOf: (slot: number) => number,
): readonly [all: number, first: number, second: number] {
  if (conjunctions.length === 0 || conjunctions.length > mostBits)
    return [0, compileCandidates(memory, conjunctions, sizeOf), 0];
  const { all, byPeer, others } = compileMasks(memory, conjunctions, sizeOf);
  return [all, byPeer, others];
}

/** The slots that some conjunctions look at: a bit each, and those of the patterns that are tested one by one. */
function needsOf(conjunctions: readonly Conjunction[]): {
  readonly needs: number;
  readonly flags: readonly number[];
} {
  const used = new Set<number>();
  for (const { all } of conjunctions)
    for (const { ranges } of all) for (const { slot } of ranges) used.add(slot);
  const plain = [...used].filter((slot) => slot < firstFlag);
  return {
    needs: plain.reduce((bits, slot) => bits | (1 << slot), 0),
    flags: [...used].filter((slot) => slot >= firstFlag).sort((a, b) => a - b),
  };
}
