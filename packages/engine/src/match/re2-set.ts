/** Which characters a part of an expression takes, by code point. */
export interface CharacterSet {
  readonly negated: boolean;
  readonly ranges: readonly (readonly [low: number, high: number])[];
  readonly properties?: readonly Property[]; // of Unicode
  readonly fold?: true; // ASCII letters in either case
}

/** What Unicode says of characters: `\p{Lu}`. */
export interface Property {
  readonly property: RegExp;
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
  return (holds(set, code) || (set.fold === true && holds(set, otherCase(code)))) !== set.negated;
}

function holds({ ranges, properties = [] }: CharacterSet, code: number): boolean {
  return (
    inRanges(ranges, code) ||
    properties.some(({ property, negated }) => hasProperty(property, code) !== negated)
  );
}

/** Beyond Unicode, where RE2 reads broken UTF-8, nothing has any. */
function hasProperty(property: RegExp, code: number): boolean {
  return code <= 0x10ffff && property.test(String.fromCodePoint(code));
}

function inRanges(ranges: CharacterSet["ranges"], code: number): boolean {
  return ranges.some(([low, high]) => low <= code && code <= high);
}

function otherCase(code: number): number {
  const letter = code | 0x20;
  return letter >= 0x61 && letter <= 0x7a ? code ^ 0x20 : code;
}
