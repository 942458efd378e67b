import type { CharacterSet, Expression } from "./regular.ts";

/** Edges of a position, each two numbers: a character or the number of a set, and where it leads. */
type Edges = number[];

/**
 * Several patterns side by side, and the language they are about, as positions with edges. What patterns begin with alike they
 * share, as in a trie. The positions of the language have the highest numbers.
 */
export interface Nondeterministic {
  readonly empty: readonly (readonly number[] | undefined)[];
  readonly literals: readonly (Readonly<Edges> | undefined)[];
  readonly sets: readonly (Readonly<Edges> | undefined)[];
  readonly start: number; // of all patterns
  readonly language: number; // the start of the language
  readonly ends: ReadonlyMap<number, readonly number[]>; // position to the patterns that end there
  readonly whole: number; // where the language ends
  readonly distinct: readonly CharacterSet[];
}

interface Work {
  readonly empty: (number[] | undefined)[];
  readonly literals: (Edges | undefined)[];
  readonly sets: (Edges | undefined)[];
  readonly distinct: Map<CharacterSet, number>;
  readonly shared: Map<number, number>; // steps that are there already, by position and key
}

/** Thompson's construction. */
export function nondeterministic(
  patterns: readonly Expression[],
  language: Expression,
): Nondeterministic {
  const work: Work = { empty: [], literals: [], sets: [], distinct: new Map(), shared: new Map() };
  const ends = new Map<number, number[]>();
  const start = position(work);
  for (const [index, pattern] of patterns.entries()) {
    const end = add(work, pattern, start);
    const known = ends.get(end);
    if (known) known.push(index);
    else ends.set(end, [index]);
  }
  const first = position(work);
  const whole = add(work, language, first);
  const distinct = [...work.distinct.keys()];
  return { ...work, start, language: first, whole, ends, distinct };
}

function position({ empty, literals, sets }: Work): number {
  empty.push(undefined);
  literals.push(undefined);
  sets.push(undefined);
  return empty.length - 1;
}

function connect(work: Work, from: number, to: number): void {
  const known = work.empty[from];
  if (known) known.push(to);
  else work.empty[from] = [to];
}

function edge(edges: (Edges | undefined)[], from: number, label: number, to: number): void {
  const known = edges[from];
  if (known) known.push(label, to);
  else edges[from] = [label, to];
}

/** Adds an expression behind a position; where it ends. */
function add(work: Work, expression: Expression, from: number): number {
  switch (expression.kind) {
    case "literal":
      return addLiteral(work, expression.text, expression.fold === true, from);
    case "one": {
      const set = setNumber(work, expression.set);
      return stepBy(work, from, set * 4 + 2, (next) => edge(work.sets, from, set, next));
    }
    case "loop": {
      const set = setNumber(work, expression.set);
      return stepBy(work, from, set * 4 + 3, (next) => {
        connect(work, from, next);
        edge(work.sets, next, set, next);
      });
    }
    case "sequence":
      return expression.parts.reduce((at, part) => add(work, part, at), from);
    case "choice": {
      const join = position(work);
      for (const part of expression.parts) connect(work, add(work, part, from), join);
      return join;
    }
    case "repeat": {
      const again = position(work);
      connect(work, from, again);
      connect(work, add(work, expression.part, again), again);
      return again;
    }
  }
}

/** Keys are below: four for each character or set. */
const mostKeys = 2 ** 20;

/** The position behind one step: the one that is there already, or a new one. */
function stepBy(work: Work, from: number, key: number, make: (next: number) => void): number {
  const step = from * mostKeys + key;
  const known = work.shared.get(step);
  if (known !== undefined) return known;
  const next = position(work);
  work.shared.set(step, next);
  make(next);
  return next;
}

function setNumber({ distinct }: Work, set: CharacterSet): number {
  const known = distinct.get(set);
  if (known !== undefined) return known;
  distinct.set(set, distinct.size);
  return distinct.size - 1;
}

function addLiteral(work: Work, text: string, fold: boolean, from: number): number {
  let at = from;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    const both = fold ? bothCases(code) : [code];
    const here = at;
    at = stepBy(work, here, code * 4 + (both.length > 1 ? 1 : 0), (next) => {
      for (const each of both) edge(work.literals, here, each, next);
    });
  }
  return at;
}

function bothCases(code: number): readonly number[] {
  const lower = code | 0x20;
  return lower >= 0x61 && lower <= 0x7a ? [lower, lower - 0x20] : [code];
}
