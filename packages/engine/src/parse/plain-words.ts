import { type Codes, codesOf } from "./characters.ts";
import { keyText, plainScalar, type Scalar } from "./scalar.ts";

/** A word of a document, as a value and as a key. `undefined`: JSON has no such value, or no such key. */
export interface Word {
  readonly source: string;
  readonly start: number; // where it was read first
  readonly value: Scalar | undefined;
  readonly name: string | undefined;
  only: readonly string[] | undefined; // the list of nothing but this text, once there is one
}

/** Words that came before, by their characters: the same ones come again and again. The last of a kind is kept. */
export type Words = (Word | undefined)[];

/** A text, and the words that were met in it. */
export interface Text {
  readonly text: string;
  readonly codes: Codes;
  readonly words: Words;
}

const longest = 48;

export function textOf(text: string): Text {
  let size = 64;
  while (size < 16_384 && size * 64 < text.length) size *= 2;
  return { text, codes: codesOf(text), words: new Array<undefined>(size).fill(undefined) };
}

/** The word between two offsets. */
export function wordAt(within: Text, start: number, end: number): Word {
  const { codes, words } = within;
  if (end - start > longest) return wordOf(within, start, end);
  let sum = end - start;
  for (let at = start; at < end; at += 1) sum = (Math.imul(sum, 31) + (codes[at] ?? 0)) | 0;
  const slot = (sum ^ (sum >>> 13)) & (words.length - 1);
  const known = words[slot];
  if (known !== undefined && isSame(codes, known, start, end)) return known;
  const word = wordOf(within, start, end);
  words[slot] = word;
  return word;
}

/** The list of a word that is text: a `[GET]` is the same list each time. Of what is read nothing is ever changed. */
export function listOfOne(word: Word): readonly string[] {
  word.only ??= [word.source];
  return word.only;
}

function isSame(codes: Codes, { source, start: first }: Word, start: number, end: number): boolean {
  if (source.length !== end - start) return false;
  const by = first - start;
  for (let at = start; at < end; at += 1) if (codes[at] !== codes[at + by]) return false;
  return true;
}

function wordOf({ text }: Text, start: number, end: number): Word {
  const source = text.slice(start, end);
  const value = plainScalar(source);
  const isNothing = typeof value === "number" && !Number.isFinite(value);
  return {
    source,
    start,
    value: isNothing ? undefined : value,
    name: isNothing || value === null ? undefined : keyText(value),
    only: undefined,
  };
}
