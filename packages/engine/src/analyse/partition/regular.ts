/** A set of characters. Sets are told apart by identity, so that one automaton asks each only once. */
export interface CharacterSet {
  readonly has: (code: number) => boolean;
}

/** A regular expression as a tree. */
export type Expression =
  | { readonly kind: "literal"; readonly text: string; readonly fold?: true }
  | { readonly kind: "one" | "loop"; readonly set: CharacterSet }
  | { readonly kind: "sequence" | "choice"; readonly parts: readonly Expression[] }
  | { readonly kind: "repeat"; readonly part: Expression };

/** A set by what is asked of a character. */
export function characters(has: (code: number) => boolean): CharacterSet {
  return { has };
}

/** One character of a set. */
export function one(set: CharacterSet): Expression {
  return { kind: "one", set };
}

/** Any number of characters of a set. */
export function loop(set: CharacterSet): Expression {
  return { kind: "loop", set };
}

/** At least one character of a set. */
export function some(set: CharacterSet): Expression {
  return sequence(one(set), loop(set));
}

/** Parts one after another. */
export function sequence(...parts: readonly Expression[]): Expression {
  return { kind: "sequence", parts };
}

/** One of several; of none, nothing matches. */
export function choice(...parts: readonly Expression[]): Expression {
  return { kind: "choice", parts };
}

/** A part any number of times. */
export function repeat(part: Expression): Expression {
  return { kind: "repeat", part };
}

/** A text as it stands, or in any ASCII case. */
export function literal(text: string, fold?: boolean): Expression {
  return fold ? { kind: "literal", text, fold } : { kind: "literal", text };
}
