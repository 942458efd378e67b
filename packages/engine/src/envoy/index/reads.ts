import type { Arena } from "./arena.ts";
import type { Classifier } from "./classify.ts";
import type { KnownRequest } from "./known-request.ts";
import type { Range } from "./ranks.ts";
import { slots } from "./slots.ts";

/** Puts how many slots some ranges look at, and which. An identity fills all of its slots at once. */
export function putReads(arena: Arena, ranges: readonly Range[]): void {
  const reads = readsOf(ranges);
  arena.put(reads.length);
  arena.putAll(reads);
}

/** The slots to fill before some ranges can be looked at. */
export function readsOf(ranges: readonly Range[]): readonly number[] {
  return distinct(ranges, (slot) => (slot <= slots.namespaceB ? slots.peer : slot));
}

/** Fills the slots that are put at a place. False: the identity is one whose patterns have to be walked. */
export function fill(
  cells: Int32Array,
  at: number,
  request: KnownRequest,
  classify: Classifier["classify"],
): boolean {
  const past = at + 1 + (cells[at] ?? 0);
  for (let read = at + 1; read < past; read += 1)
    if (!classify(request, cells[read] ?? 0)) return false;
  return true;
}

/** The slots that some ranges look at. */
export function slotsOf(ranges: readonly Range[]): readonly number[] {
  return distinct(ranges, (slot) => slot);
}

/** So few ranges have few slots: to look through them takes less than to make a set. */
const few = 32;

function distinct(ranges: readonly Range[], of: (slot: number) => number): readonly number[] {
  if (ranges.length > few) return [...new Set(ranges.map(({ slot }) => of(slot)))];
  const found: number[] = [];
  for (const { slot } of ranges) if (!found.includes(of(slot))) found.push(of(slot));
  return found;
}
