import type { Arena } from "./arena.ts";
import type { Conjunction, Ranged } from "./conjunctions.ts";
import { end, indexIn, type Range } from "./ranks.ts";
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

/** Where the two blocks of steps begin: those that look at the caller, then the others. */
export interface Masks {
  readonly all: number; // the bits of all conjunctions
  readonly byPeer: number;
  readonly others: number;
}

/**
 * Up to 32 conjunctions as bits, the first the lowest. A step is a row of masks for each of some slots: which conjunctions a rank
 * leaves standing; the rows of a step are united, the steps intersected. Most requests fall at the caller: the rest of them is
 * then not even looked at. Cells of a block: how many steps; for each how many rows; for each its slot, then a row of
 * masks.
 */
export function compileMasks(
  arena: Arena,
  conjunctions: readonly Conjunction[],
  sizeOf: (slot: number) => number,
): Masks {
  const all = conjunctions.length === mostBits ? -1 : (1 << conjunctions.length) - 1;
  const steps = stepsOf(conjunctions);
  const putBlock = (block: readonly Step[]): number => {
    const start = arena.length();
    arena.put(block.length);
    for (const { items } of block) putStep(arena, items, all, sizeOf);
    return start;
  };
  const byPeer = putBlock(steps.filter(({ family }) => family === slots.peer));
  return { all, byPeer, others: putBlock(steps.filter(({ family }) => family !== slots.peer)) };
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

/** Slots that one value fills share their steps. An identity whose patterns must also be tested by themselves comes later. */
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

function slotsOf(ranges: readonly Range[]): readonly number[] {
  return [...new Set(ranges.map(({ slot }) => slot))];
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

/** Which of the standing conjunctions a block leaves standing. The inverse of `compileMasks`; nothing is made on the way. */
export function intersect(
  cells: Int32Array,
  block: number,
  standing: number,
  ranks: Int32Array,
): number {
  let left = standing;
  let at = block + 1;
  for (let steps = cells[block] ?? 0; steps > 0 && left !== 0; steps -= 1) {
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

/** The lowest bit: the first conjunction. -1: there is none. */
export function lowest(standing: number): number {
  return standing === 0 ? -1 : 31 - Math.clz32(standing & -standing);
}
