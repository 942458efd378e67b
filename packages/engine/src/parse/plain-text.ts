import { letters, tableOf } from "./characters.ts";
import type { Noted } from "./plain-places.ts";
import type { Words } from "./plain-words.ts";

/** How far a plain document is read. Whatever reads something leaves `at` behind it. */
export interface Reader extends Noted {
  readonly words: Words;
  readonly items: unknown[]; // of the lists that are being read
  count: number; // of these
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
const newline = 10;
const percent = 37;
const dash = 45;
const dot = 46;

const inWord = tableOf(`${letters}_./-`);
const afterColon = tableOf(`${letters}_/`);
const beginsWord = tableOf(`${letters}_`);

/** Whether a key may begin so. */
export function isLetter(code: number): boolean {
  return beginsWord[code] === 1;
}

/** Where letters, digits and what never means anything between them end. */
export function wordEnd(text: string, start: number): number {
  let at = start;
  for (;;) {
    const code = text.charCodeAt(at);
    if (inWord[code] !== 1 && (code !== colon || afterColon[text.charCodeAt(at + 1)] !== 1))
      return at;
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
export function standsAlone(text: string, at: number): boolean {
  return text.charCodeAt(at) === blank || isLineEnd(text, at);
}

export function isLineEnd(text: string, at: number): boolean {
  return at >= text.length || text.charCodeAt(at) === newline;
}

/** Whether a list goes on here. */
export function isItem({ text, at }: Reader): boolean {
  return text.charCodeAt(at) === dash && standsAlone(text, at + 1);
}

/** Whether nothing but a comment is left of the line. */
export function isLineOver({ text, at }: Reader): boolean {
  return isLineEnd(text, at) || text.charCodeAt(at) === hash;
}

export function skipBlanks(reader: Reader): void {
  const { text } = reader;
  let { at } = reader;
  while (text.charCodeAt(at) === blank) at += 1;
  reader.at = at;
}

/** Over blanks and a comment to where the next line begins; `false`: something else is in the way. */
export function endLine(reader: Reader): boolean {
  const { text } = reader;
  skipBlanks(reader);
  let { at } = reader;
  if (text.charCodeAt(at) === hash && (at === 0 || text.charCodeAt(at - 1) <= blank))
    while (isPrinted(text.charCodeAt(at))) at += 1;
  if (!isLineEnd(text, at)) return false;
  reader.at = at + 1;
  return true;
}

/** Goes on to the next line that says something; `at` is where a line begins. */
export function toLine(reader: Reader): void {
  const { text } = reader;
  for (;;) {
    const start = reader.at;
    skipBlanks(reader);
    const { at } = reader;
    const code = text.charCodeAt(at);
    if (code !== newline && code !== hash) {
      reader.indent = at > start && at < text.length ? at - start : margin(text, at);
      return;
    }
    if (!endLine(reader)) {
      reader.indent = unreadable;
      return;
    }
  }
}

/** At the beginning of a line: the document may end here. Directives and what else ends documents is for the full parser. */
function margin(text: string, at: number): number {
  if (at >= text.length) return over;
  const code = text.charCodeAt(at);
  if (code === percent) return unreadable;
  if (code === dot) return text.startsWith("...", at) ? unreadable : 0;
  if (code !== dash || !text.startsWith("---", at)) return 0;
  return beginsDocument(text, at) ? over : unreadable;
}

/** Whether a line begins a document, as `kubectl` sees it (kubernetes/apimachinery:pkg/util/yaml/decoder.go). */
export function beginsDocument(text: string, at: number): boolean {
  return /^---(?:[ \t\r\n]|$)/.test(text.slice(at, at + 4));
}
