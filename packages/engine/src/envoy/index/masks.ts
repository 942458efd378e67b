import type { Arena } from "./arena.ts";
import type { Classifier } from "./classify.ts";
import type { Conjunction, Ranged } from "./conjunctions.ts";
import { type KnownRequest, noRule, unsure } from "./known-request.ts";
import { end, indexIn, type Range } from "./ranks.ts";
import { readsOf, slotsOf } from "./reads.ts";
import { cutsOf, numberAt, putRow, type Row, rowLength } from "./rows.ts";
import { slots } from "./slots.ts";

/** So many conjunctions have a bit each. */
export const mostBits = 32;

/** One conjunction's part of a step. */
interface Item {
  readonly bit: number;
  readonly negated: boolean;
  readonly ranges: readonly Range[];
}

/**
 * Up to 32 conjunctions as bits, the first the lowest. A step is a row of masks for each of some slots: which conjunctions a rank
 * leaves standing; the rows of a step are united, the steps intersected. Steps that one value fills are a block, cheap values
 * first: a value of which no conjunction that still stands asks anything is not even looked at. Cells: the bits of all, how many
 * blocks; for each where it ends, the bits of those that ask, how many slots it fills, each with the bits that ask for it, and how
 * many steps; for each of those how many rows; for each its slot, then a row of masks.
 */
export function compileMasks(
  arena: Arena,
  conjunctions: readonly Conjunction[],
  sizeOf: (slot: number) => number,
): void {
  const all = conjunctions.length === mostBits ? -1 : (1 << conjunctions.length) - 1;
  const blocks = new Map<number, Step[]>();
  for (const step of stepsOf(conjunctions))
    blocks.set(step.family, [...(blocks.get(step.family) ?? []), step]);
  arena.put(all);
  arena.put(blocks.size);
  for (const [, steps] of [...blocks].sort(([a], [b]) => turnOf(a) - turnOf(b))) {
    const start = arena.length();
    arena.putAll([0, steps.reduce((bits, step) => bits | step.bits, 0)]);
    putAsked(
      arena,
      steps.flatMap(({ items }) => items),
    );
    arena.put(steps.length);
    for (const { items } of steps) putStep(arena, items, all, sizeOf);
    arena.set(start, arena.length());
  }
}

/** Puts how many slots some conjunctions look at, and each with their bits. */
function putAsked(arena: Arena, items: readonly Item[]): void {
  const asked = new Map<number, number>();
  for (const { bit, ranges } of items)
    for (const slot of readsOf(ranges)) asked.set(slot, (asked.get(slot) ?? 0) | bit);
  arena.put(asked.size);
  for (const [slot, bits] of asked) arena.putAll([slot, bits]);
}

/** In the order of what it costs to look at a value; what is tested by itself comes last. */
const cheapFirst: readonly number[] = [
  ...[slots.peer, slots["destination.port"], slots.method, slots["source.ip"]],
  ...[slots["remote.ip"], slots["destination.ip"], slots.sni, slots.path, slots.host],
];

function turnOf(family: number): number {
  const turn = cheapFirst.indexOf(family);
  return turn < 0 ? cheapFirst.length + family : turn;
}

interface Step {
  readonly family: number;
  readonly items: readonly Item[];
  readonly bits: number;
}

/** Clauses that look at the same go into one step, but two of one conjunction, which must both hold, never do. */
function stepsOf(conjunctions: readonly Conjunction[]): readonly Step[] {
  const steps: Step[] = [];
  for (const [index, { all }] of conjunctions.entries())
    for (const item of all.flatMap((clause) => itemsOf(clause, 1 << index))) {
      const family = familyOf(item.ranges);
      const at = steps.findIndex((step) => step.family === family && (step.bits & item.bit) === 0);
      const { items, bits } = steps[at] ?? { items: [], bits: 0 };
      const step = { family, items: [...items, item], bits: bits | item.bit };
      steps[at < 0 ? steps.length : at] = step;
    }
  return steps;
}

/** Slots that one value fills share their steps. Where patterns of an identity are also tested by themselves, that comes later. */
function familyOf(ranges: readonly Range[]): number {
  const first = ranges[0]?.slot ?? slots.peer;
  if (first > slots.namespaceB) return first < firstAddress ? first & ~1 : first;
  return (ranges.at(-1)?.slot ?? first) > slots.namespaceB ? slots.namespaceB : slots.peer;
}

const firstAddress = slots["source.ip"];

/** Outside several slots is outside each of them: then each is a clause of its own. */
function itemsOf({ negated, ranges }: Ranged, bit: number): readonly Item[] {
  if (!negated) return [{ bit, negated, ranges }];
  return slotsOf(ranges).map((slot) => ({
    bit,
    negated,
    ranges: ranges.filter((range) => range.slot === slot),
  }));
}

function putStep(
  arena: Arena,
  items: readonly Item[],
  all: number,
  sizeOf: (slot: number) => number,
): void {
  const used = slotsOf(items.flatMap(({ ranges }) => ranges));
  const bySlot = used.length === 0 ? [0] : used; // clauses that never hold look at nothing
  const others = all & ~items.reduce((bits, { bit }) => bits | bit, 0);
  arena.put(bySlot.length);
  for (const [row, slot] of bySlot.entries()) {
    const own = items
      .map((item) => ({ ...item, ranges: item.ranges.filter((range) => range.slot === slot) }))
      .filter(({ ranges }) => ranges.length > 0);
    arena.put(slot);
    putRow(arena, masksOf(own, row === 0 ? others : 0, sizeOf(slot)));
  }
}

function masksOf(items: readonly Item[], others: number, size: number): Row {
  const cuts = cutsOf(items.flatMap(({ ranges }) => ranges));
  const numbers = new Int32Array(cuts.length).fill(others);
  for (const item of items) mark(numbers, cuts, item);
  return { cuts, numbers, size };
}

function mark(masks: Int32Array, cuts: readonly number[], { bit, negated, ranges }: Item): void {
  if (negated)
    for (let index = 0; index < cuts.length; index += 1) masks[index] = (masks[index] ?? 0) | bit;
  for (const { low, high } of ranges)
    for (let index = indexIn(cuts, low); (cuts[index] ?? end) < high; index += 1)
      masks[index] = negated ? (masks[index] ?? 0) & ~bit : (masks[index] ?? 0) | bit;
}

/**
 * The first conjunction that holds for a request. The inverse of `compileMasks`; nothing is made on the way. A slot that is not filled
 * has the rank of an earlier request: masks of it are wrong only in bits that do not stand.
 */
export function firstByMasks(
  cells: Int32Array,
  start: number,
  request: KnownRequest,
  { ranks, classify }: Classifier,
): number {
  let standing = cells[start] ?? 0;
  let at = start + 2;
  for (let blocks = cells[start + 1] ?? 0; blocks > 0; blocks -= 1) {
    if ((standing & (cells[at + 1] ?? 0)) !== 0) {
      if (!fillAsked(cells, at + 2, standing, request, classify)) return unsure;
      standing &= leftBy(cells, at + 3 + 2 * (cells[at + 2] ?? 0), ranks);
      if (standing === 0) return noRule;
    }
    at = cells[at] ?? 0;
  }
  return 31 - Math.clz32(standing & -standing);
}

/** Fills what conjunctions that still stand ask for. False: the identity is one whose patterns have to be walked. */
function fillAsked(
  cells: Int32Array,
  at: number,
  standing: number,
  request: KnownRequest,
  classify: Classifier["classify"],
): boolean {
  const past = at + 1 + 2 * (cells[at] ?? 0);
  for (let read = at + 1; read < past; read += 2) {
    const asks = (standing & (cells[read + 1] ?? 0)) !== 0;
    if (asks && !classify(request, cells[read] ?? 0)) return false;
  }
  return true;
}

/** Which conjunctions the steps at a place leave standing. */
function leftBy(cells: Int32Array, place: number, ranks: Int32Array): number {
  let left = -1;
  let at = place + 1;
  for (let steps = cells[place] ?? 0; steps > 0; steps -= 1) {
    let step = 0;
    let rows = cells[at] ?? 0;
    for (at += 1; rows > 0; rows -= 1) {
      const size = cells[at + 1] ?? 0;
      step |= numberAt(cells, at + 1, size, ranks[cells[at] ?? 0] ?? 0);
      at += 1 + rowLength(size);
    }
    left &= step;
  }
  return left;
}
