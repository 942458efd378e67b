import { type Codes, codeAt, isOver, tableOf } from "./characters.ts";
import { keyPlace, type Members, noMembers, noteMember, noteValue } from "./plain-places.ts";
import {
  apostrophe,
  backslash,
  blank,
  brace,
  bracket,
  colon,
  dash,
  hash,
  isLetter,
  isLineEnd,
  isPrinted,
  quotes,
  type Reader,
  skipBlanks,
  standsAlone,
  wordEnd,
} from "./plain-text.ts";
import { wordAt } from "./plain-words.ts";

/** What stands after a key or a dash, up to its comment; `undefined` means that the full parser has to read it. */
export function readValue(reader: Reader): unknown {
  const { codes, at: start } = reader;
  const end = wordEnd(codes, start);
  if (isLetter(codeAt(codes, start)) && isLineEnd(codes, end)) return scalar(reader, end);
  const first = codeAt(codes, start);
  if (first === quotes || first === apostrophe) return readText(reader);
  if (first === bracket || first === brace) return readFlow(reader, 0);
  return beginsPlain(codes, start) ? readPlain(reader, end) : undefined;
}

/** No indicator of YAML's; a dash before something else than a blank is none. */
function beginsPlain(codes: Codes, at: number): boolean {
  const code = codeAt(codes, at);
  return code === dash ? !standsAlone(codes, at + 1) : indicators[code] !== 1 && !isOver(codes, at);
}
const indicators = tableOf("?:,[]{}#&*!|>'\"%@` \n");

/** A value without quotes, of which the first part is known to be fine. */
function readPlain(reader: Reader, from: number): unknown {
  const { codes } = reader;
  let end = from;
  for (let at = from; !isLineEnd(codes, at); at += 1) {
    const code = codes[at] ?? 0;
    if (code === blank) continue;
    if (code === hash && codes[at - 1] === blank) break;
    if (!isPrinted(code) || (code === colon && standsAlone(codes, at + 1))) return undefined;
    end = at + 1;
  }
  return scalar(reader, end);
}

/** A plain scalar up to an offset. */
function scalar(reader: Reader, end: number): unknown {
  const word = wordAt(reader, reader.at, end);
  noteValue(reader, reader.at, end);
  reader.at = end;
  reader.word = word;
  return word.value;
}

/** A text in quotes, without anything to resolve in it but a doubled single one. */
function readText(reader: Reader): string | undefined {
  const { codes, at: start } = reader;
  const quote = codeAt(codes, start);
  let isDoubled = false;
  let at = start + 1;
  for (let code = codes[at] ?? 0; ; code = codes[at] ?? 0) {
    if (code === quote) {
      if (quote === quotes || codes[at + 1] !== quote) break;
      isDoubled = true;
      at += 1;
    } else if (!isPrinted(code) || (code === backslash && quote === quotes)) return undefined;
    at += 1;
  }
  reader.at = at + 1;
  noteValue(reader, start, reader.at);
  const word = wordAt(reader, start + 1, at);
  reader.word = word;
  return isDoubled ? word.source.replaceAll("''", "'") : word.source;
}

/** YAML knows no longer key before its colon on one line; it counts 1024. */
const longestKey = 1000;

/** A key as JSON has it, with its colon; `undefined`, and nothing read, where none is written plainly. */
export function readKey(reader: Reader): string | undefined {
  const { codes, at: start } = reader;
  const isWord = isLetter(codeAt(codes, start));
  const quoted = isWord ? undefined : readQuoted(reader);
  const end = isWord ? wordEnd(codes, start) : reader.at;
  reader.at = start;
  if (codes[end] !== colon || !standsAlone(codes, end + 1)) return undefined;
  if (end - start > longestKey) return undefined;
  const name = isWord ? wordAt(reader, start, end).name : quoted;
  if (name === undefined) return undefined;
  reader.at = end + 1;
  reader.key = start;
  return name;
}

function readQuoted(reader: Reader): string | undefined {
  const code = codeAt(reader.codes, reader.at);
  return code === quotes || code === apostrophe ? readText(reader) : undefined;
}

const deepestFlow = 8;

/** A list or mapping of simple values in brackets, on one line. */
function readFlow(reader: Reader, depth: number): unknown {
  const { codes, at: start } = reader;
  const first = codeAt(codes, start);
  if (depth > deepestFlow) return undefined;
  if (first !== bracket && first !== brace) return readWord(reader);
  reader.at += 1;
  const members = noMembers(reader);
  const value =
    first === bracket ? readList(reader, depth, members) : readMapping(reader, depth, members);
  noteValue(reader, start, reader.at);
  if (members) reader.places?.set(value, members);
  return value;
}

function readList(reader: Reader, depth: number, members?: Members): unknown {
  const value: unknown[] = [];
  if (takes(reader, "]")) return value;
  for (;;) {
    skipBlanks(reader);
    const item = readFlow(reader, depth + 1);
    if (item === undefined) return undefined;
    noteMember(reader, members, value.length);
    value.push(item);
    if (takes(reader, "]")) return value;
    if (!takes(reader, ",")) return undefined;
  }
}

function readMapping(reader: Reader, depth: number, members?: Members): unknown {
  const value: Record<string, unknown> = {};
  if (takes(reader, "}")) return value;
  for (;;) {
    skipBlanks(reader);
    const name = readKey(reader);
    if (name === undefined || value[name] !== undefined) return undefined;
    const key = keyPlace(reader);
    skipBlanks(reader);
    const item = readFlow(reader, depth + 1);
    if (item === undefined) return undefined;
    noteMember(reader, members, name, key);
    value[name] = item;
    if (takes(reader, "}")) return value;
    if (!takes(reader, ",")) return undefined;
  }
}

/** A quoted text, or plain words of letters, digits and what never means anything where it stands. */
function readWord(reader: Reader): unknown {
  const { codes, at: start } = reader;
  const code = codeAt(codes, start);
  if (code === quotes || code === apostrophe) {
    const value = readText(reader);
    return codeAt(codes, reader.at) === colon ? undefined : value;
  }
  flowWord.lastIndex = start;
  return flowWord.test(reader.text) ? scalar(reader, flowWord.lastIndex) : undefined;
}
const flowWord =
  /[A-Za-z0-9_/.~](?:[A-Za-z0-9_/.*?=&%~+@;$()-]|:(?=[A-Za-z0-9_/.])| (?=[A-Za-z0-9_/.*(]))*(?= *[,\]}])/y;

function takes(reader: Reader, character: string): boolean {
  skipBlanks(reader);
  if (reader.text.charAt(reader.at) !== character) return false;
  reader.at += 1;
  return true;
}
