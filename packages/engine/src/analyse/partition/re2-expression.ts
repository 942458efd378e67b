import { compile } from "../../match/re2.ts";
import { isError, parseRe2 } from "../../match/re2-parse.ts";
import { takes } from "../../match/re2-set.ts";
import type { Expression as Tree } from "../../match/re2-tree.ts";
import {
  type CharacterSet,
  characters,
  choice,
  type Expression,
  literal,
  loop,
  one,
  repeat,
  sequence,
} from "./regular.ts";

const dot = characters((code) => code !== 0x0a);

/**
 * An expression of RE2 that old releases made of a value as it stood (az:ENV-9), matching the whole value. Undefined for what
 * cannot be said here: one that does not compile, assertions, and characters beyond ASCII, which are several bytes.
 */
export function re2Expression(source: string): Expression | undefined {
  if (![...source].every((character) => character < "\x80")) return undefined;
  if ("error" in compile(source)) return undefined;
  const tree = parseRe2(source);
  return isError(tree) ? undefined : expressionOfTree(tree);
}

function expressionOfTree(tree: Tree): Expression | undefined {
  switch (tree.kind) {
    case "set": {
      const [range] = tree.set.ranges;
      if (isBeyondAscii(tree.set)) return undefined;
      const single = !tree.set.groups && tree.set.ranges.length === 1 && range?.[0] === range?.[1];
      if (range && single && !tree.set.negated && range[0] < 0x80)
        return literal(String.fromCharCode(range[0]), tree.set.fold !== undefined);
      return one(setOf(tree.set));
    }
    case "group":
      return expressionOfTree(tree.part);
    case "sequence":
    case "either": {
      const parts = tree.parts.flatMap((part) => expressionOfTree(part) ?? []);
      if (parts.length < tree.parts.length) return undefined;
      return tree.kind === "sequence" ? sequence(...parts) : choice(...parts);
    }
    case "repeat":
      return repeated(tree);
    default:
      return undefined;
  }
}

/** Whether a set tells characters beyond ASCII apart: by their numbers, by a property, or as another case of `k` or `s`. */
function isBeyondAscii(set: Extract<Tree, { kind: "set" }>["set"]): boolean {
  const isPart = set.ranges.some(([low, high]) => high >= 0x80 && (low > 0x80 || high < 0x10ffff));
  const isNamed = set.groups?.some(({ holds }) => holds instanceof RegExp) === true;
  return isPart || isNamed || otherCases.some((code) => takes(set, code) !== takes(set, caseless));
}

const otherCases = [0x212a, 0x17f]; // the sign of kelvin, the long s
const caseless = 0x2028;

function setOf(set: Extract<Tree, { kind: "set" }>["set"]): CharacterSet {
  const [range] = set.ranges;
  const isDot =
    set.negated && !set.groups && set.ranges.length === 1 && range?.[0] === 10 && range[1] === 10;
  return isDot ? dot : characters((code) => takes(set, code));
}

function repeated({
  part: tree,
  min,
  max,
}: Extract<Tree, { kind: "repeat" }>): Expression | undefined {
  const part = expressionOfTree(tree);
  if (!part) return undefined;
  const needed = Array.from({ length: min }, () => part);
  if (max === Number.POSITIVE_INFINITY)
    return sequence(...needed, part.kind === "one" ? loop(part.set) : repeat(part));
  const optional = Array.from({ length: max - min }, () => choice(sequence(), part));
  return sequence(...needed, ...optional);
}
