import { keyText, plainScalar, type Scalar } from "./scalar.ts";

/** A word of a document, as a value and as a key. `undefined`: JSON has no such value, or no such key. */
export interface Word {
  readonly source: string;
  readonly value: Scalar | undefined;
  readonly name: string | undefined;
}

/** Words that came before, by some of their characters: the same ones come again and again. The last of a kind is kept. */
export type Words = (Word | undefined)[];

const size = 2048;
const longest = 48;

export function noWords(): Words {
  return new Array<undefined>(size).fill(undefined);
}

/** The word between two offsets. */
export function wordAt(words: Words, text: string, start: number, end: number): Word {
  const length = end - start;
  if (length > longest) return wordOf(text.slice(start, end));
  const slot =
    (length +
      text.charCodeAt(start) * 7 +
      text.charCodeAt(start + (length >> 1)) * 61 +
      text.charCodeAt(end - 1) * 31 +
      text.charCodeAt(end - 2) * 17) &
    (size - 1);
  const known = words[slot];
  if (known !== undefined && isSame(known.source, text, start, end)) return known;
  const word = wordOf(text.slice(start, end));
  words[slot] = word;
  return word;
}

function isSame(source: string, text: string, start: number, end: number): boolean {
  if (source.length !== end - start) return false;
  for (let at = source.length - 1; at >= 0; at -= 1)
    if (source.charCodeAt(at) !== text.charCodeAt(start + at)) return false;
  return true;
}

function wordOf(source: string): Word {
  const value = plainScalar(source);
  if (typeof value === "number" && !Number.isFinite(value))
    return { source, value: undefined, name: undefined };
  return { source, value, name: value === null ? undefined : keyText(value) };
}
