import type { Arena } from "./arena.ts";
import { end, lastNotAbove } from "./ranks.ts";

/** A number for every rank of a slot. The cuts begin with 0 and ascend: each number is for the ranks from its cut on. */
export interface Row {
  readonly cuts: readonly number[];
  readonly numbers: ArrayLike<number>;
  readonly size: number; // of the slot: how many ranks there are
}

/**
 * Puts a row. Dense: how many ranks, a number each. Spread, where few ranks have a number of their own: which bits of a rank say its
 * place, the number of all others, then a rank and its number in each place. Sparse: minus how many cuts, the cuts, their numbers.
 */
export function putRow(arena: Arena, row: Row): void {
  const { cuts, numbers, size } = row;
  if (size <= 4 * cuts.length + 32) {
    arena.put(size);
    let cut = 0;
    for (let rank = 0; rank < size; rank += 1) {
      while ((cuts[cut + 1] ?? end) <= rank) cut += 1;
      arena.put(numbers[cut] ?? 0);
    }
    return;
  }
  const apart = spreadOf(row);
  if (apart) {
    arena.putAll(apart);
    return;
  }
  arena.put(-cuts.length);
  arena.putAll(cuts);
  for (let cut = 0; cut < cuts.length; cut += 1) arena.put(numbers[cut] ?? 0);
}

/** The head of a spread row, below those of all others; in it, how far to shift a rank, and the mask that is left of it. */
const spreadHead = -0x80000000;
const shiftAt = 16;
const widestMask = 127;
const mostSpread = 40;

/** The cells of a row of few ranks with a number other than most have. Undefined: there are too many, or no bits tell them apart. */
function spreadOf({ cuts, numbers, size }: Row): Int32Array | undefined {
  const usual = numbers[0] ?? 0;
  const ranks: number[] = [];
  const own: number[] = []; // of each of those
  for (let cut = 1; cut < cuts.length; cut += 1) {
    const number = numbers[cut] ?? 0;
    if (number === usual) continue;
    const [low, high] = [cuts[cut] ?? size, cuts[cut + 1] ?? size] as const;
    if (ranks.length + high - low > mostSpread) return undefined;
    for (let rank = low; rank < high; rank += 1) {
      ranks.push(rank);
      own.push(number);
    }
  }
  const found = placesOf(ranks);
  if (!found) return undefined;
  const { shift, mask } = found;
  const cells = new Int32Array(2 * mask + 4).fill(-1);
  cells[0] = spreadHead | (shift << shiftAt) | mask;
  cells[1] = usual;
  for (let at = 0; at < ranks.length; at += 1) {
    const rank = ranks[at] ?? 0;
    const place = 2 + 2 * placeOf(rank, shift, mask);
    cells[place] = rank;
    cells[place + 1] = own[at] ?? 0;
  }
  return cells;
}

/** The fewest places that each of some ranks has one of to itself. */
function placesOf(
  ranks: readonly number[],
): { readonly shift: number; readonly mask: number } | undefined {
  const taken = new Int32Array(widestMask + 1); // in which attempt each place was taken last
  let attempt = 0;
  for (let mask = 1; mask <= widestMask; mask = mask * 2 + 1)
    for (let shift = 0; mask + 1 >= ranks.length && shift <= farthestShift; shift += 1) {
      attempt += 1;
      if (areApart(ranks, { shift, mask }, taken, attempt)) return { shift, mask };
    }
  return undefined;
}

function areApart(
  ranks: readonly number[],
  { shift, mask }: { readonly shift: number; readonly mask: number },
  taken: Int32Array,
  attempt: number,
): boolean {
  for (const rank of ranks) {
    const place = placeOf(rank, shift, mask);
    if (taken[place] === attempt) return false;
    taken[place] = attempt;
  }
  return true;
}

/** Some bits of a rank, once all of its bits have come together in the upper ones. */
function placeOf(rank: number, shift: number, mask: number): number {
  return (Math.imul(rank, 0x9e3779b1) >>> shift) & mask;
}

const farthestShift = 28;

/** The number of a rank in a row of `putRow` that begins at a place. `size`: its first cell, which says of which form it is. */
export function numberAt(cells: Int32Array, row: number, size: number, rank: number): number {
  if (size >= 0) return cells[row + 1 + rank] ?? 0;
  if (size < spreadHead >> 1) {
    const place = row + 2 + (placeOf(rank, (size >> shiftAt) & 31, size & widestMask) << 1);
    return cells[cells[place] === rank ? place + 1 : row + 1] ?? 0;
  }
  const cuts = row + 1;
  if (size === oneRange) return cells[cuts + 3 + placeAmongThree(cells, cuts, rank)] ?? 0;
  return cells[lastNotAbove(cells, rank, cuts, cuts - size) - size] ?? 0;
}

/** The head of a sparse row of three cuts, mostly one range and the ranks on both sides of it: compared with each, not searched. */
const oneRange = -3;

function placeAmongThree(cells: Int32Array, cuts: number, rank: number): number {
  if (rank < (cells[cuts + 1] ?? 0)) return 0;
  return rank < (cells[cuts + 2] ?? 0) ? 1 : 2;
}

/** How many cells a row has, by its first one. */
export function rowLength(size: number): number {
  if (size >= 0) return size + 1;
  return size < spreadHead >> 1 ? 4 + ((size & widestMask) << 1) : 1 - 2 * size;
}

/** All cuts between the ranges of a row. */
export function cutsOf(
  ranges: readonly { readonly low: number; readonly high: number }[],
): number[] {
  const cuts = [0];
  if (ranges.length > few) for (const cut of sortedCuts(ranges)) addCut(cuts, cut);
  else
    for (const { low, high } of ranges) {
      addCut(cuts, low);
      addCut(cuts, high);
    }
  return cuts;
}

/** Of so few ranges each is put where it belongs. */
const few = 32;

function sortedCuts(
  ranges: readonly { readonly low: number; readonly high: number }[],
): Int32Array {
  return Int32Array.from(ranges.flatMap(({ low, high }) => [low, high])).sort();
}

/** Puts a cut where it belongs, once: at the end, if it is the largest. */
function addCut(cuts: number[], cut: number): void {
  if (cut >= end) return;
  let at = cuts.length;
  while (at > 0 && (cuts[at - 1] ?? 0) > cut) at -= 1;
  if (cuts[at - 1] !== cut) cuts.splice(at, 0, cut);
}
