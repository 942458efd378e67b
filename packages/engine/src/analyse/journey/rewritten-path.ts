import type { Rewrite } from "../../model/route.ts";
import type { Shape } from "../partition/domain.ts";
import { sequence } from "../partition/regular.ts";
import { after, queryAfter } from "./derivative.ts";
import type { Exchange } from "./path-cases.ts";

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

/** The paths that match a pattern once their beginning is another one. Undefined: the pattern is no regular language here. */
export function beforeRewrite(
  shape: Shape,
  { from, to, key, sample, whole }: Exchange,
): Shape | undefined {
  const { shown, expression, samples } = shape;
  if (!expression) return undefined;
  const earlier = samples.flatMap((each) =>
    sample !== undefined && each.startsWith(to) ? [sample + each.slice(to.length)] : [],
  );
  return {
    key: `rewritten ${whole ? "whole " : ""}${key} ${to} ${shape.key}`,
    shown: `what becomes ${shown}`,
    expression: sequence(from, whole ? queryAfter(expression, to) : after(expression, to)),
    samples: earlier,
    head: "",
  };
}
