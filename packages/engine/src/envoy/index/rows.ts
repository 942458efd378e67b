import type { Arena } from "./arena.ts";
import { end, lastNotAbove } from "./ranks.ts";

/** A number for every rank of a slot. The cuts begin with 0 and ascend: each number is for the ranks from its cut on. */
export interface Row {
  readonly cuts: readonly number[];
  readonly numbers: ArrayLike<number>;
  readonly size: number; // of the slot: how many ranks there are
}

/** Puts a row. Dense: how many ranks, a number each. Or sparse: minus how many cuts, the cuts, their numbers. */
export function putRow(arena: Arena, { cuts, numbers, size }: Row): void {
  if (size > 4 * cuts.length + 32) {
    arena.put(-cuts.length);
    arena.putAll(cuts);
    for (let cut = 0; cut < cuts.length; cut += 1) arena.put(numbers[cut] ?? 0);
    return;
  }
  arena.put(size);
  let cut = 0;
  for (let rank = 0; rank < size; rank += 1) {
    while ((cuts[cut + 1] ?? end) <= rank) cut += 1;
    arena.put(numbers[cut] ?? 0);
  }
}

/** The number of a rank in a row that begins at a place with its size. */
export function numberAt(cells: Int32Array, row: number, size: number, rank: number): number {
  if (size >= 0) return cells[row + 1 + rank] ?? 0;
  const cuts = row + 1;
  return cells[lastNotAbove(cells, rank, cuts, cuts - size) - size] ?? 0;
}

/** How many cells a row of a size has. */
export function rowLength(size: number): number {
  return size >= 0 ? size + 1 : 1 - 2 * size;
}

/** All cuts between the ranges of a row. */
export function cutsOf(
  ranges: readonly { readonly low: number; readonly high: number }[],
): number[] {
  const cuts = new Set([0, ...ranges.flatMap(({ low, high }) => [low, high])]);
  return [...cuts].filter((cut) => cut < end).sort((a, b) => a - b);
}
