import { type Box, setOn, touches } from "./box.ts";
import { numbersOf, size } from "./intervals.ts";

/** Boxes by the classes of the two axes that tell them apart best. */
export interface BoxIndex {
  readonly boxes: readonly Box[];
  readonly tables: readonly Table[];
  readonly seen: Int32Array; // of each box: the last query that met it
  queries: number;
}

interface Table {
  readonly axis: number;
  readonly wide: readonly number[]; // boxes that take much of the axis
  readonly byClass: ReadonlyMap<number, readonly number[]>;
}

const fewClasses = 4;
const widestQuery = 4096;

/** An index of boxes on a grid with axes of these sizes. */
export function indexOf(boxes: readonly Box[], sizes: readonly number[]): BoxIndex {
  const load = new Float64Array(sizes.length);
  const listed = new Int32Array(sizes.length);
  for (const { axes, sets } of boxes)
    for (const [at, axis] of axes.entries()) {
      load[axis] = (load[axis] ?? 0) + size(sets[at] ?? []);
      listed[axis] = (listed[axis] ?? 0) + 1;
    }
  const scores = sizes.map((width, axis) => ({
    axis,
    score:
      width < fewClasses
        ? Number.POSITIVE_INFINITY
        : (load[axis] ?? 0) / width + boxes.length - (listed[axis] ?? 0),
  }));
  const best = scores.filter(({ score }) => score < boxes.length).sort((a, b) => a.score - b.score);
  const tables = best.slice(0, 2).map(({ axis }) => tableOf(boxes, axis, sizes[axis] ?? 1));
  return { boxes, tables, seen: new Int32Array(boxes.length), queries: 0 };
}

function tableOf(boxes: readonly Box[], axis: number, width: number): Table {
  const wide: number[] = [];
  const byClass = new Map<number, number[]>();
  for (const [index, box] of boxes.entries()) {
    const set = setOn(box, axis);
    if (!set || size(set) > width / 8) wide.push(index);
    else for (const each of numbersOf(set)) enter(byClass, each, index);
  }
  return { axis, wide, byClass };
}

function enter(byClass: Map<number, number[]>, key: number, index: number): void {
  const known = byClass.get(key);
  if (known) known.push(index);
  else byClass.set(key, [index]);
}

/** The numbers of the boxes that touch a box. */
export function touching(index: BoxIndex, box: Box): readonly number[] {
  const { boxes, tables, seen } = index;
  const candidates = tables
    .flatMap((table) => candidatesIn(table, box) ?? [])
    .sort((a, b) => a.count - b.count)[0];
  if (!candidates) return boxes.flatMap((other, number) => (touches(box, other) ? [number] : []));
  const found: number[] = [];
  index.queries += 1;
  for (const list of candidates.lists)
    for (const number of list) {
      const other = boxes[number];
      if (seen[number] === index.queries || !other) continue;
      seen[number] = index.queries;
      if (touches(box, other)) found.push(number);
    }
  return found;
}

interface Candidates {
  readonly count: number;
  readonly lists: readonly (readonly number[])[];
}

function candidatesIn({ axis, wide, byClass }: Table, box: Box): Candidates | undefined {
  const set = setOn(box, axis);
  if (!set || size(set) > widestQuery) return undefined;
  const lists: (readonly number[])[] = [wide];
  for (const each of numbersOf(set)) lists.push(byClass.get(each) ?? []);
  return { count: lists.reduce((sum, list) => sum + list.length, 0), lists };
}
