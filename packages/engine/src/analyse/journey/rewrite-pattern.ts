import type { Rewrite } from "../../model/route.ts";
import { re2Expression } from "../partition/re2-expression.ts";
import { characters, type Expression, literal, sequence, some } from "../partition/regular.ts";
import { inPath } from "../space/languages.ts";
import type { Head } from "./path-cases.ts";
import { isWord } from "./rewritten-path.ts";

/** What stands behind the beginning: the rest of the path, with or without the slash before it. */
const tails = ["(/?)(.*)", "(/|$)(.*)", "/?(.*)", "(/.*)?", "(/.*)", "(.*)", ""] as const;

/** An expression that exchanges the beginning of a path, `^/a/([^/]+)(/.*)$` by `/b\2`. */
export interface Parsed {
  readonly anchored: boolean; // only at the start of a path
  readonly ended: boolean; // up to its end
  readonly head: Head;
  readonly isNamed: boolean; // its last segment may be any
  readonly tail: (typeof tails)[number];
  readonly to: string;
}

const anyName = String.raw`(?:\[\^/\]|\\w|\\d|\[(?:a-z|A-Z|0-9|_|\\?\.|\\w|\\d)+-?\])\+`;
const step = new RegExp(
  String.raw`/(?:(\(${anyName}\))|(\(\?:${anyName}\)|${anyName})|((?:[\w~-]|\\[^\w\s])*))(?=/|$)`,
  "y",
);

/** Undefined: the expression does something else. */
export function parsePattern({
  match,
  substitution,
}: NonNullable<Rewrite["pattern"]>): Parsed | undefined {
  const anchored = match.startsWith("^");
  const ended = match.endsWith("$");
  const body = match
    .slice(anchored ? 1 : 0, ended ? -1 : undefined)
    .replace(/\\(.)/g, (quoted, character) => (character === "/" ? "/" : quoted));
  const tail = tails.find((each) => body.endsWith(each)) ?? "";
  const lead = leadOf(body.slice(0, body.length - tail.length));
  if (lead === undefined) return undefined;
  const { groups, isNamed, ...head } = lead;
  const last = groups + (tail.includes(")(") ? 2 : 1);
  const kept = tail === "" ? "" : `\\${last}`;
  if (last > 9 || !substitution.endsWith(kept)) return undefined; // `\\10` is group 1, and a zero
  const to = substitution.slice(0, substitution.length - kept.length);
  return isWord(to) ? { anchored, ended, head, isNamed, tail, to } : undefined;
}

interface Lead extends Head {
  readonly groups: number;
  readonly isNamed: boolean;
}

/** Segments as they stand and such of any name, each with the slash before it. */
function leadOf(text: string): Lead | undefined {
  const parts: Expression[] = [];
  let groups = 0;
  let plain = "";
  let isNamed = false;
  step.lastIndex = 0;
  while (step.lastIndex < text.length) {
    const [, group, name = group, word] = step.exec(text) ?? [];
    if (name === undefined && word === undefined) return undefined;
    const segment = name === undefined ? wordOf(word ?? "") : nameOf(name);
    if (segment === undefined) return undefined;
    parts.push(literal("/"), segment);
    if (group !== undefined) groups += 1;
    isNamed = name !== undefined;
    plain += segment.kind === "literal" ? `/${segment.text}` : "/x";
  }
  if (parts.length === 0) return undefined;
  return { from: sequence(...parts), key: `re2 ${text}`, sample: plain, groups, isNamed };
}

function wordOf(quoted: string): Expression | undefined {
  const text = quoted.replace(/\\(.)/g, "$1");
  return isWord(`/${text}`) ? literal(text) : undefined;
}

const nameSet = characters((code) => inPath.has(code) && code !== 0x2f);

function nameOf(text: string): Expression | undefined {
  const bare = text.replace(/^\((?:\?:)?|\)$/g, "");
  return bare === "[^/]+" ? some(nameSet) : re2Expression(bare);
}
