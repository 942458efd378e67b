import { exceeded } from "../budget.ts";
import { rank } from "./alphabet.ts";
import { type Automaton, step } from "./automaton.ts";

/** The pairs of classes of two automata that some text has, each with a shortest such text: `a,b` to the text. */
export function jointClasses(
  a: Automaton,
  b: Automaton,
  wanted: (classOfA: number) => boolean,
  most: number,
): ReadonlyMap<string, string> {
  const codes = [...new Set([...codesOf(a), ...codesOf(b)])].sort((x, y) => rank(x) - rank(y));
  const found = new Map<string, string>();
  const seen = new Set([0]);
  const queue: Pair[] = [{ a: 0, b: 0, parent: -1, code: 0 }];
  for (const [index, pair] of queue.entries()) {
    const classA = a.classOf[pair.a] ?? -1;
    const classB = b.classOf[pair.b] ?? -1;
    const key = `${classA},${classB}`;
    if (classA >= 0 && classB >= 0 && wanted(classA) && !found.has(key))
      found.set(key, textTo(queue, index));
    for (const code of codes) {
      const next = { a: step(a, pair.a, code), b: step(b, pair.b, code), parent: index, code };
      const number = next.a * b.size + next.b;
      if (next.a < 0 || next.b < 0 || seen.has(number)) continue;
      if (queue.length >= most) exceeded("states", most);
      seen.add(number);
      queue.push(next);
    }
  }
  return found;
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
  return String.fromCharCode(...codes.reverse());
}
