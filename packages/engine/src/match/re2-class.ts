/** Which characters a part of an expression takes, by code point. */
export interface CharacterSet {
  readonly negated: boolean;
  readonly ranges: readonly (readonly [low: number, high: number])[];
  readonly fold?: true; // ASCII letters in either case
}

const digits = [[0x30, 0x39]] as const;
const spaces = [
  [9, 10],
  [12, 13],
  [32, 32],
] as const;
const words = [
  [0x30, 0x39],
  [0x41, 0x5a],
  [0x5f, 0x5f],
  [0x61, 0x7a],
] as const;

/** `\d`, `\s`, `\w` and what they exclude. */
export function perlClass(letter: string): CharacterSet | undefined {
  const ranges = { d: digits, s: spaces, w: words }[letter.toLowerCase()];
  return ranges && { negated: letter !== letter.toLowerCase(), ranges };
}

/** Whether a set takes a character. `NaN`: a byte that is none. */
export function takes({ negated, ranges, fold }: CharacterSet, code: number): boolean {
  if (Number.isNaN(code)) return false;
  return (
    (inRanges(ranges, code) || (fold === true && inRanges(ranges, otherCase(code)))) !== negated
  );
}

function inRanges(ranges: CharacterSet["ranges"], code: number): boolean {
  return ranges.some(([low, high]) => low <= code && code <= high);
}

function otherCase(code: number): number {
  const letter = code | 0x20;
  return letter >= 0x61 && letter <= 0x7a ? code ^ 0x20 : code;
}

type Ranges = readonly (readonly [number, number])[];

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
  digit: digits,
  lower: [[0x61, 0x7a]],
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

/** A class in brackets that begins at `start`, or what RE2 finds wrong with it. */
export function parseClass(
  text: string,
  start: number,
): { readonly set: CharacterSet; readonly end: number } | { readonly error: string } {
  const negated = text[start + 1] === "^";
  const ranges: (readonly [number, number])[] = [];
  const first = start + (negated ? 2 : 1);
  let at = first;
  while (at === first || text[at] !== "]") {
    if (at >= text.length) return { error: "missing closing ]" };
    const item = classItem(text, at);
    if ("error" in item) return item;
    ranges.push(...item.ranges);
    at = item.end;
  }
  return { set: { negated, ranges }, end: at + 1 };
}

type Item = { readonly ranges: Ranges; readonly end: number } | { readonly error: string };

function classItem(text: string, at: number): Item {
  const named = /^\[:(\^?)([a-z]+):\]/.exec(text.slice(at));
  if (named) {
    const ranges = posix[named[2] ?? ""];
    if (!ranges || named[1]) return { error: "invalid character class range" };
    return { ranges, end: at + named[0].length };
  }
  const perl = text[at] === "\\" ? perlClass(text.charAt(at + 1)) : undefined;
  if (perl) return { ranges: perl.negated ? complement(perl.ranges) : perl.ranges, end: at + 2 };
  const low = classCharacter(text, at);
  if ("error" in low) return low;
  if (text[low.end] !== "-" || text[low.end + 1] === "]" || low.end + 1 >= text.length)
    return { ranges: [[low.code, low.code]], end: low.end };
  const high = classCharacter(text, low.end + 1);
  if ("error" in high) return high;
  if (high.code < low.code) return { error: "invalid character class range" };
  return { ranges: [[low.code, high.code]], end: high.end };
}

function classCharacter(
  text: string,
  at: number,
): { readonly code: number; readonly end: number } | { readonly error: string } {
  const escaped = text[at] === "\\";
  const place = escaped ? at + 1 : at;
  const code = text.codePointAt(place);
  if (code === undefined) return { error: "missing closing ]" };
  if (escaped && /[0-9A-Za-z]/.test(text.charAt(place))) {
    const control = { n: 10, r: 13, t: 9, f: 12, v: 11, a: 7 }[text.charAt(place)];
    return control === undefined
      ? { error: "invalid escape sequence" }
      : { code: control, end: place + 1 };
  }
  return { code, end: place + (code > 0xffff ? 2 : 1) };
}

function complement(ranges: Ranges): Ranges {
  const gaps: (readonly [number, number])[] = [];
  let next = 0;
  for (const [low, high] of ranges) {
    if (low > next) gaps.push([next, low - 1]);
    next = high + 1;
  }
  return [...gaps, [next, 0x10ffff]];
}
