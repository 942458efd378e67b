import { keyText, plainScalar } from "./scalar.ts";

/** A value that stands on one line. */
export interface LineValue {
  readonly value: unknown;
}

/** What stands after a key or a dash, without the blanks around it: `undefined` means that the full parser has to read it. */
export function lineValue(source: string): LineValue | undefined {
  const first = source.charAt(0);
  if (first === '"' || first === "'") return quotedValue(source);
  if (first === "[" || first === "{") return flowValue(source);
  return plainValue(source);
}

/** Without the blanks at its end; no other white space counts. */
export function withoutBlanks(line: string): string {
  let end = line.length;
  while (line.charAt(end - 1) === " ") end -= 1;
  return end === line.length ? line : line.slice(0, end);
}

/** Up to its comment. */
function plainValue(source: string): LineValue | undefined {
  const comment = source.indexOf(" #");
  const text = comment < 0 ? source : withoutBlanks(source.slice(0, comment));
  if (!plainStart.test(text) || text.includes(": ") || text.endsWith(":")) return undefined;
  return finite(plainScalar(text));
}

/** No indicator of YAML's; a dash before something else than a blank is none. */
const plainStart = /^(?:[^-?:,[\]{}#&*!|>'"%@` ]|-[^ ])/;

function finite(value: unknown): LineValue | undefined {
  return typeof value === "number" && !Number.isFinite(value) ? undefined : { value };
}

/** Quotes without anything to resolve in them but a doubled single one. */
function quotedValue(source: string): LineValue | undefined {
  const [, double, single, rest = ""] = quoted.exec(source) ?? [];
  if (!/^(?: +#.*)?$/.test(rest)) return undefined;
  if (double !== undefined) return { value: double };
  return single === undefined ? undefined : { value: single.replaceAll("''", "'") };
}
const quoted = /^(?:"([^"\\]*)"|'((?:[^']|'')*)')(.*)$/;

/** A list or mapping of simple values in brackets. */
function flowValue(source: string): LineValue | undefined {
  const tokens: Tokens = { source, at: 0 };
  const found = readFlow(tokens, 0);
  return found && /^(?: +#.*)?$/.test(source.slice(tokens.at)) ? found : undefined;
}

interface Tokens {
  readonly source: string;
  at: number;
}

const deepestFlow = 8;

function readFlow(tokens: Tokens, depth: number): LineValue | undefined {
  const first = tokens.source.charAt(tokens.at);
  if (depth > deepestFlow) return undefined;
  if (first === "[") return readList(tokens, depth);
  if (first === "{") return readMapping(tokens, depth);
  return readWord(tokens);
}

function readList(tokens: Tokens, depth: number): LineValue | undefined {
  const value: unknown[] = [];
  tokens.at += 1;
  if (takes(tokens, "]")) return { value };
  for (;;) {
    skipBlanks(tokens);
    const item = readFlow(tokens, depth + 1);
    if (!item) return undefined;
    value.push(item.value);
    if (takes(tokens, "]")) return { value };
    if (!takes(tokens, ",")) return undefined;
  }
}

function readMapping(tokens: Tokens, depth: number): LineValue | undefined {
  const value: Record<string, unknown> = {};
  tokens.at += 1;
  if (takes(tokens, "}")) return { value };
  for (;;) {
    skipBlanks(tokens);
    const key = readKey(tokens);
    if (key === undefined || Object.hasOwn(value, key)) return undefined;
    const item = readFlow(tokens, depth + 1);
    if (!item) return undefined;
    value[key] = item.value;
    if (takes(tokens, "}")) return { value };
    if (!takes(tokens, ",")) return undefined;
  }
}

/** A key in quotes or a word, with what stands between it and its value. */
function readKey(tokens: Tokens): string | undefined {
  const text = sticky(flowKey, tokens);
  return text === undefined ? undefined : plainKey(text.slice(0, text.lastIndexOf(":")));
}

/** YAML knows no longer key before its colon on one line; it counts 1024. */
const longestKey = 1000;

/** A key as JSON has it. `__proto__` would be another property. */
export function plainKey(source: string): string | undefined {
  if (source.length > longestKey) return undefined;
  if (source.startsWith('"') || source.startsWith("'")) return safe(source.slice(1, -1));
  const scalar = plainScalar(source);
  if (scalar === null || (typeof scalar === "number" && !Number.isFinite(scalar))) return undefined;
  return safe(keyText(scalar));
}

function safe(name: string): string | undefined {
  return name === "__proto__" ? undefined : name;
}

/** A quoted text, or plain words of letters, digits and what never means anything where it stands. */
function readWord(tokens: Tokens): LineValue | undefined {
  const text = sticky(flowText, tokens);
  if (text !== undefined) {
    const next = tokens.source.charAt(tokens.at);
    return next === ":" ? undefined : quotedValue(text);
  }
  const word = sticky(flowWord, tokens);
  return word === undefined ? undefined : finite(plainScalar(word));
}
const flowText = /"[^"\\]*"|'(?:[^']|'')*'/y;
const flowWord =
  /[A-Za-z0-9_/.~](?:[A-Za-z0-9_/.*?=&%~+@;$()-]|:(?=[A-Za-z0-9_/.])| (?=[A-Za-z0-9_/.*(]))*(?= *[,\]}])/y;
const flowKey = /(?:[A-Za-z0-9_](?:[A-Za-z0-9_./-]|:(?=[A-Za-z0-9_/]))*|"[^"\\]*"|'[^']*'): +/y;

function sticky(pattern: RegExp, tokens: Tokens): string | undefined {
  pattern.lastIndex = tokens.at;
  const [found] = pattern.exec(tokens.source) ?? [];
  if (found !== undefined) tokens.at = pattern.lastIndex;
  return found;
}

function takes(tokens: Tokens, character: string): boolean {
  skipBlanks(tokens);
  if (tokens.source.charAt(tokens.at) !== character) return false;
  tokens.at += 1;
  return true;
}

function skipBlanks(tokens: Tokens): void {
  while (tokens.source.charAt(tokens.at) === " ") tokens.at += 1;
}
