import { type LineValue, lineValue, plainKey, withoutBlanks } from "./plain-line.ts";

/** A line that says something. */
interface Line {
  readonly indent: number;
  readonly text: string; // without indent and blanks at the end
}

interface Lines {
  readonly all: Line[]; // the text beside a dash takes the place of its line
  at: number;
}

/**
 * One document in the block style in which people and `kubectl` write manifests, as plain data. It never guesses: whatever is not
 * plainly a mapping, a list or a value on one line (anchors, tags, block scalars, tabs, a key that is there twice, a mistake) gives
 * `undefined`, and the full parser reads the document.
 */
export function parsePlainYaml(text: string): LineValue | undefined {
  if (unusual.test(text)) return undefined;
  const all = linesOf(text);
  const first = all?.[0];
  if (!all || !first) return undefined;
  const lines: Lines = { all, at: 0 };
  const found = readBlock(lines, first.indent, 0);
  return found && lines.at === all.length ? found : undefined;
}

/** What is not printed, or breaks lines some other way than a line feed; directives and document ends. */
const unusual = /[^\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]|^(?:%|\.\.\.)/m;

/** Without comments, blank lines and the line that begins the document. */
function linesOf(text: string): Line[] | undefined {
  const lines: Line[] = [];
  for (const source of text.split("\n")) {
    const line = withoutBlanks(source);
    const indent = line.search(/[^ ]/);
    if (indent < 0 || line.charAt(indent) === "#") continue;
    if (indent > 0 || !line.startsWith("---")) lines.push({ indent, text: line.slice(indent) });
    else if (lines.length > 0 || !/^---(?: +#.*)?$/.test(line)) return undefined;
  }
  return lines;
}

const deepestBlock = 64;

/** The mapping or list that begins at a line, with this indent. */
function readBlock(lines: Lines, indent: number, depth: number): LineValue | undefined {
  const line = lines.all[lines.at];
  if (!line || depth > deepestBlock) return undefined;
  return isItem(line.text) ? readItems(lines, indent, depth) : readPairs(lines, indent, depth);
}

function isItem(text: string): boolean {
  return text === "-" || text.startsWith("- ");
}

function readPairs(lines: Lines, indent: number, depth: number): LineValue | undefined {
  const value: Record<string, unknown> = {};
  for (let line = lines.all[lines.at]; line && line.indent === indent; line = lines.all[lines.at]) {
    const [, key, rest = ""] = pair.exec(line.text) ?? [];
    const name = key === undefined ? undefined : plainKey(key);
    if (name === undefined || Object.hasOwn(value, name)) return undefined;
    lines.at += 1;
    const found =
      rest === "" || rest.startsWith("#")
        ? readBelow(lines, indent, depth)
        : onOneLine(lines, rest, indent);
    if (!found) return undefined;
    value[name] = found.value;
  }
  return closes(lines, indent) ? { value } : undefined;
}
const pair =
  /^([A-Za-z0-9_](?:[A-Za-z0-9_./-]|:(?=[A-Za-z0-9_/]))*|"[^"\\]*"|'[^']*'):(?:$| +(.*)$)/;

/** What follows a key that has nothing beside it: something deeper, a list at its own indent, or nothing. */
function readBelow(lines: Lines, indent: number, depth: number): LineValue | undefined {
  const next = lines.all[lines.at];
  if (next && next.indent > indent) return readBlock(lines, next.indent, depth + 1);
  if (next && next.indent === indent && isItem(next.text))
    return readItems(lines, indent, depth + 1);
  return { value: null };
}

/** A value that a deeper line would go on with is none of ours. */
function onOneLine(lines: Lines, rest: string, indent: number): LineValue | undefined {
  const next = lines.all[lines.at];
  return next && next.indent > indent ? undefined : lineValue(rest);
}

function readItems(lines: Lines, indent: number, depth: number): LineValue | undefined {
  const value: unknown[] = [];
  for (
    let line = lines.all[lines.at];
    line && line.indent === indent && isItem(line.text);
    line = lines.all[lines.at]
  ) {
    const found = readItem(lines, line, depth);
    if (!found) return undefined;
    value.push(found.value);
  }
  return { value };
}

/** An item on one line, or a mapping whose first key stands beside the dash, or what is below. */
function readItem(lines: Lines, { indent, text }: Line, depth: number): LineValue | undefined {
  const inner = text.slice(1).replace(/^ +/, "");
  if (inner === "" || inner.startsWith("#")) {
    lines.at += 1;
    const next = lines.all[lines.at];
    return next && next.indent > indent
      ? readBlock(lines, next.indent, depth + 1)
      : { value: null };
  }
  if (isItem(inner)) return undefined;
  if (!pair.test(inner)) {
    lines.at += 1;
    return onOneLine(lines, inner, indent);
  }
  const column = indent + text.length - inner.length;
  lines.all[lines.at] = { indent: column, text: inner };
  return readPairs(lines, column, depth + 1);
}

function closes(lines: Lines, indent: number): boolean {
  const next = lines.all[lines.at];
  return !next || next.indent < indent;
}
