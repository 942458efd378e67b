import { parseClass } from "./re2-class.ts";
import { readEscape } from "./re2-escape.ts";
import type { Fold } from "./re2-set.ts";
import { type Expression, isRepeatable } from "./re2-tree.ts";
import type { Alphabet } from "./sequence.ts";

/** A place in the text of an expression. Parsing moves it on, or says why RE2 would not compile the expression. */
interface Cursor {
  readonly text: string;
  readonly most: number; // the highest character that there is
  at: number;
  fold: boolean;
  dotAll: boolean;
  lazy: boolean; // a repetition tries less before more, and one with a question mark the other way round
  depth: number;
  groups: number;
}

/** What RE2 finds wrong with an expression. */
export interface Re2Error {
  readonly error: string;
}

/** The tree of an expression of RE2's syntax, or what is wrong with it. The flag `m` is passed over: no value has several lines. */
export function parseRe2(text: string, alphabet: Alphabet = "bytes"): Expression | Re2Error {
  const whole = unquoted(text);
  const cursor: Cursor = {
    text: whole,
    most: alphabet === "latin1" ? 0xff : 0x10ffff,
    at: 0,
    fold: false,
    dotAll: false,
    lazy: false,
    depth: 0,
    groups: 0,
  };
  const parsed = parseEither(cursor);
  if (isError(parsed)) return parsed;
  return cursor.at < whole.length ? { error: "unexpected )" } : parsed;
}

const token =
  /\\Q([\s\S]*?)(?:\\E|$)|\\[\s\S]|\[\^?\]?(?:\[:\^?[a-z]+:\]|\\[\s\S]|[^\]\\])*\]?|[\s\S]/g;

/** What stands between `\Q` and `\E` is text: each character of it is written so that it means itself. */
function unquoted(text: string): string {
  if (!text.includes("\\Q")) return text;
  return text.replace(token, (whole, quoted: string | undefined) =>
    whole.startsWith("\\Q") ? (quoted ?? "").replace(/[\\^$.|?*+()[\]{}]/g, "\\$&") : whole,
  );
}

/** Whether parsing failed. */
export function isError(value: object): value is Re2Error {
  return "error" in value;
}

function parseEither(cursor: Cursor): Expression | Re2Error {
  const { fold, dotAll, lazy } = cursor;
  const parts: Expression[] = [];
  for (;;) {
    const part = parseSequence(cursor);
    if (isError(part)) return part;
    parts.push(part);
    if (cursor.text[cursor.at] !== "|") break;
    cursor.at += 1;
  }
  Object.assign(cursor, { fold, dotAll, lazy }); // flags hold to the end of their group
  const [only] = parts;
  return parts.length === 1 && only ? only : { kind: "either", parts };
}

/** `(?i)` is no part of its own: what repeats repeats the part before it. */
const flagsAlone: Expression = { kind: "sequence", parts: [] };

function parseSequence(cursor: Cursor): Expression | Re2Error {
  const parts: Expression[] = [];
  while (cursor.at < cursor.text.length && !/[|)]/.test(cursor.text.charAt(cursor.at))) {
    const parsed = parseAtom(cursor);
    const atom = parsed === flagsAlone ? parts.pop() : parsed;
    if (atom === undefined) continue;
    if (isError(atom)) return atom;
    const repeated = parseRepeat(cursor, atom);
    if (isError(repeated)) return repeated;
    parts.push(repeated);
  }
  return { kind: "sequence", parts };
}

const longestCount = 64;
const counted = /^\{(\d+)(?:(,)(\d*))?\}/;

function parseRepeat(cursor: Cursor, part: Expression): Expression | Re2Error {
  const bounds = readBounds(cursor);
  if (!bounds) return part;
  const [min, max] = bounds;
  if ((max !== Number.POSITIVE_INFINITY && min > max) || !isRepeatable(part, min, max))
    return { error: "invalid repetition size" };
  const isMarked = cursor.text[cursor.at] === "?";
  if (isMarked) cursor.at += 1;
  const isLazy = isMarked !== cursor.lazy;
  const { at } = cursor;
  const again = readBounds(cursor);
  if (again) return { error: `bad repetition operator: ${cursor.text.slice(at - 1, cursor.at)}` };
  return { kind: "repeat", part, min, max, ...(isLazy ? { lazy: true as const } : {}) };
}

function readBounds(cursor: Cursor): readonly [min: number, max: number] | undefined {
  const character = cursor.text[cursor.at];
  const simple = {
    "*": [0, Number.POSITIVE_INFINITY],
    "+": [1, Number.POSITIVE_INFINITY],
    "?": [0, 1],
  } as const;
  if (character === "*" || character === "+" || character === "?") {
    cursor.at += 1;
    return simple[character];
  }
  const [whole, min, comma, max] = counted.exec(cursor.text.slice(cursor.at)) ?? [];
  if (whole === undefined) return undefined;
  cursor.at += whole.length;
  if (!comma) return [Number(min), Number(min)];
  return [Number(min), max ? Number(max) : Number.POSITIVE_INFINITY];
}

function parseAtom(cursor: Cursor): Expression | Re2Error {
  const character = cursor.text.charAt(cursor.at);
  switch (character) {
    case "(":
      return parseGroup(cursor);
    case "[":
      return parseBracket(cursor);
    case "\\":
      return parseEscape(cursor);
    case "*":
    case "+":
    case "?":
      return { error: `no argument for repetition operator: ${character}` };
    case ".":
      cursor.at += 1;
      return { kind: "set", set: { negated: true, ranges: cursor.dotAll ? [] : [[10, 10]] } };
    case "^":
    case "$":
      cursor.at += 1;
      return { kind: character === "^" ? "start" : "end" };
    default:
      return counted.test(cursor.text.slice(cursor.at, cursor.at + longestCount))
        ? { error: "no argument for repetition operator: {" }
        : literal(cursor, cursor.text.codePointAt(cursor.at) ?? 0);
  }
}

function literal(cursor: Cursor, code: number): Expression {
  cursor.at += code > 0xffff ? 2 : 1;
  return { kind: "set", set: { negated: false, ranges: [[code, code]], ...folding(cursor) } };
}

function folding({ fold, most }: Cursor): { readonly fold?: Fold } {
  return fold ? { fold: most === 0xff ? "ascii" : "unicode" } : {};
}

function parseGroup(cursor: Cursor): Expression | Re2Error {
  const [head = "(", name, on, off, end] =
    /^\((?:\?(?:P?<([A-Za-z0-9_]+)>|([a-zA-Z]*)(?:-([a-zA-Z]+))?([:)])))?/.exec(
      cursor.text.slice(cursor.at),
    ) ?? [];
  const flagged = head.length > 1 && name === undefined;
  if (head === "(" && cursor.text[cursor.at + 1] === "?") return { error: "invalid perl operator" };
  if (flagged && /[^imsU]/.test(`${on}${off ?? ""}`)) return { error: "invalid perl operator" };
  const before = { fold: cursor.fold, dotAll: cursor.dotAll, lazy: cursor.lazy };
  if (flagged) setFlags(cursor, on ?? "", off ?? "");
  cursor.at += head.length;
  if (end === ")") return flagsAlone;
  if (!flagged) cursor.groups += 1;
  const index = cursor.groups;
  const part = parseInner(cursor);
  Object.assign(cursor, before);
  return flagged || isError(part) ? part : { kind: "group", index, part };
}

function parseInner(cursor: Cursor): Expression | Re2Error {
  if (cursor.depth >= 1000) return { error: "nested too deeply" };
  cursor.depth += 1;
  const inner = parseEither(cursor);
  cursor.depth -= 1;
  if (isError(inner)) return inner;
  if (cursor.text[cursor.at] !== ")") return { error: "missing closing )" };
  cursor.at += 1;
  return inner;
}

function setFlags(cursor: Cursor, on: string, off: string): void {
  cursor.fold = (cursor.fold || on.includes("i")) && !off.includes("i");
  cursor.lazy = (cursor.lazy || on.includes("U")) && !off.includes("U");
  cursor.dotAll = (cursor.dotAll || on.includes("s")) && !off.includes("s");
}

function parseBracket(cursor: Cursor): Expression | Re2Error {
  const parsed = parseClass(cursor.text, cursor.at, cursor.most);
  if (isError(parsed)) return parsed;
  cursor.at = parsed.end;
  return { kind: "set", set: { ...parsed.set, ...folding(cursor) } };
}

function parseEscape(cursor: Cursor): Expression | Re2Error {
  const character = cursor.text.charAt(cursor.at + 1);
  const anchor = anchors[character];
  if (anchor) {
    cursor.at += 2;
    return { kind: anchor };
  }
  const escape = readEscape(cursor.text, cursor.at, cursor.most);
  if ("error" in escape) return escape;
  cursor.at = escape.end;
  if ("set" in escape) return { kind: "set", set: { ...escape.set, ...folding(cursor) } };
  const ranges = [[escape.code, escape.code]] as const;
  return { kind: "set", set: { negated: false, ranges, ...folding(cursor) } };
}

const anchors: Readonly<Record<string, "start" | "end" | "boundary" | "no-boundary">> = {
  A: "start",
  z: "end",
  b: "boundary",
  B: "no-boundary",
};
