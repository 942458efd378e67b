import type { Rewrite } from "../../model/route.ts";
import type { Shape } from "../partition/domain.ts";
import { literal, sequence } from "../partition/regular.ts";
import { after } from "./derivative.ts";

export type Prefix = NonNullable<Rewrite["prefix"]>;

/** Whether nobody reads a path, or a part of one, otherwise than it is written. */
export function isWord(text: string): boolean {
  return /^(?:\/[\w~-][\w.~-]*)*\/?$/.test(text);
}

/** Expressions that every path matches as a whole. */
const anything: ReadonlySet<string> = new Set(["/.*", "^/.*", "^/.*$", "/.*$"]);

/** What every path becomes. Undefined: that hangs on the path. */
export function wholePath({ path, pattern }: Rewrite = {}): string | undefined {
  if (path !== undefined || !pattern) return path;
  const { match, substitution } = pattern;
  return anything.has(match) && !substitution.includes("\\") ? substitution : undefined;
}

/**
 * Whether what becomes of a path is all that a proxy behind makes of it: where no segment is joined or cut so that it counts as another
 * way to write a path.
 */
export function isPlain({ from, to }: Prefix): boolean {
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
