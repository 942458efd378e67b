import type { CharacterSet, Expression } from "./regular.ts";

/** Edges of a position: a character or the number of a set, and where it leads. */
type Edges = (readonly [label: number, target: number])[];

/** Several expressions side by side, as positions with edges. The positions of a later expression have higher numbers. */
export interface Nondeterministic {
  readonly empty: readonly (readonly number[] | undefined)[];
  readonly literals: readonly (Readonly<Edges> | undefined)[];
  readonly sets: readonly (Readonly<Edges> | undefined)[];
  readonly starts: readonly number[];
  readonly ends: ReadonlyMap<number, readonly number[]>; // position to the expressions that end there
  readonly distinct: readonly CharacterSet[];
}

interface Work {
  readonly empty: (number[] | undefined)[];
  readonly literals: (Edges | undefined)[];
  readonly sets: (Edges | undefined)[];
  readonly distinct: Map<CharacterSet, number>;
}

/** Thompson's construction. */
export function nondeterministic(expressions: readonly Expression[]): Nondeterministic {
  const work: Work = { empty: [], literals: [], sets: [], distinct: new Map() };
  const ends = new Map<number, number[]>();
  const starts = expressions.map((expression, index) => {
    const start = position(work);
    const end = add(work, expression, start);
    ends.set(end, [...(ends.get(end) ?? []), index]);
    return start;
  });
  return { ...work, starts, ends, distinct: [...work.distinct.keys()] };
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
  if (known) known.push([label, to]);
  else edges[from] = [[label, to]];
}

/** Adds an expression behind a position; where it ends. */
function add(work: Work, expression: Expression, from: number): number {
  switch (expression.kind) {
    case "literal":
      return addLiteral(work, expression.text, expression.fold === true, from);
    case "one": {
      const next = position(work);
      edge(work.sets, from, setNumber(work, expression.set), next);
      return next;
    }
    case "loop": {
      const next = position(work);
      connect(work, from, next);
      edge(work.sets, next, setNumber(work, expression.set), next);
      return next;
    }
    case "sequence":
      return expression.parts.reduce((at, part) => add(work, part, at), from);
    case "choice": {
      const join = position(work);
      for (const part of expression.parts) {
        const start = position(work);
        connect(work, from, start);
        connect(work, add(work, part, start), join);
      }
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

function setNumber({ distinct }: Work, set: CharacterSet): number {
  const known = distinct.get(set);
  if (known !== undefined) return known;
  distinct.set(set, distinct.size);
  return distinct.size - 1;
}

function addLiteral(work: Work, text: string, fold: boolean, from: number): number {
  let at = from;
  for (let index = 0; index < text.length; index += 1) {
    const next = position(work);
    const code = text.charCodeAt(index);
    for (const each of fold ? bothCases(code) : [code]) edge(work.literals, at, each, next);
    at = next;
  }
  return at;
}

function bothCases(code: number): readonly number[] {
  const lower = code | 0x20;
  return lower >= 0x61 && lower <= 0x7a ? [lower, lower - 0x20] : [code];
}
