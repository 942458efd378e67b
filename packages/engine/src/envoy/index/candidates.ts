import type { Arena } from "./arena.ts";
import type { Conjunction, Ranged } from "./conjunctions.ts";
import { end, indexIn, type Range, upperBound } from "./ranks.ts";

/**
 * Many conjunctions, each filed under its rarest clause: a request looks at few of them. Cells: how many, where each is; how
 * many are not filed, which; how many slots have files; for each: slot, where the next begins, how many cuts, the cuts, where
 * the file of each cut begins, the files. Gives where they begin.
 */
export function compileCandidates(arena: Arena, conjunctions: readonly Conjunction[]): number {
  const places = conjunctions.map(({ all }) => putConjunction(arena, all));
  const { bySlot, unfiled } = filed(conjunctions);
  const start = arena.length();
  arena.put(places.length);
  arena.putAll(places);
  arena.put(unfiled.length);
  arena.putAll(unfiled);
  arena.put(bySlot.size);
  for (const [slot, files] of bySlot) putFiles(arena, slot, files);
  return start;
}

/** Cells: where it ends; for each clause, narrow ones first: negated | number of ranges << 1, then slot, low and high of each. */
function putConjunction(arena: Arena, all: readonly Ranged[]): number {
  const start = arena.length();
  arena.put(0);
  for (const { negated, ranges } of all.toSorted((a, b) => width(a) - width(b))) {
    arena.put((negated ? 1 : 0) | (ranges.length << 1));
    for (const { slot, low, high } of ranges) arena.putAll([slot, low, high]);
  }
  arena.set(start, arena.length());
  return start;
}

const wide = 1_000_000;

function width({ negated, ranges }: Ranged): number {
  if (negated) return end;
  return ranges.reduce((sum, { low, high }) => sum + Math.min(wide, high - low), 0);
}

interface File extends Range {
  readonly conjunction: number;
}

/** Which clause of each is the rarest: shared with few others, and narrow. What half of all share is not worth filing. */
function filed(conjunctions: readonly Conjunction[]): {
  readonly bySlot: ReadonlyMap<number, readonly File[]>;
  readonly unfiled: readonly number[];
} {
  const uses = new Map<string, number>();
  for (const range of conjunctions.flatMap(({ all }) => all.flatMap(({ ranges }) => ranges)))
    uses.set(keyOf(range), (uses.get(keyOf(range)) ?? 0) + 1);
  const cost = ({ negated, ranges }: Ranged): number =>
    negated
      ? Number.POSITIVE_INFINITY
      : ranges.reduce(
          (sum, range) =>
            sum + (uses.get(keyOf(range)) ?? 0) + Math.min(wide, range.high - range.low) / 100,
          0,
        );
  const bySlot = new Map<number, File[]>();
  const unfiled: number[] = [];
  for (const [conjunction, { all }] of conjunctions.entries()) {
    const [best] = all
      .map((clause) => ({ clause, cost: cost(clause) }))
      .toSorted((a, b) => a.cost - b.cost);
    if (!best || best.cost > conjunctions.length / 2) unfiled.push(conjunction);
    else
      for (const range of best.clause.ranges) {
        const files = bySlot.get(range.slot) ?? [];
        files.push({ ...range, conjunction });
        bySlot.set(range.slot, files);
      }
  }
  return { bySlot, unfiled };
}

function keyOf({ slot, low, high }: Range): string {
  return `${slot} ${low} ${high}`;
}

function putFiles(arena: Arena, slot: number, files: readonly File[]): void {
  const cuts = [...new Set(files.flatMap(({ low, high }) => [low, high]))].sort((a, b) => a - b);
  const covered: number[][] = cuts.map(() => []);
  for (const { low, high, conjunction } of files)
    for (let index = indexIn(cuts, low); (cuts[index] ?? end) < high; index += 1)
      covered[index]?.push(conjunction);
  arena.put(slot);
  const next = arena.length();
  arena.putAll([0, cuts.length, ...cuts]);
  let at = 0;
  arena.put(at);
  for (const { length } of covered) {
    at += length;
    arena.put(at);
  }
  for (const own of covered) arena.putAll(own.sort((a, b) => a - b));
  arena.set(next, arena.length());
}

/** The first conjunction that holds for these ranks; -1: none. The inverse of `compileCandidates`; nothing is made on the way. */
export function firstByCandidates(cells: Int32Array, start: number, ranks: Int32Array): number {
  const places = start + 1;
  let best = end;
  let at = places + (cells[start] ?? 0);
  let left = cells[at] ?? 0;
  at += 1;
  for (; left > 0; left -= 1, at += 1) {
    const one = cells[at] ?? 0;
    if (one < best && holdsAt(cells, cells[places + one] ?? 0, ranks)) best = one;
  }
  let files = cells[at] ?? 0;
  at += 1;
  for (; files > 0; files -= 1) {
    best = firstFiled(cells, at, ranks, places, best);
    at = cells[at + 1] ?? 0;
  }
  return best === end ? -1 : best;
}

/** No object for so many parameters: this runs for every request. */
function firstFiled(
  cells: Int32Array,
  at: number,
  ranks: Int32Array,
  places: number,
  best: number,
): number {
  const rank = ranks[cells[at] ?? 0] ?? 0;
  const cuts = at + 3;
  const starts = cuts + (cells[at + 2] ?? 0);
  const cut = upperBound(cells, rank, cuts, starts) - 1 - cuts;
  if (cut < 0) return best;
  const files = starts + (cells[at + 2] ?? 0) + 1;
  const past = files + (cells[starts + cut + 1] ?? 0);
  for (let file = files + (cells[starts + cut] ?? 0); file < past; file += 1) {
    const one = cells[file] ?? 0;
    if (one >= best) return best;
    if (holdsAt(cells, cells[places + one] ?? 0, ranks)) return one;
  }
  return best;
}

/** Whether the conjunction at a place holds. */
function holdsAt(cells: Int32Array, place: number, ranks: Int32Array): boolean {
  const past = cells[place] ?? 0;
  let at = place + 1;
  while (at < past) {
    const head = cells[at] ?? 0;
    const next = at + 1 + (head >> 1) * 3;
    if (within(cells, at + 1, next, ranks) === ((head & 1) === 1)) return false;
    at = next;
  }
  return true;
}

/** Whether some range holds the rank of its slot. Long lists of one slot are halved. */
function within(cells: Int32Array, from: number, to: number, ranks: Int32Array): boolean {
  const long = to - from > 24 && cells[from] === cells[to - 3];
  if (long) return withinSorted(cells, from, (to - from) / 3, ranks[cells[from] ?? 0] ?? 0);
  for (let at = from; at < to; at += 3) {
    const rank = ranks[cells[at] ?? 0] ?? 0;
    if (rank >= (cells[at + 1] ?? 0) && rank < (cells[at + 2] ?? 0)) return true;
  }
  return false;
}

function withinSorted(cells: Int32Array, from: number, count: number, rank: number): boolean {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((cells[from + middle * 3 + 1] ?? 0) <= rank) low = middle + 1;
    else high = middle;
  }
  return low > 0 && rank < (cells[from + low * 3 - 1] ?? 0);
}
