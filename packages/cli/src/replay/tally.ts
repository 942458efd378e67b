/** Requests of one kind that are told together. */
export interface Group {
  readonly weight: number;
  readonly example: string; // the line of the first of them
  readonly piece: number; // of the log: where the example is
}

/** What a part of a log came to; parts add up. */
export interface Tally {
  readonly lines: number;
  readonly weight: number; // of all requests
  readonly skipped: Readonly<Record<string, Group>>; // by reason; each weighs its lines
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
export function group(groups: Map<string, Group>, name: string, own: Group): void {
  const key = groups.has(name) || groups.size < mostGroups ? name : otherGroups;
  const before = groups.get(key);
  const first = before === undefined || own.piece < before.piece ? own : before;
  groups.set(key, { ...first, weight: (before?.weight ?? 0) + own.weight });
}

/** Counts one more line of a group, and reads it only if it is the first. */
export function countLine(
  groups: Map<string, Group>,
  name: string,
  { piece, text }: { readonly piece: number; readonly text: () => string },
): void {
  const before = groups.get(name);
  if (before === undefined) group(groups, name, { weight: 1, example: text(), piece });
  else groups.set(name, { ...before, weight: before.weight + 1 });
}

/** The parts of a log as one; what weighs most comes first. */
export function sumOf(tallies: readonly Tally[]): Tally {
  const total = (of: (tally: Tally) => number): number =>
    tallies.reduce((sum, tally) => sum + of(tally), 0);
  const counts = (
    of: (tally: Tally) => Readonly<Record<string, number>>,
  ): Record<string, number> => {
    const all: Counts = new Map();
    for (const tally of tallies)
      for (const [name, weight] of Object.entries(of(tally))) count(all, name, weight);
    return inOrder(all, (weight) => weight);
  };
  const groups = (of: (tally: Tally) => Readonly<Record<string, Group>>): Record<string, Group> => {
    const all = new Map<string, Group>();
    for (const tally of tallies)
      for (const [name, one] of Object.entries(of(tally))) group(all, name, one);
    return inOrder(all, ({ weight }) => weight);
  };
  return {
    lines: total(({ lines }) => lines),
    weight: total(({ weight }) => weight),
    skipped: groups(({ skipped }) => skipped),
    decisions: counts(({ decisions }) => decisions),
    rules: counts(({ rules }) => rules),
    changes: groups(({ changes }) => changes),
    changed: total(({ changed }) => changed),
    differences: groups(({ differences }) => differences),
    differing: total(({ differing }) => differing),
    agreeing: total(({ agreeing }) => agreeing),
  };
}

/** The heaviest first, then by name: whoever came first, and in which thread. */
function inOrder<Value>(
  all: ReadonlyMap<string, Value>,
  weightOf: (value: Value) => number,
): Record<string, Value> {
  const entries = [...all].toSorted(
    ([name, a], [other, b]) => weightOf(b) - weightOf(a) || (name < other ? -1 : 1),
  );
  return Object.fromEntries(entries);
}
