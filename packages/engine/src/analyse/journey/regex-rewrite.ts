import type { Rewrite } from "../../model/route.ts";
import { and, type Formula, not } from "../space/formula.ts";
import { targetShape } from "../space/target-shapes.ts";
import { isPlain, isWord, type Prefix } from "./rewritten-path.ts";

/** Some paths, and what becomes of them: another prefix, or nothing else. */
export interface PathCase {
  readonly when: Formula;
  readonly prefix?: Prefix;
}

/** What a regular expression makes of paths. `open`: of others it is not known. */
export interface PathCases {
  readonly cases: readonly PathCase[];
  readonly open: boolean;
}

type Pattern = NonNullable<Rewrite["pattern"]>;

/** `^/a`, `^/a/(.*)$`, `^/a(/?)(.*)`, `^/a(/|$)(.*)`, `^/a/?(.*)`: the forms that cut a prefix off. */
const forms =
  /^\^((?:[\w/~-]|\\[^\w\s])*)(|\(\.\*\)\$?|\(\/\?\)\(\.\*\)\$?|\(\/\|\$\)\(\.\*\)\$?|\/\?\(\.\*\)\$?)$/;

/**
 * What an expression that only exchanges a prefix makes of paths, as google/re2 replaces: Istio writes such ones itself for routes of the Gateway
 * API. Undefined: it does something else.
 */
export function casesOf({ match, substitution }: Pattern, queries: boolean): PathCases | undefined {
  const [, quoted, rest] = forms.exec(match) ?? [];
  if (quoted === undefined || rest === undefined) return undefined;
  const from = quoted.replace(/\\(.)/g, "$1");
  const kept = /\((?:\/\?|\/\|\$)\)/.test(rest) ? "\\2" : rest === "" ? "" : "\\1";
  if (!substitution.endsWith(kept)) return undefined;
  const to = substitution.slice(0, substitution.length - kept.length);
  if (!isWord(from) || !isWord(to)) return undefined;
  return rest === "" || rest.startsWith("(.*)")
    ? exchanged({ from, to }, queries)
    : cutAtSegment({ from, to }, queries, rest.includes("|"));
}

/** A prefix, wherever the path goes on. */
function exchanged(prefix: Prefix, queries: boolean): PathCases | undefined {
  if (!isPlain(prefix)) return undefined;
  const there = startsWith(prefix.from, queries);
  return { cases: [{ when: there, prefix }, { when: not(there) }], open: false };
}

/** A prefix with the slash behind it, if there is one. `whole`: only where a slash follows, or nothing. */
function cutAtSegment(
  { from, to }: Prefix,
  queries: boolean,
  whole: boolean,
): PathCases | undefined {
  const slash = { from: `${from}/`, to };
  if (from.endsWith("/") || to !== "/" || !isPlain(slash)) return undefined;
  const further = startsWith(slash.from, queries);
  const alone = isOnly(from, queries);
  return {
    cases: [
      { when: further, prefix: slash },
      { when: alone, prefix: { from, to } },
      { when: whole ? and(not(further), not(alone)) : not(startsWith(from, queries)) },
    ],
    open: !whole,
  };
}

function startsWith(text: string, queries: boolean): Formula {
  const shape = targetShape("paths", { kind: "prefix", text }, queries);
  return { kind: "atom", attribute: "path", shape };
}

function isOnly(text: string, queries: boolean): Formula {
  const shape = targetShape("paths", { kind: "exact", text }, queries);
  return { kind: "atom", attribute: "path", shape };
}
