import { rank } from "./alphabet.ts";
import { type Automaton, automatonOf, classify, type ValueClass } from "./automaton.ts";
import type { Expression } from "./regular.ts";

/** The values of a language in classes that some patterns cannot tell apart within, and which a value is in; -1: it is not of the language. */
export interface ValueClasses {
  readonly classes: readonly Omit<ValueClass, "state">[];
  readonly classify: (value: string) => number;
}

/** What an automaton of all patterns says. */
export function classesBy(automaton: Automaton): ValueClasses {
  return { classes: automaton.classes, classify: (value) => classify(automaton, value) };
}

/**
 * The same, with an automaton of those patterns alone that are more than a few words: each word is a value, looked up as it stands. Where such a
 * word is all that one knows of a class, the automaton of all patterns says whether there are others.
 */
export function valueClasses(
  patterns: readonly Expression[],
  language: Expression,
  most: number,
): ValueClasses {
  const words = patterns.map(wordsOf);
  const open = [...patterns.keys()].filter((index) => !words[index]);
  const holders = holdersOf(words);
  const automaton = automatonOf(
    patterns.filter((_, index) => !words[index]),
    language,
    most,
  );
  if (holders.size === 0 || automaton.classes.some(({ value }) => holders.has(value)))
    return classesBy(automatonOf(patterns, language, most));
  const classes = automaton.classes.map(({ patterns: some, value }) => ({
    patterns: some.map((each) => open[each] ?? 0),
    value,
  }));
  const numbers = new Map<string, number>();
  const classOf = new Map<string, number>();
  for (const word of [...holders.keys()].sort(nicest)) {
    const around = classes[classify(automaton, word)];
    if (!around) continue;
    const own = [...around.patterns, ...(holders.get(word) ?? [])].sort((a, b) => a - b);
    const key = own.join();
    const number = numbers.get(key) ?? classes.length;
    if (number === classes.length) {
      numbers.set(key, number);
      classes.push({ patterns: own, value: word });
    }
    classOf.set(word, number);
  }
  return { classes, classify: (value) => classOf.get(value) ?? classify(automaton, value) };
}

/** Each word with the patterns that it is one of. */
function holdersOf(
  words: readonly (readonly string[] | undefined)[],
): ReadonlyMap<string, readonly number[]> {
  const holders = new Map<string, number[]>();
  for (const [index, some] of words.entries())
    for (const word of new Set(some)) {
      const known = holders.get(word);
      if (known) known.push(index);
      else holders.set(word, [index]);
    }
  return holders;
}

/** The words that an expression is, if that is all: one after another, or where a single part of it varies. */
function wordsOf(expression: Expression): readonly string[] | undefined {
  switch (expression.kind) {
    case "literal":
      return expression.fold ? undefined : [expression.text];
    case "choice":
      return allWords(expression.parts)?.flat();
    case "sequence":
      return allWords(expression.parts)?.reduce<readonly string[] | undefined>(joined, [""]);
    default:
      return undefined;
  }
}

function allWords(parts: readonly Expression[]): readonly (readonly string[])[] | undefined {
  const all: (readonly string[])[] = [];
  for (const part of parts) {
    const words = wordsOf(part);
    if (!words) return undefined;
    all.push(words);
  }
  return all;
}

function joined(
  before: readonly string[] | undefined,
  after: readonly string[],
): readonly string[] | undefined {
  if (!before || (before.length > 1 && after.length > 1)) return undefined;
  return before.flatMap((start) => after.map((end) => start + end));
}

/** The shortest first, and of these the most ordinary: as an automaton finds them. */
function nicest(a: string, b: string): number {
  if (a.length !== b.length) return a.length - b.length;
  for (let at = 0; at < a.length; at += 1) {
    const order = rank(a.charCodeAt(at)) - rank(b.charCodeAt(at));
    if (order !== 0) return order;
  }
  return 0;
}
