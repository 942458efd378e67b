/** A value of a token or key set. Objects have no prototype. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

interface Cursor {
  readonly text: string;
  at: number;
  depth: number;
}

const deepest = 100;

/**
 * A JSON object as Envoy reads tokens and key sets: with protobuf's old lenience (trailing commas, single quotes, bare keys, raw
 * control characters) and its strictness (no key twice, 100 levels, finite numbers). `null` is the empty object. Undefined: it
 * is refused. Follows protocolbuffers/protobuf:src/google/protobuf/json/internal/lexer.cc with legacy behaviour.
 */
export function parseProtobufJson(text: string): JsonObject | undefined {
  const cursor: Cursor = { text, at: 0, depth: 0 };
  const value = parseValue(cursor);
  skipBlanks(cursor);
  if (cursor.at !== text.length) return undefined;
  if (value === null) return emptyObject();
  return isJsonObject(value) ? value : undefined;
}

/** Whether a value has members: neither list nor scalar. */
export function isJsonObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function emptyObject(): Record<string, Json> {
  return Object.create(null);
}

function parseValue(cursor: Cursor): Json | undefined {
  skipBlanks(cursor);
  const next = cursor.text.charAt(cursor.at);
  if (next === "{") return parseObject(cursor);
  if (next === "[") return parseList(cursor);
  if (next === '"' || next === "'") return parseString(cursor);
  if (take(cursor, "true")) return true;
  if (take(cursor, "false")) return false;
  if (take(cursor, "null")) return null;
  return parseNumber(cursor);
}

function parseObject(cursor: Cursor): JsonObject | undefined {
  const object = emptyObject();
  const whole = parseMembers(cursor, "}", () => {
    const key = parseKey(cursor);
    if (key === undefined || key in object || !take(cursor, ":")) return false;
    const value = parseValue(cursor);
    if (value !== undefined) object[key] = value;
    return value !== undefined;
  });
  return whole ? object : undefined;
}

function parseList(cursor: Cursor): readonly Json[] | undefined {
  const list: Json[] = [];
  const whole = parseMembers(cursor, "]", () => {
    const value = parseValue(cursor);
    if (value !== undefined) list.push(value);
    return value !== undefined;
  });
  return whole ? list : undefined;
}

/** What stands between brackets, with commas between and perhaps one at the end. */
function parseMembers(cursor: Cursor, end: string, parseMember: () => boolean): boolean {
  cursor.at += 1;
  cursor.depth += 1;
  if (cursor.depth > deepest) return false;
  let more = true;
  while (!take(cursor, end)) {
    if (!more || !parseMember()) return false;
    more = take(cursor, ",");
  }
  cursor.depth -= 1;
  return true;
}

const bareKey = /[A-Za-z_][A-Za-z0-9_]*/y;

function parseKey(cursor: Cursor): string | undefined {
  skipBlanks(cursor);
  const next = cursor.text.charAt(cursor.at);
  if (next === '"' || next === "'") return parseString(cursor);
  const word = matchAt(cursor, bareKey);
  return word === "null" || word === "true" || word === "false" ? undefined : word;
}

const number = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;

/** Any finite double. What follows must close or continue a list or object, which its caller sees to. */
function parseNumber(cursor: Cursor): number | undefined {
  const digits = matchAt(cursor, number);
  if (digits === undefined) return undefined;
  const value = Number(digits);
  return Number.isFinite(value) ? value : undefined;
}

const plain = { '"': /[^"\\]*/y, "'": /[^'\\]*/y };

function parseString(cursor: Cursor): string | undefined {
  const quote = cursor.text.charAt(cursor.at) === "'" ? "'" : '"';
  cursor.at += 1;
  let text = "";
  while (cursor.at < cursor.text.length) {
    text += matchAt(cursor, plain[quote]) ?? "";
    const stop = cursor.text.charAt(cursor.at);
    cursor.at += 1;
    if (stop === quote) return text;
    const escaped = stop === "\\" ? parseEscape(cursor) : undefined;
    if (escaped === undefined) return undefined;
    text += escaped;
  }
  return undefined;
}

const escapes: ReadonlyMap<string, string> = new Map(
  Object.entries({
    '"': '"',
    "'": "'",
    "\\": "\\",
    "/": "/",
    b: "\b",
    f: "\f",
    n: "\n",
    r: "\r",
    t: "\t",
  }),
);

function parseEscape(cursor: Cursor): string | undefined {
  const letter = cursor.text.charAt(cursor.at);
  cursor.at += 1;
  return letter === "u" || letter === "U" ? parseUnicodeEscape(cursor) : escapes.get(letter);
}

/** A surrogate must be the first of a pair; white space between the two escapes is skipped. */
function parseUnicodeEscape(cursor: Cursor): string | undefined {
  const unit = parseHex(cursor);
  if (unit === undefined || (unit >= 0xdc00 && unit <= 0xdfff)) return undefined;
  if (unit < 0xd800 || unit > 0xdfff) return String.fromCharCode(unit);
  const low = take(cursor, "\\u") ? parseHex(cursor) : undefined;
  if (low === undefined || low < 0xdc00 || low > 0xdfff) return undefined;
  return String.fromCharCode(unit, low);
}

const fourHex = /[0-9A-Fa-f]{4}/y;

function parseHex(cursor: Cursor): number | undefined {
  const digits = matchAt(cursor, fourHex);
  return digits === undefined ? undefined : Number.parseInt(digits, 16);
}

function skipBlanks(cursor: Cursor): void {
  while (isBlank(cursor.text.charCodeAt(cursor.at))) cursor.at += 1;
}

/** Space, tab, return, line feed. */
function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09 || code === 0x0d || code === 0x0a;
}

function take(cursor: Cursor, literal: string): boolean {
  skipBlanks(cursor);
  if (!cursor.text.startsWith(literal, cursor.at)) return false;
  cursor.at += literal.length;
  return true;
}

/** What a sticky pattern matches here, and moves past it. */
function matchAt(cursor: Cursor, pattern: RegExp): string | undefined {
  pattern.lastIndex = cursor.at;
  const found = pattern.exec(cursor.text)?.[0];
  if (found !== undefined) cursor.at += found.length;
  return found;
}
