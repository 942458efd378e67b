import { choice, type Expression, literal, sequence } from "../partition/regular.ts";

/** What may follow a text in the words of a language: its Brzozowski derivative. */
export function after(expression: Expression, text: string): Expression {
  let rest = expression;
  for (let at = 0; at < text.length; at += 1) rest = afterOne(rest, text.charCodeAt(at));
  return rest;
}

/** What may follow a text as a query, or that nothing does. */
export function queryAfter(expression: Expression, text: string): Expression {
  const rest = after(expression, text);
  const marked = ["?", "#"].map((mark) => followed(literal(mark), [after(rest, mark)]));
  return choice(...(mayBeEmpty(rest) ? [empty] : []), ...marked);
}

const nothing: Expression = choice();
const empty: Expression = literal("");

function afterOne(expression: Expression, code: number): Expression {
  switch (expression.kind) {
    case "literal":
      return isFirst(expression, code)
        ? literal(expression.text.slice(1), expression.fold)
        : nothing;
    case "one":
      return expression.set.has(code) ? empty : nothing;
    case "loop":
      return expression.set.has(code) ? expression : nothing;
    case "choice":
      return choice(...expression.parts.map((part) => afterOne(part, code)).filter(isSome));
    case "repeat":
      return followed(afterOne(expression.part, code), [expression]);
    case "sequence":
      return afterSequence(expression.parts, code);
  }
}

function isFirst(
  { text, fold }: Extract<Expression, { readonly kind: "literal" }>,
  code: number,
): boolean {
  if (text === "") return false;
  const wanted = String.fromCharCode(code);
  const first = text.charAt(0);
  return fold ? first.toLowerCase() === wanted.toLowerCase() : first === wanted;
}

/** The first part, or those behind it where it may be empty. */
function afterSequence(parts: readonly Expression[], code: number): Expression {
  const ways: Expression[] = [];
  for (const [at, part] of parts.entries()) {
    ways.push(followed(afterOne(part, code), parts.slice(at + 1)));
    if (!mayBeEmpty(part)) break;
  }
  const some = ways.filter(isSome);
  const [only] = some;
  return some.length === 1 && only ? only : choice(...some);
}

function followed(first: Expression, rest: readonly Expression[]): Expression {
  return isSome(first) ? sequence(first, ...rest) : nothing;
}

function isSome(expression: Expression): boolean {
  return expression.kind !== "choice" || expression.parts.length > 0;
}

/** Whether the empty text is among those of an expression. */
export function mayBeEmpty(expression: Expression): boolean {
  switch (expression.kind) {
    case "literal":
      return expression.text === "";
    case "one":
      return false;
    case "loop":
    case "repeat":
      return true;
    case "sequence":
      return expression.parts.every(mayBeEmpty);
    case "choice":
      return expression.parts.some(mayBeEmpty);
  }
}
