import type { Piece, Text } from "../../model/rule.ts";
import type { Shape } from "../partition/domain.ts";
import { everything, within } from "../partition/expression.ts";
import {
  characters,
  choice,
  type Expression,
  literal,
  loop,
  one,
  sequence,
} from "../partition/regular.ts";
import { textShape } from "./shapes.ts";

/** Header names that are other names of an attribute. */
const aliases: Readonly<Record<string, string>> = {
  ":path": "path",
  ":authority": "host",
  host: "host",
  ":method": "method",
  ":scheme": "scheme",
};

/** The attribute that a header is: the aliases are the path with its query, the host and the method. */
export function headerAttribute(name: string): string {
  return Object.hasOwn(aliases, name) ? (aliases[name] ?? name) : `header ${name}`;
}

const isPath = (code: number): boolean => code !== 0x3f && code !== 0x23;
const pathOnly = within(isPath);
/** A query, or none. */
export const query: Expression = choice(
  literal(""),
  sequence(one(characters((code) => !isPath(code))), loop(everything)),
);

/** A path pattern; where somebody looks at queries, too, it is about what stands before one. */
export function targetShape(field: string, pattern: Text, queries: boolean): Shape {
  if (!queries) return textShape(field, pattern);
  const isRegex = pattern.kind === "re2";
  const shape = isRegex
    ? readBefore(textShape(field, pattern))
    : textShape(field, pattern, pathOnly);
  const { exact: _exact, suffix: _suffix, expression, ...rest } = shape;
  const key = `before query ${shape.key}`;
  if (spells(pattern)) return { ...rest, key, expression: choice() };
  return expression ? { ...rest, key, expression: sequence(expression, query) } : { ...rest, key };
}

/** A shape of what stands before a query: no character of that is a mark of one. */
function readBefore({ expression, ...shape }: Shape): Shape {
  return expression ? { ...shape, expression: withoutMarks(expression) } : shape;
}

function withoutMarks(expression: Expression): Expression {
  switch (expression.kind) {
    case "literal":
      return /[?#]/.test(expression.text) ? choice() : expression;
    case "one":
    case "loop": {
      const { kind, set } = expression;
      return { kind, set: characters((code) => isPath(code) && set.has(code)) };
    }
    case "sequence":
    case "choice":
      return { kind: expression.kind, parts: expression.parts.map(withoutMarks) };
    case "repeat":
      return { kind: "repeat", part: withoutMarks(expression.part) };
  }
}

/** A pattern that spells a mark of a query matches no path. */
function spells(pattern: Text): boolean {
  if (pattern.kind === "sequence") return pattern.pieces.some(spelledBy);
  return "text" in pattern && /[?#]/.test(pattern.text);
}

function spelledBy(piece: Piece): boolean {
  return typeof piece === "string" && /[?#]/.test(piece);
}
