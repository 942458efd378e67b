export type Ranges = readonly (readonly [low: number, high: number])[];

/** Which characters a part of an expression takes, by code point. */
export interface CharacterSet {
  readonly negated: boolean;
  readonly ranges: Ranges;
  readonly groups?: readonly Group[]; // beside them
  readonly fold?: Fold; // in either case
}

/** Whose cases count as one: of all characters, or of ASCII letters alone where each byte is a character. */
export type Fold = "unicode" | "ascii";

/** What a name stands for, as `\p{Lu}` or `\W`, or everything else. */
export interface Group {
  readonly holds: RegExp | Ranges;
  readonly negated: boolean;
}

export const digits = [[0x30, 0x39]] as const;
const spaces = [
  [9, 10],
  [12, 13],
  [32, 32],
] as const;
export const words = [
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
export function takes(set: CharacterSet, code: number): boolean {
  if (Number.isNaN(code)) return false;
  return holds(set, code) !== set.negated;
}

/** What a group excludes, it excludes in either case. `google/re2:re2/parse.cc`, AddUGroup */
function holds({ ranges, groups = [], fold }: CharacterSet, code: number): boolean {
  return (
    isAmong(ranges, code, fold) ||
    groups.some((group) => isAmong(group.holds, code, fold) !== group.negated)
  );
}

function isAmong(characters: RegExp | Ranges, code: number, fold: Fold | undefined): boolean {
  if (isPlainly(characters, code)) return true;
  if (fold === undefined) return false;
  if (isPlainly(characters, otherCase(code))) return true;
  return fold === "unicode" && isText(code) && inEitherCase(characters).test(textOf(code));
}

function isPlainly(characters: RegExp | Ranges, code: number): boolean {
  if (!(characters instanceof RegExp))
    return characters.some(([low, high]) => low <= code && code <= high);
  return isText(code) && characters.test(textOf(code));
}

/** Beyond Unicode, where RE2 reads broken UTF-8, nothing has any property. */
function isText(code: number): boolean {
  return code <= 0x10ffff;
}

function textOf(code: number): string {
  return String.fromCodePoint(code);
}

const folded = new WeakMap<RegExp | Ranges, RegExp>();

/** These characters, and all that differ from one of them in case alone, as Unicode has it: its simple folding, which is RE2's. */
function inEitherCase(characters: RegExp | Ranges): RegExp {
  const known = folded.get(characters);
  if (known) return known;
  const source =
    characters instanceof RegExp
      ? characters.source
      : `[${characters.map(([low, high]) => `${escaped(low)}-${escaped(high)}`).join("")}]`;
  const made = new RegExp(source, "iu");
  folded.set(characters, made);
  return made;
}

function escaped(code: number): string {
  return `\\u{${code.toString(16)}}`;
}

function otherCase(code: number): number {
  const letter = code | 0x20;
  return letter >= 0x61 && letter <= 0x7a ? code ^ 0x20 : code;
}
