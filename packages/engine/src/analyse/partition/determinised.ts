import { exceeded } from "../budget.ts";
import { type Alphabet, rank } from "./alphabet.ts";
import type { Nondeterministic } from "./nondeterministic.ts";

/** Where a state leads: by character, or by the group of a character that no pattern spells there. */
export interface Row {
  readonly literal: ReadonlyMap<number, number> | undefined;
  readonly group: Int32Array;
}

/** Sets of positions that some text leads to, in the order in which they were found: the nearest first. */
export interface States {
  readonly members: readonly (readonly number[])[];
  readonly parents: readonly number[]; // from which state each was reached first
  readonly via: readonly number[]; // by which character
  readonly rows: readonly Row[];
}

interface Work {
  readonly machine: Nondeterministic;
  readonly alphabet: Alphabet;
  readonly closures: (readonly number[] | undefined)[];
  readonly index: Map<string, number>;
  readonly members: (readonly number[])[];
  readonly parents: number[];
  readonly via: number[];
  readonly byTargets: Map<string, number>; // where some positions lead together
  readonly onward: Map<string, Onward>; // of the edges on sets of characters that a state has
  readonly most: number;
}

/** Where characters lead that are spelled nowhere in a state. */
interface Onward {
  readonly bases: readonly (readonly number[])[]; // the positions, of each group
  group?: Int32Array; // the states, once they were asked for all groups
}

/** The subset construction. `most`: so many states, or the budget is exceeded. */
export function determinised(machine: Nondeterministic, alphabet: Alphabet, most: number): States {
  const work: Work = {
    machine,
    alphabet,
    closures: [],
    index: new Map(),
    members: [],
    parents: [],
    via: [],
    byTargets: new Map(),
    onward: new Map(),
    most,
  };
  const rows: Row[] = [];
  follow(work, [machine.start, machine.language], -1, 0);
  for (let state = 0; state < work.members.length; state += 1) rows.push(rowOf(work, state));
  return { ...work, rows };
}

/** The state that some positions lead to together; -1 where the language can go no further. */
function follow(work: Work, targets: readonly number[], parent: number, code: number): number {
  if (targets.length === 0) return -1;
  const key = targets.join();
  const known = work.byTargets.get(key);
  if (known !== undefined) return known;
  const made = intern(work, merge(work, targets), parent, code);
  work.byTargets.set(key, made);
  return made;
}

/** The number of a set of positions; -1 where the language can go no further. */
function intern(work: Work, positions: readonly number[], parent: number, code: number): number {
  const last = positions.at(-1);
  if (last === undefined || last < work.machine.language) return -1;
  const key = positions.join();
  const known = work.index.get(key);
  if (known !== undefined) return known;
  const number = work.members.length;
  if (number >= work.most) exceeded("states", work.most);
  work.index.set(key, number);
  work.members.push(positions);
  work.parents.push(parent);
  work.via.push(code);
  return number;
}

function merge(work: Work, targets: readonly number[]): readonly number[] {
  const [only] = targets;
  if (targets.length === 1 && only !== undefined) return closure(work, only);
  const all: number[] = [];
  let last = -1;
  let isSorted = true;
  for (let index = 0; index < targets.length; index += 1) {
    const reached = closure(work, targets[index] ?? 0);
    for (let at = 0; at < reached.length; at += 1) {
      const position = reached[at] ?? 0;
      isSorted &&= position > last;
      last = position;
      all.push(position);
    }
  }
  if (isSorted) return all;
  const sorted = [...new Int32Array(all).sort()];
  return sorted.filter((position, at) => position !== sorted[at - 1]);
}

/** The positions that are reached without a character and matter: something leads on from them, or a pattern ends. */
function closure(work: Work, position: number): readonly number[] {
  const known = work.closures[position];
  if (known) return known;
  const { machine } = work;
  const made = machine.empty[position]
    ? reachedFrom(machine, position).filter((each) => matters(machine, each))
    : matters(machine, position)
      ? [position]
      : [];
  work.closures[position] = made;
  return made;
}

function reachedFrom({ empty }: Nondeterministic, position: number): readonly number[] {
  const seen = new Set([position]);
  for (const each of seen) for (const next of empty[each] ?? []) seen.add(next);
  return [...seen].sort((a, b) => a - b);
}

function matters({ literals, sets, ends, whole }: Nondeterministic, position: number): boolean {
  return (
    literals[position] !== undefined ||
    sets[position] !== undefined ||
    position === whole ||
    ends.has(position)
  );
}

/** The most ordinary characters first: then the first way to a state is the nicest of the shortest. */
function rowOf(work: Work, state: number): Row {
  const { alphabet } = work;
  const { literal, bySet } = edges(work, state);
  const onward = onwardFrom(work, bySet);
  const row = literal.size > 0 ? new Map<number, number>() : undefined;
  const spell = (code: number): void => {
    const base = onward.bases[alphabet.groupOf(code)] ?? [];
    row?.set(code, follow(work, (literal.get(code) ?? []).concat(base), state, code));
  };
  if (onward.group) {
    for (const code of ordered(literal)) spell(code);
    return { literal: row, group: onward.group };
  }
  const group = new Int32Array(alphabet.groups.length).fill(-1);
  const ways = waysOut(alphabet, literal);
  for (const { code, group: number } of ways)
    if (number < 0) spell(code);
    else group[number] = follow(work, onward.bases[number] ?? [], state, code);
  if (ways.length - literal.size === alphabet.groups.length) onward.group = group;
  return { literal: row, group };
}

function ordered(literal: ReadonlyMap<number, unknown>): Iterable<number> {
  return literal.size < 2 ? literal.keys() : [...literal.keys()].sort((a, b) => rank(a) - rank(b));
}

function onwardFrom(work: Work, bySet: readonly number[]): Onward {
  const key = bySet.join();
  const known = work.onward.get(key);
  if (known) return known;
  const made = { bases: work.alphabet.groups.map((_, group) => baseOf(work, bySet, group)) };
  work.onward.set(key, made);
  return made;
}

interface Way {
  readonly code: number;
  readonly group: number; // -1: a character that is spelled here
}

function waysOut(alphabet: Alphabet, literal: ReadonlyMap<number, unknown>): readonly Way[] {
  const ways: Way[] = [];
  for (const code of literal.keys()) ways.push({ code, group: -1 });
  for (const [group, known] of alphabet.groups.entries()) {
    const code = known ?? spelledElsewhere(alphabet, group, literal);
    if (code !== undefined) ways.push({ code, group });
  }
  return ways.sort((a, b) => rank(a.code) - rank(b.code));
}

/** Of a group whose characters are all spelled by some pattern: one that is not spelled here. */
function spelledElsewhere(
  { letters, groupOf }: Alphabet,
  group: number,
  literal: ReadonlyMap<number, unknown>,
): number | undefined {
  return letters.find((code) => groupOf(code) === group && !literal.has(code));
}

/** Loops count, here and where positions are merged: an iterator makes an object for each step, and most steps are here. */
function edges(
  { machine, members }: Work,
  state: number,
): { readonly literal: Map<number, number[]>; readonly bySet: number[] } {
  const literal = new Map<number, number[]>();
  const bySet: number[] = [];
  const positions = members[state] ?? [];
  for (let at = 0; at < positions.length; at += 1) {
    const position = positions[at] ?? 0;
    const spelled = machine.literals[position];
    if (spelled) addTargets(literal, spelled);
    const free = machine.sets[position];
    if (free) bySet.push(...free);
  }
  return { literal, bySet };
}

function addTargets(targets: Map<number, number[]>, spelled: readonly number[]): void {
  for (let at = 0; at < spelled.length; at += 2) {
    const code = spelled[at] ?? 0;
    const target = spelled[at + 1] ?? 0;
    const known = targets.get(code);
    if (known) known.push(target);
    else targets.set(code, [target]);
  }
}

function baseOf({ alphabet }: Work, bySet: readonly number[], group: number): readonly number[] {
  const targets: number[] = [];
  for (let at = 0; at < bySet.length; at += 2)
    if (alphabet.holds(bySet[at] ?? 0, group)) targets.push(bySet[at + 1] ?? 0);
  return targets;
}
