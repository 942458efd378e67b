import { type Escape, readEscape } from "./re2-escape.ts";
import { type CharacterSet, digits, type Group, type Ranges, words } from "./re2-set.ts";

const posix: Readonly<Record<string, Ranges>> = {
  alnum: [
    [0x30, 0x39],
    [0x41, 0x5a],
    [0x61, 0x7a],
  ],
  alpha: [
    [0x41, 0x5a],
    [0x61, 0x7a],
  ],
  ascii: [[0, 0x7f]],
  blank: [
    [9, 9],
    [32, 32],
  ],
  cntrl: [
    [0, 0x1f],
    [0x7f, 0x7f],
  ],
  digit: digits,
  graph: [[0x21, 0x7e]],
  lower: [[0x61, 0x7a]],
  print: [[0x20, 0x7e]],
  punct: [
    [0x21, 0x2f],
    [0x3a, 0x40],
    [0x5b, 0x60],
    [0x7b, 0x7e],
  ],
  space: [
    [9, 13],
    [32, 32],
  ],
  upper: [[0x41, 0x5a]],
  word: words,
  xdigit: [
    [0x30, 0x39],
    [0x41, 0x46],
    [0x61, 0x66],
  ],
};

/** A class in brackets that begins at `start`, or what RE2 finds wrong with it. `most`: see `readEscape`. */
export function parseClass(
  text: string,
  start: number,
  most: number,
): { readonly set: CharacterSet; readonly end: number } | { readonly error: string } {
  const negated = text[start + 1] === "^";
  const ranges: (readonly [number, number])[] = [];
  const groups: Group[] = [];
  const first = start + (negated ? 2 : 1);
  let at = first;
  while (at === first || text[at] !== "]") {
    if (at >= text.length) return { error: "missing closing ]" };
    const item = classItem(text, at, most);
    if ("error" in item) return item;
    ranges.push(...item.ranges);
    groups.push(...(item.groups ?? []));
    at = item.end;
  }
  return {
    set: { negated, ranges, ...(groups.length > 0 ? { groups } : {}) },
    end: at + 1,
  };
}

type Item =
  | { readonly ranges: Ranges; readonly groups?: readonly Group[]; readonly end: number }
  | { readonly error: string };

function classItem(text: string, at: number, most: number): Item {
  const named = namedItem(text, at);
  if (named) return named;
  const escape = text[at] === "\\" ? readEscape(text, at, most) : undefined;
  if (escape && "set" in escape) return setItem(escape.set, escape.end);
  const low = classCharacter(text, at, most);
  if ("error" in low) return low;
  if (text[low.end] !== "-" || text[low.end + 1] === "]" || low.end + 1 >= text.length)
    return { ranges: [[low.code, low.code]], end: low.end };
  const high = classCharacter(text, low.end + 1, most);
  if ("error" in high) return high;
  if (high.code < low.code) return { error: "invalid character class range" };
  return { ranges: [[low.code, high.code]], end: high.end };
}

const longestName = 64;

/** `[:alpha:]`. Whatever stands between the colons is taken for a name, and there are no others. */
function namedItem(text: string, at: number): Item | undefined {
  const found = /^\[:(\^?)([\s\S]*?):\]/.exec(text.slice(at, at + longestName));
  if (!found) return undefined;
  const [whole, negated, name = ""] = found;
  const ranges = Object.hasOwn(posix, name) ? posix[name] : undefined;
  if (!ranges) return { error: "invalid character class range" };
  return {
    ranges: [],
    groups: [{ holds: ranges, negated: negated !== "" }],
    end: at + whole.length,
  };
}

/** What stands for several characters in a class. */
function setItem({ negated, ranges, groups }: CharacterSet, end: number): Item {
  if (groups === undefined) return { ranges: [], groups: [{ holds: ranges, negated }], end };
  return { ranges, groups: groups.map((each) => ({ ...each, negated })), end };
}

function classCharacter(
  text: string,
  at: number,
  most: number,
): Exclude<Escape, { set: CharacterSet }> {
  if (text[at] === "\\") {
    const escape = readEscape(text, at, most);
    return "set" in escape ? { error: "invalid character class range" } : escape;
  }
  const code = text.codePointAt(at);
  if (code === undefined) return { error: "missing closing ]" };
  return { code, end: at + (code > 0xffff ? 2 : 1) };
}
