import { plainEnd } from "./words.ts";

/** What the value of a member is. */
export const kinds = { absent: 0, text: 1, number: 2, null: 3, object: 4 } as const;

const [quote, letterN, zero] = [34, 110, 48] as const;
/** More digits may not be a number that is kept exactly. */
const mostDigits = 15;

/** What a value is that begins here, if it is any that is taken. */
export function kindAt(bytes: Uint8Array, at: number): number {
  const first = bytes[at];
  if (first === quote) return kinds.text;
  return first === letterN ? kinds.null : kinds.number;
}

/**
 * Where a value ends that begins here: its closing quote, or what comes after a whole number or `null`. -1: it is none of those, or a
 * text with anything but plain characters. Of a text nothing is looked at before `from`.
 */
export function valueEnd(bytes: Uint8Array, words: DataView, at: number, from: number): number {
  if (bytes[at] === quote) return textEnd(bytes, words, Math.max(at + 1, from));
  if (bytes[at] === letterN) return isNull(bytes, at) ? at + 4 : -1;
  return numberEnd(bytes, at);
}

/** Where the quote is that ends a text; -1: it has anything but plain characters. */
export function textEnd(bytes: Uint8Array, words: DataView, from: number): number {
  const at = plainEnd(words, from);
  return bytes[at] === quote ? at : -1;
}

function numberEnd(bytes: Uint8Array, from: number): number {
  let at = from;
  while (isDigit(bytes[at] ?? 0)) at += 1;
  const zeroAhead = bytes[from] === zero && at > from + 1;
  return at === from || at > from + mostDigits || zeroAhead ? -1 : at;
}

function isNull(bytes: Uint8Array, at: number): boolean {
  return bytes[at + 1] === 117 && bytes[at + 2] === 108 && bytes[at + 3] === 108;
}

function isDigit(byte: number): boolean {
  return byte >= zero && byte < zero + 10;
}
