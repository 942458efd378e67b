import type { Block } from "../../match/address.ts";
import type { Text } from "../../model/rule.ts";
import type { Shape } from "../partition/domain.ts";
import type { Formula } from "./formula.ts";
import { blockShape, choiceShape, eitherShape, portShape, textShape } from "./shapes.ts";

const atoms = new Map<string, Map<string, Formula>>();

/** An atom, the same one each time. */
export function atom(attribute: string, shape: Shape): Formula {
  const of = atoms.get(attribute) ?? new Map<string, Formula>();
  atoms.set(attribute, of);
  const before = of.get(shape.key);
  if (before?.kind === "atom" && before.shape === shape) return before;
  const made: Formula = { kind: "atom", attribute, shape };
  if (of.size > 100_000) of.clear();
  of.set(shape.key, made);
  return made;
}

/** That one of a few values is the one. */
export function chosen(attribute: string, value: string): Formula {
  return atom(attribute, choiceShape(value));
}

/** That an address is in a block. */
export function inBlock(attribute: string, block: Block): Formula {
  return atom(attribute, blockShape(block));
}

/** That the port is this one. */
export function onPort(port: number): Formula {
  return atom("destination.port", portShape(port));
}

/** That a text attribute is this one. */
export function isExactly(attribute: string, field: string, text: string): Formula {
  return atom(attribute, textShape(field, { kind: "exact", text }));
}

/** That a text attribute matches a pattern. */
export function matching(attribute: string, field: string, text: Text): Formula {
  return atom(attribute, textShape(field, text));
}

/** That a text attribute matches one of some patterns, which are said in these words. */
export function matchingAny(
  attribute: string,
  { field, shown }: { readonly field: string; readonly shown: string },
  texts: readonly Text[],
): Formula {
  return atom(attribute, { ...eitherShape(field, texts), shown });
}
