import { admits } from "../../match/sequence.ts";
import type { Piece, Text } from "../../model/rule.ts";

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

/** Every character. */
export const everything: CharacterSet = characters(() => true);

type RunName = Exclude<Piece, string>["run"];

function runSet(run: RunName): CharacterSet {
  return characters((code) => admits({ run, min: 0 }, code, false));
}

/** What the runs of a pattern are made of. */
export type RunSets = Readonly<Record<RunName | "all", CharacterSet>>;

const runs: RunSets = {
  all: everything,
  any: runSet("any"),
  segment: runSet("segment"),
  template: runSet("template"),
  "template-or-slash": runSet("template-or-slash"),
};

/** A text pattern; undefined for one that is no sequence of literals and runs. `sets`: narrower ones, where only a part of a value is looked at. */
export function expressionOf(pattern: Text, sets: RunSets = runs): Expression | undefined {
  const rest = loop(sets.all);
  switch (pattern.kind) {
    case "exact":
      return literal(pattern.text, pattern.fold);
    case "prefix":
      return sequence(literal(pattern.text, pattern.fold), rest);
    case "suffix":
      return sequence(rest, literal(pattern.text, pattern.fold));
    case "present":
      return rest;
    case "sequence":
      return sequence(...pattern.pieces.map((piece) => pieceOf(piece, sets)));
    case "re2":
      return undefined;
  }
}

function pieceOf(piece: Piece, sets: RunSets): Expression {
  if (typeof piece === "string") return literal(piece);
  const set = sets[piece.run];
  return piece.min === 0 ? loop(set) : some(set);
}

/** The sets of runs that stay within some characters. */
export function within(allowed: (code: number) => boolean): RunSets {
  const narrow = ({ has }: CharacterSet): CharacterSet =>
    characters((code) => allowed(code) && has(code));
  return {
    all: narrow(runs.all),
    any: narrow(runs.any),
    segment: narrow(runs.segment),
    template: narrow(runs.template),
    "template-or-slash": narrow(runs["template-or-slash"]),
  };
}
