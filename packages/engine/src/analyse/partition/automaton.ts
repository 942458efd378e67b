import { type Alphabet, alphabetOf, textOf } from "./alphabet.ts";
import { determinised, type Row, type States } from "./determinised.ts";
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

const numbers = new WeakMap<Expression, number>();
let numbered = 0;

/** The same number for the same expression, not for an equal one. */
function numberOf(expression: Expression): number {
  const known = numbers.get(expression) ?? numbered;
  if (known === numbered) {
    numbers.set(expression, known);
    numbered += 1;
  }
  return known;
}

/** Small automata by their language and their patterns: often many attributes are asked for the same, such as whether they are there. */
const built = new WeakMap<Expression, Map<string, Automaton>>();
const fewPatterns = 8;
const fewStates = 64;
const mostKept = 1000; // of a language

/** The joint automaton, nearest states first. `most`: so many states, or the budget is exceeded. */
export function automatonOf(
  patterns: readonly Expression[],
  language: Expression,
  most: number,
): Automaton {
  if (patterns.length > fewPatterns) return build(patterns, language, most);
  const key = patterns.map(numberOf).join();
  const ofLanguage = built.get(language) ?? new Map<string, Automaton>();
  built.set(language, ofLanguage);
  const known = ofLanguage.get(key);
  if (known && known.size <= most) return known;
  const made = build(patterns, language, most);
  if (ofLanguage.size < mostKept && made.size <= fewStates) ofLanguage.set(key, made);
  return made;
}

function build(patterns: readonly Expression[], language: Expression, most: number): Automaton {
  const machine = nondeterministic(patterns, language);
  const alphabet = alphabetOf(machine);
  const states = determinised(machine, alphabet, most);
  return {
    ...classesOf(machine, states),
    size: states.members.length,
    alphabet,
    rows: states.rows,
  };
}

function classesOf(
  machine: Nondeterministic,
  states: States,
): Pick<Automaton, "classes" | "classOf"> {
  const { members } = states;
  const classOf = new Int32Array(members.length).fill(-1);
  const classes: ValueClass[] = [];
  const known = new Map<string, number>();
  for (let state = 0; state < members.length; state += 1) {
    const positions = members[state] ?? [];
    if (!positions.includes(machine.whole)) continue;
    const patterns: number[] = [];
    for (const position of positions) patterns.push(...(machine.ends.get(position) ?? []));
    patterns.sort((a, b) => a - b);
    const key = patterns.join();
    const found = known.get(key) ?? classes.length;
    if (found === classes.length) {
      known.set(key, found);
      classes.push({ patterns, value: wordTo(states, state), state });
    }
    classOf[state] = found;
  }
  return { classes, classOf };
}

function wordTo({ parents, via }: States, state: number): string {
  const codes: number[] = [];
  for (let at = state; at > 0; at = parents[at] ?? -1) codes.push(via[at] ?? 0);
  return textOf(codes.reverse());
}
