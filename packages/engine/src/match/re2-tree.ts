import type { CharacterSet } from "./re2-set.ts";

/** A regular expression as a tree. */
export type Expression =
  | { readonly kind: "set"; readonly set: CharacterSet }
  | { readonly kind: "sequence" | "either"; readonly parts: readonly Expression[] }
  | {
      readonly kind: "repeat";
      readonly part: Expression;
      readonly min: number;
      readonly max: number;
      readonly lazy?: true; // tries less before more
    }
  | { readonly kind: "group"; readonly index: number; readonly part: Expression } // its text is remembered
  | { readonly kind: "start" | "end" | "boundary" | "no-boundary" };

/** The most times that RE2 repeats a part; a count within a count is multiplied by it. google/re2:re2/parse.cc, RepetitionWalker */
const most = 1000;

/** Whether RE2 repeats this part so many times. */
export function isRepeatable(part: Expression, min: number, max: number): boolean {
  const times = countOf(min, max);
  return times <= most && (Math.max(min, times) < 2 || hasRoom(part, most / times));
}

/** How often a repetition without an end is written out: as often as it has to be. */
function countOf(min: number, max: number): number {
  return max === Number.POSITIVE_INFINITY ? min : max;
}

/** Whether no part is repeated more than `left` times. */
function hasRoom(expression: Expression, left: number): boolean {
  switch (expression.kind) {
    case "sequence":
    case "either":
      return expression.parts.every((part) => hasRoom(part, left));
    case "group":
      return hasRoom(expression.part, left);
    case "repeat": {
      const times = Math.max(1, countOf(expression.min, expression.max));
      return times <= left && hasRoom(expression.part, left / times);
    }
    default:
      return true;
  }
}
