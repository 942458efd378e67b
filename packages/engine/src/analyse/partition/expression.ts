import { admits } from "../../match/sequence.ts";
import type { Piece, Text } from "../../model/rule.ts";
import { re2Expression } from "./re2-expression.ts";
import {
  type CharacterSet,
  characters,
  type Expression,
  literal,
  loop,
  sequence,
  some,
} from "./regular.ts";

/** Every character. */
export const everything: CharacterSet = characters(() => true);

const anything = loop(everything);

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

/** A text pattern; undefined for a regular expression with assertions. `sets`: narrower ones, where only a part of a value is looked at. */
export function expressionOf(pattern: Text, sets: RunSets = runs): Expression | undefined {
  const rest = sets === runs ? anything : loop(sets.all);
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
      return sets === runs ? re2Expression(pattern.source) : undefined;
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
