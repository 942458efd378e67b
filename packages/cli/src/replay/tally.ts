/** Requests of one kind that are told together. */
export interface Group {
  readonly weight: number;
  readonly example: string; // the line of one of them
}

/** What a part of a log came to; parts add up. */
export interface Tally {
  readonly lines: number;
  readonly weight: number; // of all requests
  readonly skipped: Readonly<Record<string, number>>; // by reason, lines
  readonly decisions: Readonly<Record<string, number>>; // by decision, weight
  readonly rules: Readonly<Record<string, number>>; // by what decided, weight
  readonly changes: Readonly<Record<string, Group>>; // by caller, destination, request, before and after
  readonly changed: number; // weight
  readonly differences: Readonly<Record<string, Group>>; // between what was observed and what is said
  readonly differing: number; // weight
  readonly agreeing: number; // weight
}

/** So many groups are told apart; the rest is told as one. Memory stays flat, whatever the log holds. */
const mostGroups = 10_000;
export const otherGroups = "(others)";

export type Counts = Map<string, number>;

/** Adds to a count. */
export function count(counts: Counts, name: string, weight: number): void {
  const key = counts.has(name) || counts.size < mostGroups ? name : otherGroups;
  counts.set(key, (counts.get(key) ?? 0) + weight);
}

/** Adds to a group. */
export function group(groups: Map<string, Group>, name: string, { weight, example }: Group): void {
  const key = groups.has(name) || groups.size < mostGroups ? name : otherGroups;
  const before = groups.get(key);
  groups.set(key, before ? { ...before, weight: before.weight + weight } : { weight, example });
}

/** The parts of a log as one. */
export function sumOf(tallies: readonly Tally[]): Tally {
  const total = (of: (tally: Tally) => number): number =>
    tallies.reduce((sum, tally) => sum + of(tally), 0);
  const counts = (
    of: (tally: Tally) => Readonly<Record<string, number>>,
  ): Record<string, number> => {
    const all: Counts = new Map();
    for (const tally of tallies)
      for (const [name, weight] of Object.entries(of(tally))) count(all, name, weight);
    return Object.fromEntries(all);
  };
  const groups = (of: (tally: Tally) => Readonly<Record<string, Group>>): Record<string, Group> => {
    const all = new Map<string, Group>();
    for (const tally of tallies)
      for (const [name, one] of Object.entries(of(tally))) group(all, name, one);
    return Object.fromEntries(all);
  };
  return {
    lines: total(({ lines }) => lines),
    weight: total(({ weight }) => weight),
    skipped: counts(({ skipped }) => skipped),
    decisions: counts(({ decisions }) => decisions),
    rules: counts(({ rules }) => rules),
    changes: groups(({ changes }) => changes),
    changed: total(({ changed }) => changed),
    differences: groups(({ differences }) => differences),
    differing: total(({ differing }) => differing),
    agreeing: total(({ agreeing }) => agreeing),
  };
}
