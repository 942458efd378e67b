import { type Box, overlap } from "./box.ts";
import { exclusive } from "./exclusive.ts";
import { difference, type Intervals, union, unionOf } from "./intervals.ts";

/** What each of some values has that no other one has. On an axis that values are about it is read off; boxes about several axes stay as they are. */
export interface Lone {
  readonly values: readonly Alone[];
  readonly left: ReadonlyMap<number, Intervals>; // of each axis that values are about: what none of them has
  readonly closed: readonly number[]; // axes of which they have everything
}

/** One value among others. */
export interface Alone {
  readonly own: ReadonlyMap<number, Intervals>; // of an axis: what it alone has, if anything
  readonly free: ReadonlyMap<number, Intervals>; // of each axis it is about: what no other has
  readonly mixed: readonly Box[];
}

/** The boxes of some values, told apart. */
export function alone(values: readonly (readonly Box[])[], sizes: readonly number[]): Lone {
  const made = values.map(() => ({
    own: new Map<number, Intervals>(),
    free: new Map<number, Intervals>(),
  }));
  const left = new Map<number, Intervals>();
  for (const [axis, { places, sets }] of byAxis(values)) {
    const none = difference([0, (sizes[axis] ?? 1) - 1], unionOf(sets));
    left.set(axis, none);
    for (const [index, set] of exclusive(sets).entries()) {
      const value = made[places[index] ?? 0];
      if (set.length > 0) value?.own.set(axis, set);
      value?.free.set(axis, set.length > 0 ? union(none, set) : none);
    }
  }
  return {
    values: made.map((value, at) => ({ ...value, mixed: (values[at] ?? []).filter(isMixed) })),
    left,
    closed: [...left].flatMap(([axis, none]) => (none.length === 0 ? [axis] : [])),
  };
}

function isMixed({ axes }: Box): boolean {
  return axes.length !== 1;
}

interface Column {
  readonly places: number[]; // the values
  readonly sets: Intervals[]; // of each of them
}

function byAxis(values: readonly (readonly Box[])[]): ReadonlyMap<number, Column> {
  const columns = new Map<number, Column>();
  for (const [place, boxes] of values.entries())
    for (const { axes, sets } of boxes) {
      const [axis] = axes;
      const [set] = sets;
      if (axis === undefined || set === undefined || axes.length > 1) continue;
      const column = columns.get(axis) ?? { places: [], sets: [] };
      columns.set(axis, column);
      enter(column, place, set);
    }
  return columns;
}

function enter({ places, sets }: Column, place: number, set: Intervals): void {
  const last = places.length - 1;
  if (places[last] === place) sets[last] = union(sets[last] ?? [], set);
  else {
    places.push(place);
    sets.push(set);
  }
}

/**
 * What of a box no value has but one, by what they say of single axes; undefined: nothing. Looked at are the axes of the value, of the box and of
 * some covers: on all others there is something left.
 */
export function cutTo(
  { left }: Lone,
  { free }: Alone,
  box: Box,
  covers: readonly Box[] = [],
): Box | undefined {
  const looked = new Set([box, ...covers].flatMap(({ axes }) => axes));
  const limits = new Map(free);
  for (const axis of looked) {
    const none = left.get(axis);
    if (none && !free.has(axis)) limits.set(axis, none);
  }
  const axes = [...limits.keys()].sort((a, b) => a - b);
  return overlap(box, { axes, sets: axes.map((axis) => limits.get(axis) ?? []) });
}
