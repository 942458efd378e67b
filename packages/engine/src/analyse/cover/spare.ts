import { type Box, overlap } from "./box.ts";
import { type BoxIndex, indexOf, touching } from "./box-index.ts";
import { compacted } from "./compacted.ts";
import { type Filed, file, filedAt } from "./filed.ts";
import { type Alone, alone, cutTo, type Lone } from "./lone.ts";
import { type Effort, isCoveredBy } from "./uncovered.ts";

/** Values as boxes. What counts of them is around them, and what is taken anyway does not count. */
export interface Values {
  readonly values: readonly (readonly Box[])[];
  readonly around: readonly Box[];
  readonly taken: readonly Box[];
}

/** What is asked of each value, and is the same for all. */
interface Asking {
  readonly sizes: readonly number[];
  readonly effort: Effort;
  readonly lone: Lone;
  readonly around: Filed;
  readonly taken: Filed;
  readonly mixed: { readonly index: BoxIndex; readonly owners: readonly number[] };
}

/**
 * Which values nobody would miss: what counts of them, the others have as well or is taken anyway. What a value alone has of an axis is read off
 * once for all of them, so that of thousands of values each is a question about what is particular to it.
 */
export function spare(
  { values, around, taken }: Values,
  sizes: readonly number[],
  effort: Effort,
): (at: number) => boolean {
  const lone = alone(values, sizes);
  const asking: Asking = {
    sizes,
    effort,
    lone,
    around: file(around, lone.left, sizes),
    taken: file(taken, lone.left, sizes),
    mixed: mixedOf(lone.values, sizes),
  };
  return (at) => isSpare(asking, at);
}

/** The boxes of values that are about several axes at once. */
function mixedOf(values: readonly Alone[], sizes: readonly number[]): Asking["mixed"] {
  const owners = values.flatMap(({ mixed }, at) => mixed.map(() => at));
  const boxes = values.flatMap(({ mixed }) => mixed);
  return { index: indexOf(boxes, sizes), owners };
}

function isSpare(asking: Asking, at: number): boolean {
  const { lone, around } = asking;
  const value = lone.values[at];
  if (!value || lone.closed.some((axis) => !value.free.has(axis))) return true;
  return piecesOf(value).every((piece) =>
    filedAt(around, piece, value.free.keys()).every((part) => {
      const both = overlap(piece, part);
      const region = both && cutTo(lone, value, both);
      return !region || isTaken(asking, at, region);
    }),
  );
}

/** What a value alone has of each axis, and its boxes about several. */
function piecesOf({ own, mixed }: Alone): readonly Box[] {
  return [...[...own].map(([axis, set]) => ({ axes: [axis], sets: [set] })), ...mixed];
}

function isTaken({ lone, taken, mixed, sizes, effort }: Asking, at: number, region: Box): boolean {
  const value = lone.values[at];
  if (!value) return true;
  const others = touching(mixed.index, region)
    .filter((number) => mixed.owners[number] !== at)
    .flatMap((number) => mixed.index.boxes[number] ?? []);
  const covers = [...filedAt(taken, region, value.free.keys()), ...others];
  if (covers.length === 0) return false;
  const area = cutTo(lone, value, region, covers);
  if (!area) return true;
  const asked = compacted(area, covers, sizes);
  return isCoveredBy(asked.box, asked.covers, asked.sizes, effort);
}
