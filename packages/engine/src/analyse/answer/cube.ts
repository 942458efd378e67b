import { and, isWithin, not, or, variable } from "../solve/diagram.ts";
import { node } from "../solve/diagram-nodes.ts";
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

/** The diagram of a cube: from the last variables to the first, which is the least work. */
export function cubeDiagram(encoding: Encoding, cube: Cube): number {
  const { diagrams, space, answers } = encoding;
  const names = [...space.domains.keys(), ...answers.keys()]; // in the order of their variables
  let made = 1;
  for (const name of names.reverse()) {
    const side = cube.get(name);
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
    cube.set(name, list ? elements(size, classes) : { kind: "classes", classes });
  }
  for (const [name, at] of encoding.answers)
    cube.set(name, { kind: "answer", yes: point[at] === 1 });
  return cube;
}

function elements(size: number, there: readonly number[]): Side {
  const signs = new Map<number, boolean>();
  for (let element = 0; element < size; element += 1) signs.set(element, false);
  for (const element of there) signs.set(element, true);
  return { kind: "elements", signs };
}

/** Whether one function is within another. */
export function implies({ diagrams }: Encoding, a: number, b: number): boolean {
  return isWithin(diagrams, a, b);
}

/** What is in the first or not in the second. */
export function unless(encoding: Encoding, a: number, b: number): number {
  return or(encoding.diagrams, a, not(encoding.diagrams, b));
}
