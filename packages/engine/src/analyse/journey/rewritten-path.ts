import type { Rewrite } from "../../model/route.ts";
import type { Shape } from "../partition/domain.ts";
import { literal, sequence } from "../partition/regular.ts";
import { after } from "./derivative.ts";

export type Prefix = NonNullable<Rewrite["prefix"]>;

/**
 * Whether what becomes of a path is all that a proxy behind makes of it: where no segment is joined or cut so that it counts as another
 * way to write a path.
 */
export function isPlain({ from, to }: Prefix): boolean {
  const isWord = (text: string): boolean => /^(?:\/[\w~-][\w.~-]*)*\/?$/.test(text);
  return (
    isWord(from) &&
    isWord(to) &&
    from !== "" &&
    to !== "" &&
    (from.endsWith("/") || !to.endsWith("/"))
  );
}

/** The paths that match a pattern once their prefix is replaced. Undefined: the pattern is no regular language here. */
export function beforeRewrite(shape: Shape, { from, to, fold }: Prefix): Shape | undefined {
  const { key, shown, expression, samples } = shape;
  if (!expression) return undefined;
  return {
    key: `rewritten ${fold ? "~" : ""}${from} ${to} ${key}`,
    shown: `what becomes ${shown}`,
    expression: sequence(literal(from, fold), after(expression, to)),
    samples: samples.flatMap((each) => (each.startsWith(to) ? [from + each.slice(to.length)] : [])),
    head: fold ? "" : from,
  };
}
