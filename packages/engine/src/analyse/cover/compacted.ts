import { type Box, setOn } from "./box.ts";

/** A covering query on the axes alone that its covers are about, numbered anew. */
export interface Compacted {
  readonly box: Box;
  readonly covers: readonly Box[];
  readonly sizes: readonly number[];
}

/** The same question: on the other axes it does not matter where one is. Of a grid with thousands of axes a question is about few. */
export function compacted(box: Box, covers: readonly Box[], sizes: readonly number[]): Compacted {
  const axes = [...new Set(covers.flatMap((cover) => cover.axes))].sort((a, b) => a - b);
  const numbers = new Map(axes.map((axis, number) => [axis, number]));
  const renumbered = (own: Box): readonly number[] =>
    own.axes.map((axis) => numbers.get(axis) ?? 0);
  const kept = axes.filter((axis) => setOn(box, axis) !== undefined);
  const sets = kept.map((axis) => setOn(box, axis) ?? []);
  return {
    box: { axes: renumbered({ axes: kept, sets }), sets },
    covers: covers.map((cover) => ({ axes: renumbered(cover), sets: cover.sets })),
    sizes: axes.map((axis) => sizes[axis] ?? 1),
  };
}
