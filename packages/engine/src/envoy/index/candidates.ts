import type { Arena } from "./arena.ts";
import type { Classifier } from "./classify.ts";
import type { Conjunction, Ranged } from "./conjunctions.ts";
import { type KnownRequest, noRule, unsure } from "./known-request.ts";
import { end, indexIn, type Range } from "./ranks.ts";
import { fill, putReads } from "./reads.ts";
import { cutsOf, numberAt, putRow, type Row, rowLength } from "./rows.ts";

/**
 * Many conjunctions, each filed under its rarest clause: a request looks at few of them. Cells: 0, and where the rest begins; there:
 * how many slots have to be filled, which; how many conjunctions, where each is; how many are not filed, which; how many slots have
 * files; for each: slot, then a row of where the file of each rank is (0: there is none). A file is how many, which.
 */
export function compileCandidates(
  arena: Arena,
  conjunctions: readonly Conjunction[],
  sizeOf: (slot: number) => number,
): void {
  const head = arena.length();
  arena.putAll([0, 0]);
  const { bySlot, unfiled, rest } = filed(conjunctions);
  const places = rest.map((clauses) => putConjunction(arena, clauses));
  const rows = [...bySlot].map(([slot, files]) => ({
    slot,
    row: putFiles(arena, files, sizeOf(slot)),
  }));
  arena.set(head + 1, arena.length());
  putReads(
    arena,
    conjunctions.flatMap(({ all }) => all.flatMap(({ ranges }) => ranges)),
  );
  for (const list of [places, unfiled]) {
    arena.put(list.length);
    arena.putAll(list);
  }
  arena.put(rows.length);
  for (const { slot, row } of rows) {
    arena.put(slot);
    putRow(arena, row);
  }
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

interface Filed {
  readonly bySlot: ReadonlyMap<number, readonly File[]>;
  readonly unfiled: readonly number[];
  readonly rest: readonly (readonly Ranged[])[]; // of each, what its file does not say
}

/** Which clause of each is the rarest: shared with few others, and narrow. What half of all share is not worth filing. */
function filed(conjunctions: readonly Conjunction[]): Filed {
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
  const rest: (readonly Ranged[])[] = [];
  for (const [conjunction, { all }] of conjunctions.entries()) {
    const [best] = all
      .map((clause) => ({ clause, cost: cost(clause) }))
      .toSorted((a, b) => a.cost - b.cost);
    const worth = best && best.cost <= conjunctions.length / 2 ? best.clause : undefined;
    if (!worth) unfiled.push(conjunction);
    rest.push(all.filter((clause) => clause !== worth));
    for (const range of worth?.ranges ?? []) {
      const files = bySlot.get(range.slot) ?? [];
      files.push({ ...range, conjunction });
      bySlot.set(range.slot, files);
    }
  }
  return { bySlot, unfiled, rest };
}

function keyOf({ slot, low, high }: Range): string {
  return `${slot} ${low} ${high}`;
}

/** Puts the files; gives where they are. */
function putFiles(arena: Arena, files: readonly File[], size: number): Row {
  const cuts = cutsOf(files);
  const covered: number[][] = cuts.map(() => []);
  for (const { low, high, conjunction } of files)
    for (let index = indexIn(cuts, low); (cuts[index] ?? end) < high; index += 1)
      covered[index]?.push(conjunction);
  const numbers = covered.map((own) => {
    if (own.length === 0) return 0;
    const place = arena.length();
    arena.putAll([own.length, ...own.sort((a, b) => a - b)]);
    return place;
  });
  return { cuts, numbers, size };
}

/** The first conjunction that holds for a request. The inverse of `compileCandidates`; nothing is made on the way. */
export function firstByCandidates(
  cells: Int32Array,
  start: number,
  request: KnownRequest,
  { ranks, classify }: Classifier,
): number {
  const reads = cells[start + 1] ?? 0;
  if (!fill(cells, reads, request, classify)) return unsure;
  const places = reads + 2 + (cells[reads] ?? 0);
  const unfiled = places + (cells[places - 1] ?? 0);
  let best = firstFiled(cells, unfiled, ranks, places, end);
  let at = unfiled + 1 + (cells[unfiled] ?? 0);
  let rows = cells[at] ?? 0;
  for (at += 1; rows > 0; rows -= 1) {
    const size = cells[at + 1] ?? 0;
    const file = numberAt(cells, at + 1, size, ranks[cells[at] ?? 0] ?? 0);
    if (file !== 0) best = firstFiled(cells, file, ranks, places, best);
    at += 1 + rowLength(size);
  }
  return best === end ? noRule : best;
}

/** The first of a file that holds, if it comes before the best. No object for so many parameters: this runs for every request. */
function firstFiled(
  cells: Int32Array,
  file: number,
  ranks: Int32Array,
  places: number,
  best: number,
): number {
  const past = file + 1 + (cells[file] ?? 0);
  for (let at = file + 1; at < past; at += 1) {
    const one = cells[at] ?? 0;
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
