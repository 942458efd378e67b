import { exceeded } from "../budget.ts";
import { type Alphabet, alphabetOf, rank } from "./alphabet.ts";
import { type Nondeterministic, nondeterministic } from "./nondeterministic.ts";
import type { Expression } from "./regular.ts";

/** Values that the same patterns match. `value`: the shortest and most ordinary one. */
export interface ValueClass {
  readonly patterns: readonly number[]; // in order
  readonly value: string;
  readonly state: number;
}

/**
 * Several patterns and a language as one deterministic automaton. A class is a set of patterns that some value of the language
 * matches together: the classes are disjoint, none is empty, and every pattern is a union of them.
 */
export interface Automaton {
  readonly size: number;
  readonly classes: readonly ValueClass[];
  readonly classOf: Int32Array; // state to class, -1: no value ends there
  readonly alphabet: Alphabet;
  readonly rows: readonly Row[];
}

/** Where a state leads: by character, or by the group of a character that no pattern spells there. */
interface Row {
  readonly literal: ReadonlyMap<number, number> | undefined;
  readonly group: Int32Array;
}

/** Where a character leads from a state; -1: out of the language. */
export function step({ rows, alphabet }: Automaton, state: number, code: number): number {
  const row = rows[state];
  if (!row) return -1;
  const found = row.literal?.get(code);
  if (found !== undefined) return found;
  const group = alphabet.groupOf(code);
  return group < 0 ? -1 : (row.group[group] ?? -1);
}

/** The state a value ends in; -1: it is not of the language. */
export function run(automaton: Automaton, value: string): number {
  let state = 0;
  for (let at = 0; at < value.length && state >= 0; at += 1)
    state = step(automaton, state, value.charCodeAt(at));
  return state;
}

/** The class of a value; -1: it is not of the language. */
export function classify(automaton: Automaton, value: string): number {
  const state = run(automaton, value);
  return state < 0 ? -1 : (automaton.classOf[state] ?? -1);
}

interface Work {
  readonly machine: Nondeterministic;
  readonly alphabet: Alphabet;
  readonly closures: (Int32Array | undefined)[];
  readonly index: Map<string, number>;
  readonly members: Int32Array[];
  readonly parents: number[];
  readonly via: number[];
  readonly rows: Row[];
  readonly most: number;
}

/** Builds the joint automaton, nearest states first. `most`: so many states, or the budget is exceeded. */
export function automatonOf(
  patterns: readonly Expression[],
  language: Expression,
  most: number,
): Automaton {
  const machine = nondeterministic(patterns, language);
  const work: Work = {
    machine,
    alphabet: alphabetOf(machine),
    closures: [],
    index: new Map(),
    members: [],
    parents: [],
    via: [],
    rows: [],
    most,
  };
  intern(work, merge(work, [machine.start, machine.language]), -1, 0);
  for (let state = 0; state < work.members.length; state += 1) work.rows.push(rowOf(work, state));
  return {
    ...classesOf(work),
    size: work.members.length,
    alphabet: work.alphabet,
    rows: work.rows,
  };
}

/** The number of a set of positions; -1 where the language can go no further. */
function intern(work: Work, positions: Int32Array, parent: number, code: number): number {
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

function merge(work: Work, targets: readonly number[]): Int32Array {
  const [only] = targets;
  if (targets.length === 1 && only !== undefined) return closure(work, only);
  const all = new Set<number>();
  for (const target of targets) for (const position of closure(work, target)) all.add(position);
  return Int32Array.from(all).sort();
}

/** The positions that are reached without a character and matter: something leads on from them, or a pattern ends. */
function closure(work: Work, position: number): Int32Array {
  const known = work.closures[position];
  if (known) return known;
  const { empty, literals, sets, ends, whole } = work.machine;
  const seen = new Set([position]);
  for (const each of seen) for (const next of empty[each] ?? []) seen.add(next);
  const useful = [...seen].filter(
    (each) => literals[each] || sets[each] || ends.has(each) || each === whole,
  );
  const made = Int32Array.from(useful).sort();
  work.closures[position] = made;
  return made;
}

/** The most ordinary characters first: then the first way to a state is the nicest of the shortest. */
function rowOf(work: Work, state: number): Row {
  const { alphabet } = work;
  const { literal, bySet } = edges(work, state);
  const bases = alphabet.groups.map((_, group) => baseOf(work, bySet, group));
  const group = new Int32Array(alphabet.groups.length).fill(-1);
  const row = literal.size > 0 ? new Map<number, number>() : undefined;
  for (const { code, group: number } of waysOut(alphabet, literal)) {
    const base = bases[number < 0 ? alphabet.groupOf(code) : number] ?? [];
    const targets = number < 0 ? [...(literal.get(code) ?? []), ...base] : base;
    const next = targets.length > 0 ? intern(work, merge(work, targets), state, code) : -1;
    if (number < 0) row?.set(code, next);
    else group[number] = next;
  }
  return { literal: row, group };
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

function edges(
  { machine, members }: Work,
  state: number,
): { readonly literal: Map<number, number[]>; readonly bySet: number[] } {
  const literal = new Map<number, number[]>();
  const bySet: number[] = [];
  for (const position of members[state] ?? []) {
    const spelled = machine.literals[position];
    if (spelled)
      for (const [code, target] of spelled) {
        const known = literal.get(code);
        if (known) known.push(target);
        else literal.set(code, [target]);
      }
    const free = machine.sets[position];
    if (free) for (const [set, target] of free) bySet.push(set, target);
  }
  return { literal, bySet };
}

function baseOf({ alphabet }: Work, bySet: readonly number[], group: number): readonly number[] {
  const targets: number[] = [];
  for (let at = 0; at < bySet.length; at += 2)
    if (alphabet.holds(bySet[at] ?? 0, group)) targets.push(bySet[at + 1] ?? 0);
  return targets;
}

function classesOf(work: Work): Pick<Automaton, "classes" | "classOf"> {
  const { members, machine } = work;
  const classOf = new Int32Array(members.length).fill(-1);
  const classes: ValueClass[] = [];
  const known = new Map<string, number>();
  for (const [state, positions] of members.entries()) {
    if (!positions.includes(machine.whole)) continue;
    const patterns: number[] = [];
    for (const position of positions) patterns.push(...(machine.ends.get(position) ?? []));
    patterns.sort((a, b) => a - b);
    const key = patterns.join();
    const found = known.get(key) ?? classes.length;
    if (found === classes.length) {
      known.set(key, found);
      classes.push({ patterns, value: wordTo(work, state), state });
    }
    classOf[state] = found;
  }
  return { classes, classOf };
}

function wordTo({ parents, via }: Work, state: number): string {
  const codes: number[] = [];
  for (let at = state; at > 0; at = parents[at] ?? -1) codes.push(via[at] ?? 0);
  return String.fromCharCode(...codes.reverse());
}
