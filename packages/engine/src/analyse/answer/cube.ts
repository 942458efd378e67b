import { and, isWithin, minus, node, not, or, variable } from "../solve/diagram.ts";
import { decode, type Encoding, inClasses } from "../solve/encoding.ts";

/** What a cube says of one coordinate. */
export type Side =
  | { readonly kind: "classes"; readonly classes: readonly number[] } // the value is in one of them
  | { readonly kind: "elements"; readonly signs: ReadonlyMap<number, boolean> } // of a list: there is one, or none
  | { readonly kind: "answer"; readonly yes: boolean };

/** A product of sets, one for each coordinate that it is about. */
export type Cube = ReadonlyMap<string, Side>;

/** The diagram of one side. */
function sideDiagram(encoding: Encoding, name: string, side: Side): number {
  const { diagrams, answers, bits } = encoding;
  switch (side.kind) {
    case "classes":
      return inClasses(encoding, name, side.classes);
    case "answer": {
      const own = variable(diagrams, answers.get(name) ?? 0);
      return side.yes ? own : not(diagrams, own);
    }
    case "elements": {
      const first = bits.get(name)?.first ?? 0;
      let made = 1;
      for (const [element, there] of [...side.signs].sort(([a], [b]) => b - a))
        made = node(diagrams, first + element, there ? 0 : made, there ? made : 0);
      return made;
    }
  }
}

/** The diagram of a cube, with or without one of its coordinates: from the last variables to the first, which is the least work. */
export function cubeDiagram(encoding: Encoding, cube: Cube, without?: string): number {
  const { diagrams, space, answers } = encoding;
  const names = [...space.domains.keys(), ...answers.keys()]; // in the order of their variables
  let made = 1;
  for (const name of names.reverse()) {
    const side = name === without ? undefined : cube.get(name);
    if (side) made = and(diagrams, sideDiagram(encoding, name, side), made);
  }
  return made;
}

/** The cube of a single point: every coordinate at its class. */
export function pointCube(encoding: Encoding, point: Int8Array): Map<string, Side> {
  const cube = new Map<string, Side>();
  const found = decode(encoding, point);
  for (const [name, { list, size }] of encoding.space.domains) {
    const classes = found.get(name) ?? [];
    const all = Array.from({ length: size }, (_, each) => each);
    const signs = new Map(all.map((each) => [each, classes.includes(each)]));
    cube.set(name, list ? { kind: "elements", signs } : { kind: "classes", classes });
  }
  for (const [name, at] of encoding.answers)
    cube.set(name, { kind: "answer", yes: point[at] === 1 });
  return cube;
}

/** The classes of a coordinate for which a function can be true. */
export function projection(encoding: Encoding, root: number, name: string): Uint8Array {
  const { diagrams, space, bits } = encoding;
  const size = space.domains.get(name)?.size ?? 0;
  const { first, width } = bits.get(name) ?? { first: 0, width: 0 };
  const found = new Uint8Array(size);
  const fill = (low: number, high: number): void => {
    for (let at = Math.min(low, size - 1); at < Math.min(high, size); at += 1) found[at] = 1;
  };
  const down = (at: number, bit: number, low: number, high: number): void => {
    if (at === 0 || (low >= size && found[size - 1])) return;
    const of = diagrams.variable[at] ?? 0;
    if (at === 1 || of >= first + width) {
      fill(low, high);
      return;
    }
    const middle = (low + high) / 2;
    const own = of === first + bit;
    down(own ? (diagrams.low[at] ?? 0) : at, bit + 1, low, middle);
    down(own ? (diagrams.high[at] ?? 0) : at, bit + 1, middle, high);
  };
  const seen = new Set<number>();
  const stack = [root];
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    if (at === 0 || seen.has(at)) continue;
    seen.add(at);
    if (at === 1 || (diagrams.variable[at] ?? 0) >= first) down(at, 0, 0, 2 ** width);
    else stack.push(diagrams.low[at] ?? 0, diagrams.high[at] ?? 0);
  }
  return found;
}

/** Whether one function is within another. */
export function implies({ diagrams }: Encoding, a: number, b: number): boolean {
  return isWithin(diagrams, a, b);
}

/** All of a function but a cube. */
export function outside(encoding: Encoding, root: number, cube: number): number {
  return minus(encoding.diagrams, root, cube);
}

/** What is in the first or not in the second. */
export function unless(encoding: Encoding, a: number, b: number): number {
  return or(encoding.diagrams, a, not(encoding.diagrams, b));
}
