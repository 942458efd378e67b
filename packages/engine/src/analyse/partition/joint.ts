import { exceeded } from "../budget.ts";
import { rank, textOf } from "./alphabet.ts";
import type { Automaton } from "./automaton.ts";

/** The pairs of classes of two automata that some text has, each with a shortest such text: `a,b` to the text. */
export function jointClasses(
  a: Automaton,
  b: Automaton,
  wanted: (classOfA: number) => boolean,
  most: number,
): ReadonlyMap<string, string> {
  const codes = [...new Set([...codesOf(a), ...codesOf(b)])].sort((x, y) => rank(x) - rank(y));
  const stepBoth = pairStepper(a, b, codes);
  const found = new Map<string, string>();
  const seen = new Set([0]);
  const queue: Pair[] = [{ a: 0, b: 0, parent: -1, code: 0 }];
  for (const [index, pair] of queue.entries()) {
    const classA = a.classOf[pair.a] ?? -1;
    const classB = b.classOf[pair.b] ?? -1;
    const key = `${classA},${classB}`;
    if (classA >= 0 && classB >= 0 && wanted(classA) && !found.has(key))
      found.set(key, textTo(queue, index));
    for (const [at, code] of codes.entries()) {
      const next = stepBoth(pair, at);
      if (next < 0 || seen.has(next)) continue;
      if (queue.length >= most) exceeded("states", most);
      seen.add(next);
      queue.push({ a: Math.floor(next / b.size), b: next % b.size, parent: index, code });
    }
  }
  return found;
}

/** Where two automata are after a character, as one number; -1: out of a language. */
function pairStepper(
  a: Automaton,
  b: Automaton,
  codes: readonly number[],
): (pair: Pair, at: number) => number {
  const stepA = stepper(a, codes);
  const stepB = stepper(b, codes);
  return (pair, at) => {
    const nextA = stepA(pair.a, at);
    const nextB = nextA < 0 ? -1 : stepB(pair.b, at);
    return nextB < 0 ? -1 : nextA * b.size + nextB;
  };
}

/** Steps of an automaton by characters whose groups are looked up once; -1: out of the language. */
function stepper(
  { rows, alphabet }: Automaton,
  codes: readonly number[],
): (state: number, at: number) => number {
  const groups = codes.map(alphabet.groupOf);
  return (state, at) => {
    const row = rows[state];
    if (!row) return -1;
    const spelled = row.literal?.get(codes[at] ?? -1);
    return spelled ?? row.group[groups[at] ?? -1] ?? -1;
  };
}

interface Pair {
  readonly a: number;
  readonly b: number;
  readonly parent: number;
  readonly code: number;
}

/** A character for each thing that an automaton tells apart. */
export function codesOf({ alphabet }: Automaton): readonly number[] {
  return [...alphabet.letters, ...alphabet.groups.flatMap((code) => code ?? [])];
}

function textTo(queue: readonly Pair[], index: number): string {
  const codes: number[] = [];
  for (let at = index; at > 0; at = queue[at]?.parent ?? -1) codes.push(queue[at]?.code ?? 0);
  return textOf(codes.reverse());
}
