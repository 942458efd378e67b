import { type Box, isInside, setOn, touches } from "./box.ts";
import { type Intervals, size } from "./intervals.ts";

/** Boxes, found by the classes they take on the axes that tell many apart: a bit for each box. */
export interface BoxIndex {
  readonly boxes: readonly Box[];
  readonly tables: ReadonlyMap<number, Table>; // of some axes
  readonly near: Uint32Array; // of the last query: the boxes that may touch
}

interface Table {
  readonly wide: Uint32Array; // boxes that take all or much of the axis
  readonly byClass: ReadonlyMap<number, Members>;
  readonly row: Uint32Array; // of the last query
}

/** The other boxes of a class: their numbers, or a bit for each where there are many. */
type Members = readonly number[] | Uint32Array;

const fewClasses = 4;
const fewBoxes = 32;
const widestQuery = 4096;

/** An index of boxes on a grid with axes of these sizes. */
export function indexOf(boxes: readonly Box[], sizes: readonly number[]): BoxIndex {
  const words = Math.ceil(boxes.length / 32);
  const tables = new Map<number, Table>();
  const useful = boxes.length < fewBoxes ? [] : [...sizes.entries()];
  for (const [axis, width] of useful)
    if (width >= fewClasses && boxes.some((box) => setOn(box, axis)))
      tables.set(axis, tableOf(boxes, axis, { width, words }));
  return { boxes, tables, near: new Uint32Array(words) };
}

function tableOf(
  boxes: readonly Box[],
  axis: number,
  { width, words }: { readonly width: number; readonly words: number },
): Table {
  const wide = new Uint32Array(words);
  const byClass = new Map<number, number[]>();
  for (const [index, box] of boxes.entries()) {
    const set = setOn(box, axis);
    if (!set || size(set) > Math.max(8, width / 8)) mark(wide, index);
    else enter(byClass, set, index);
  }
  const packed = new Map<number, Members>();
  for (const [key, members] of byClass)
    packed.set(key, members.length < words ? members : bitsOf(members, words));
  return { wide, byClass: packed, row: new Uint32Array(words) };
}

function enter(byClass: Map<number, number[]>, set: Intervals, index: number): void {
  for (let at = 0; at < set.length; at += 2)
    for (let key = set[at] ?? 0; key <= (set[at + 1] ?? -1); key += 1) {
      const known = byClass.get(key);
      if (known) known.push(index);
      else byClass.set(key, [index]);
    }
}

function bitsOf(members: readonly number[], words: number): Uint32Array {
  const bits = new Uint32Array(words);
  for (const index of members) mark(bits, index);
  return bits;
}

function mark(bits: Uint32Array, index: number): void {
  bits[index >> 5] = (bits[index >> 5] ?? 0) | (1 << (index & 31));
}

/** The numbers of the boxes that touch a box, in order. */
export function touching(index: BoxIndex, box: Box): readonly number[] {
  return nearTo(index, box).filter((number) => {
    const other = index.boxes[number];
    return other !== undefined && touches(box, other);
  });
}

/** The numbers of the boxes that all of a box is inside of, in order. */
export function holding(index: BoxIndex, box: Box): readonly number[] {
  return nearTo(index, box).filter((number) => {
    const other = index.boxes[number];
    return other !== undefined && isInside(box, other);
  });
}

/** The numbers of all boxes that may touch a box, in order: on no axis with a table are they apart. */
export function nearTo({ boxes, tables, near }: BoxIndex, box: Box): readonly number[] {
  near.fill(-1);
  for (const [at, axis] of box.axes.entries()) {
    const table = tables.get(axis);
    const set = box.sets[at] ?? [];
    if (table && size(set) <= widestQuery) keepOnly(near, table, set);
  }
  return numbersIn(near, boxes.length);
}

/** The numbers below a limit that have their bit set. */
function numbersIn(bits: Uint32Array, limit: number): readonly number[] {
  const found: number[] = [];
  for (let word = 0; word < bits.length; word += 1)
    for (let left = bits[word] ?? 0; left !== 0; left &= left - 1) {
      const number = word * 32 + 31 - Math.clz32(left & -left);
      if (number < limit) found.push(number);
    }
  return found;
}

/** Leaves the boxes that may have one of the classes. */
function keepOnly(near: Uint32Array, table: Table, set: Intervals): void {
  const { wide, byClass, row } = table;
  const [only] = set;
  if (only !== undefined && set.length === 2 && set[1] === only) {
    keepOne(near, wide, byClass.get(only));
    return;
  }
  row.set(wide);
  for (let at = 0; at < set.length; at += 2)
    for (let key = set[at] ?? 0; key <= (set[at + 1] ?? -1); key += 1) add(row, byClass.get(key));
  for (let word = 0; word < near.length; word += 1)
    near[word] = (near[word] ?? 0) & (row[word] ?? 0);
}

/** The same of one class, in one go. */
function keepOne(near: Uint32Array, wide: Uint32Array, members: Members = []): void {
  if (members instanceof Uint32Array) {
    for (let word = 0; word < near.length; word += 1)
      near[word] = (near[word] ?? 0) & ((wide[word] ?? 0) | (members[word] ?? 0));
    return;
  }
  const kept = members.filter((index) => (((near[index >> 5] ?? 0) >>> (index & 31)) & 1) === 1);
  for (let word = 0; word < near.length; word += 1)
    near[word] = (near[word] ?? 0) & (wide[word] ?? 0);
  for (const index of kept) mark(near, index);
}

function add(row: Uint32Array, members: Members = []): void {
  if (members instanceof Uint32Array)
    for (let word = 0; word < row.length; word += 1)
      row[word] = (row[word] ?? 0) | (members[word] ?? 0);
  else for (const index of members) mark(row, index);
}
