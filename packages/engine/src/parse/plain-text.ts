import { type Codes, codeAt, isOver, letters, tableOf } from "./characters.ts";
import type { Aside } from "./exact.ts";
import type { Noted } from "./plain-places.ts";
import type { Word, Words } from "./plain-words.ts";

/** How far a plain document is read. Whatever reads something leaves `at` behind it. */
export interface Reader extends Noted, Aside {
  readonly codes: Codes; // of the text
  readonly words: Words;
  word: Word | undefined; // that was read last
  at: number;
  indent: number; // of the line at hand; `over` or `unreadable` where there is none
  key: number; // where the key begins that was read last
}

/** What `indent` says behind the last line of a document, and at one that the full parser has to read. */
export const over = -1;
export const unreadable = -2;

/** The characters that mean something, as UTF-16 codes. */
export const blank = 32;
export const quotes = 34;
export const hash = 35;
export const apostrophe = 39;
export const colon = 58;
export const backslash = 92;
export const bracket = 91;
export const brace = 123;
const tab = 9;
const newline = 10;
const carriageReturn = 13;
const percent = 37;
export const dash = 45;
const dot = 46;

const inWord = tableOf(`${letters}_./-`);
const afterColon = tableOf(`${letters}_/`);
const beginsWord = tableOf(`${letters}_`);

/** Whether a key may begin so. */
export function isLetter(code: number): boolean {
  return beginsWord[code] === 1;
}

/** Where letters, digits and what never means anything between them end. */
export function wordEnd(codes: Codes, start: number): number {
  let at = start;
  for (;;) {
    const code = codes[at] ?? 0;
    if (inWord[code] !== 1 && (code !== colon || afterColon[codes[at + 1] ?? 0] !== 1)) return at;
    at += 1;
  }
}

/** What may stand in a line: no control character, and nothing that breaks lines some other way than a line feed. */
export function isPrinted(code: number): boolean {
  if (code < 127) return code >= blank;
  if (code < 0x2028) return code >= 0xa0;
  if (code < 0xd800) return code > 0x2029;
  return (code >= 0xe000 && code < 0xfeff) || (code > 0xfeff && code < 0xfffe);
}

/** Whether a blank follows, or nothing more in this line. */
export function standsAlone(codes: Codes, at: number): boolean {
  return codes[at] === blank || isLineEnd(codes, at);
}

export function isLineEnd(codes: Codes, at: number): boolean {
  return codes[at] === newline || isOver(codes, at);
}

/** Whether a list goes on here. */
export function isItem({ codes, at }: Reader): boolean {
  return codes[at] === dash && standsAlone(codes, at + 1);
}

/** Whether nothing but a comment is left of the line. */
export function isLineOver({ codes, at }: Reader): boolean {
  return isLineEnd(codes, at) || codes[at] === hash;
}

export function skipBlanks(reader: Reader): void {
  const { codes } = reader;
  let { at } = reader;
  while (codes[at] === blank) at += 1;
  reader.at = at;
}

/** Over blanks and a comment to where the next line begins; `false`: something else is in the way. */
export function endLine(reader: Reader): boolean {
  const { codes } = reader;
  skipBlanks(reader);
  let { at } = reader;
  if (codes[at] === hash && (at === 0 || codeAt(codes, at - 1) <= blank))
    while (isPrinted(codeAt(codes, at))) at += 1;
  if (!isLineEnd(codes, at)) return false;
  reader.at = at + 1;
  return true;
}

/** Goes on to the next line that says something; `at` is where a line begins. */
export function toLine(reader: Reader): void {
  const { codes } = reader;
  for (;;) {
    const start = reader.at;
    skipBlanks(reader);
    const { at } = reader;
    const code = codes[at];
    if (code !== newline && code !== hash) {
      reader.indent = at > start && !isOver(codes, at) ? at - start : margin(codes, at);
      return;
    }
    if (!endLine(reader)) {
      reader.indent = unreadable;
      return;
    }
  }
}

/** At the beginning of a line: the document may end here. Directives and what else ends documents is for the full parser. */
function margin(codes: Codes, at: number): number {
  if (isOver(codes, at)) return over;
  const code = codeAt(codes, at);
  if (code === percent) return unreadable;
  if (code === dot) return isThrice(codes, dot, at) ? unreadable : 0;
  if (code !== dash || !isThrice(codes, dash, at)) return 0;
  return beginsDocument(codes, at) ? over : unreadable;
}

/** Whether a line begins a document, as `kubectl` sees it (kubernetes/apimachinery:pkg/util/yaml/decoder.go). */
function beginsDocument(codes: Codes, at: number): boolean {
  if (!isThrice(codes, dash, at)) return false;
  const code = codeAt(codes, at + 3);
  return standsAlone(codes, at + 3) || code === tab || code === carriageReturn;
}

function isThrice(codes: Codes, code: number, at: number): boolean {
  for (let next = at; next < at + 3; next += 1) if (codes[next] !== code) return false;
  return true;
}
