/** A table of characters below 256, to be asked by code. */
export function tableOf(characters: string): Uint8Array {
  const table = new Uint8Array(256);
  for (let at = 0; at < characters.length; at += 1) table[characters.charCodeAt(at)] = 1;
  return table;
}

const digits = "0123456789";
const lower = "abcdefghijklmnopqrstuvwxyz";

/** Letters and digits, as Kubernetes and YAML count them. */
export const letters: string = `${lower}${lower.toUpperCase()}${digits}`;
export const lowerLetters: string = `${lower}${digits}`;

/** Whether all characters of a text are in a table. */
export function consistsOf(text: string, table: Uint8Array): boolean {
  for (let at = 0; at < text.length; at += 1) if (table[text.charCodeAt(at)] !== 1) return false;
  return true;
}

/** Whether one of its characters is in a table. */
export function hasAny(text: string, table: Uint8Array): boolean {
  for (let at = 0; at < text.length; at += 1) if (table[text.charCodeAt(at)] === 1) return true;
  return false;
}

/** The characters of a text as numbers, and zeros behind the last: looking at one takes half as long as with `charCodeAt`. */
export type Codes = Uint8Array | Uint16Array;

const behind = 4;
const encoder = new TextEncoder();

export function codesOf(text: string): Codes {
  const { length } = text;
  const bytes = new Uint8Array(length + behind);
  const { read, written } = encoder.encodeInto(text, bytes);
  if (read === length && written === length) return bytes;
  const codes = new Uint16Array(length + behind);
  for (let at = 0; at < length; at += 1) codes[at] = text.charCodeAt(at);
  return codes;
}

export function codeAt(codes: Codes, at: number): number {
  return codes[at] ?? 0;
}

/** Whether an offset is behind the last character. */
export function isOver(codes: Codes, at: number): boolean {
  return at >= codes.length - behind;
}
