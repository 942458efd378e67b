import type { Piece } from "../model/rule.ts";

/**
 * What a value is made of: UTF-8 bytes, one character each, or characters. RE2 matches no byte that is not part of valid UTF-8, unless
 * it takes each byte for a character of its own (`latin1`, by release).
 */
export type Alphabet = "bytes" | "characters" | "latin1";

type Run = Exclude<Piece, string>;

/** Whether the pieces cover the whole value. Linear in the value for each piece, whatever the pieces are. */
export function matchesSequence(
  pieces: readonly Piece[],
  value: string,
  alphabet: Alphabet = "bytes",
): boolean {
  if (alphabet === "bytes" && highByte.test(value) && !taken.test(value))
    return matchesWithin(pieces, value, true);
  if (pieces.every(isPlain) && !value.includes("\n")) return matchesPlain(pieces, value);
  return matchesWithin(pieces, value, false);
}

/** What RE2 takes for characters: also surrogates, overlong forms and what is beyond Unicode. `google/re2:re2/compile.cc`, Add_80_10ffff */
const taken =
  /^(?:[^\x80-\xff]|[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3})*$/;

const highByte = /[\x80-\xff]/;

function isPlain(piece: Piece): boolean {
  return typeof piece === "string" || piece.run === "any";
}

/** Runs of anything, and literals between them: the first place a literal fits is as good as any. */
function matchesPlain(pieces: readonly Piece[], value: string): boolean {
  let at = 0;
  let free = false; // a run stands before: the literal may start later
  for (const [index, piece] of pieces.entries()) {
    if (typeof piece !== "string") {
      at += piece.min;
      free = true;
      continue;
    }
    if (free && index === pieces.length - 1) return endsFrom(value, piece, at);
    const found = free ? value.indexOf(piece, at) : value.startsWith(piece, at) ? at : -1;
    if (found < 0) return false;
    at = found + piece.length;
    free = false;
  }
  return free ? at <= value.length : at === value.length;
}

function endsFrom(value: string, literal: string, at: number): boolean {
  return value.length - literal.length >= at && value.endsWith(literal);
}

/** The general case: which positions can be reached, piece by piece. `broken`: the value is not valid UTF-8. */
function matchesWithin(pieces: readonly Piece[], value: string, broken: boolean): boolean {
  let reached = new Uint8Array(value.length + 1);
  reached[0] = 1;
  for (const piece of pieces)
    reached =
      typeof piece === "string"
        ? afterLiteral(piece, value, reached)
        : afterRun(piece, value, reached, broken);
  return reached[value.length] === 1;
}

function afterLiteral(
  literal: string,
  value: string,
  reached: Uint8Array<ArrayBuffer>,
): Uint8Array<ArrayBuffer> {
  const next = new Uint8Array(reached.length);
  for (let at = value.indexOf(literal); at >= 0; at = value.indexOf(literal, at + 1)) {
    if (reached[at] === 1) next[at + literal.length] = 1;
    if (at >= value.length) break;
  }
  return next;
}

function afterRun(
  run: Run,
  value: string,
  reached: Uint8Array<ArrayBuffer>,
  broken: boolean,
): Uint8Array<ArrayBuffer> {
  const next = new Uint8Array(reached.length);
  let started = false; // some reached position before this one, with nothing but the run's characters since
  for (let at = 0; at <= value.length; at += 1) {
    if (run.min === 0 && reached[at] === 1) started = true;
    if (started) next[at] = 1;
    if (run.min === 1 && reached[at] === 1) started = true;
    if (at < value.length && !admits(run, value.charCodeAt(at), broken)) started = false;
  }
  return next;
}

/** Letters, digits and `-._~%!$&'()+,;:@=*`: `envoy:source/extensions/path/uri_template_lib/uri_template_internal.cc`. */
const template = new Set(
  [..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~%!$&'()+,;:@=*"].map(
    (character) => character.charCodeAt(0),
  ),
);

/** Whether a run may hold a character. `broken`: the value is not valid UTF-8. */
export function admits(run: Run, code: number, broken: boolean): boolean {
  switch (run.run) {
    case "any":
      return code !== 0x0a && !(broken && code >= 0x80);
    case "segment":
      return code !== 0x2f && !(broken && code >= 0x80);
    case "template":
      return template.has(code);
    case "template-or-slash":
      return code === 0x2f || template.has(code);
  }
}

const utf8 =
  /^(?:[^\x80-\xff]|[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2})*$/;

/** Whether a byte string is valid UTF-8. A value in which only some bytes are not is treated as if no high byte were. */
function validUtf8(value: string): boolean {
  return utf8.test(value);
}

/** The characters of a byte string, or undefined if it is not valid UTF-8. */
export function decodeUtf8(value: string): string | undefined {
  if (!highByte.test(value)) return value;
  if (!validUtf8(value)) return undefined;
  return decodeURIComponent(
    value.replace(/[%\x80-\xff]/g, (byte) => `%${byte.charCodeAt(0).toString(16)}`),
  );
}
