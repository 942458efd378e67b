import type { Arena } from "./arena.ts";
import type { Conjunction, Ranged } from "./conjunctions.ts";
import { isPattern } from "./pattern-texts.ts";
import { end, indexIn, type Range } from "./ranks.ts";
import { readsOf, slotsOf } from "./reads.ts";
import { cutsOf, putRow, type Row } from "./rows.ts";
import { slots } from "./slots.ts";
import type { Vocabulary } from "./vocabulary.ts";

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
 * blocks; for each the bits of those that ask, where its single patterns are (0: nowhere), and where its steps are. Then single patterns, a
 * cell for each conjunction (`singleOf`). Then the steps of the blocks, short ones first, so that what is read of a filter lies close
 * together.
 */
export function compileMasks(
  arena: Arena,
  conjunctions: readonly Conjunction[],
  vocabulary: Vocabulary,
): void {
  const all = conjunctions.length === mostBits ? -1 : (1 << conjunctions.length) - 1;
  const families = new Map<number, Step[]>();
  for (const step of stepsOf(conjunctions)) {
    const before = families.get(step.family);
    if (before) before.push(step);
    else families.set(step.family, [step]);
  }
  const blocks = [...families].sort(([a], [b]) => turnOf(a) - turnOf(b));
  arena.putAll([all, blocks.length]);
  const heads = arena.length();
  for (const [, steps] of blocks) arena.putAll([bitsOf(steps), 0, 0]);
  const path = blocks.findIndex(([family]) => family === slots.path);
  if (path >= 0) {
    arena.set(heads + path * headLength + 1, arena.length());
    const items = blocks[path]?.[1].flatMap((step) => step.items) ?? [];
    for (const index of conjunctions.keys()) arena.put(singleOf(items, 1 << index, vocabulary));
  }
  const { sizeOf } = vocabulary;
  const short = [...blocks.entries()].sort(([, [a]], [, [b]]) => sizeOf(a) - sizeOf(b));
  for (const [block, [, steps]] of short) {
    arena.set(heads + block * headLength + 2, arena.length());
    putSteps(arena, steps, all, sizeOf);
  }
}

/** How many cells say of a block what it asks and where it is. */
export const headLength = 3;

/** Cells: how many slots steps fill, each with the bits that ask for it; how many steps; for each how many rows, those with their slots. */
function putSteps(
  arena: Arena,
  steps: readonly Step[],
  all: number,
  sizeOf: (slot: number) => number,
): void {
  putAsked(
    arena,
    steps.flatMap(({ items }) => items),
  );
  arena.put(steps.length);
  for (const { items } of steps) putStep(arena, items, all, sizeOf);
}

function bitsOf(some: readonly { readonly bits: number }[]): number {
  return some.reduce((all, { bits }) => all | bits, 0);
}

/** The one pattern of paths that a conjunction asks for: its first rank << 1, | 1 if it is an end; 0: it asks for more, or otherwise. */
function singleOf(items: readonly Item[], bit: number, { paths }: Vocabulary): number {
  const [item, ...more] = items.filter((each) => each.bit === bit);
  const [range, ...others] = item?.ranges ?? [];
  if (!item || item.negated || more.length > 0 || !range || others.length > 0) return 0;
  const { slot, low, high } = range;
  const isBackward = slot === slots.pathB;
  if (!isPattern(isBackward ? paths.backward : paths.forward, low, high)) return 0;
  return (low << 1) | (isBackward ? 1 : 0);
}

/** Puts how many slots some conjunctions look at, and each with their bits. */
function putAsked(arena: Arena, items: readonly Item[]): void {
  const asked: number[] = [];
  const bits: number[] = [];
  for (const item of items)
    for (const slot of readsOf(item.ranges)) {
      const at = asked.indexOf(slot);
      if (at < 0) bits[asked.push(slot) - 1] = item.bit;
      else bits[at] = (bits[at] ?? 0) | item.bit;
    }
  arena.put(asked.length);
  for (const [at, slot] of asked.entries()) {
    arena.put(slot);
    arena.put(bits[at] ?? 0);
  }
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
  readonly items: Item[];
  bits: number;
}

/** Clauses that look at the same go into one step, but two of one conjunction, which must both hold, never do. */
function stepsOf(conjunctions: readonly Conjunction[]): readonly Step[] {
  const steps: Step[] = [];
  for (let index = 0; index < conjunctions.length; index += 1)
    for (const clause of conjunctions[index]?.all ?? [])
      for (const item of itemsOf(clause, 1 << index)) addItem(steps, item);
  return steps;
}

function addItem(steps: Step[], item: Item): void {
  const family = familyOf(item.ranges);
  for (const step of steps)
    if (step.family === family && (step.bits & item.bit) === 0) {
      step.items.push(item);
      step.bits |= item.bit;
      return;
    }
  steps.push({ family, items: [item], bits: item.bit });
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
  const used = slotsIn(items);
  const bySlot = used.length === 0 ? [0] : used; // clauses that never hold look at nothing
  const others = all & ~items.reduce((bits, { bit }) => bits | bit, 0);
  arena.put(bySlot.length);
  for (const [row, slot] of bySlot.entries()) {
    const own = used.length === 1 ? items : itemsAt(items, slot);
    arena.put(slot);
    putRow(arena, masksOf(own, row === 0 ? others : 0, sizeOf(slot)));
  }
}

function slotsIn(items: readonly Item[]): readonly number[] {
  const [first] = items;
  const slot = first?.ranges[0]?.slot;
  const isOne = items.every(({ ranges }) => ranges.every((range) => range.slot === slot));
  if (isOne && slot !== undefined) return [slot];
  return slotsOf(items.flatMap(({ ranges }) => ranges));
}

/** The part of each that is about one slot. */
function itemsAt(items: readonly Item[], slot: number): readonly Item[] {
  return items
    .map((item) => ({ ...item, ranges: item.ranges.filter((range) => range.slot === slot) }))
    .filter(({ ranges }) => ranges.length > 0);
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
