import type { PolicyChange, Span } from "@meshproof/engine";
import type { Replacement, Site } from "./explain-patch.ts";
import { blockEnd, columnOf } from "./explain-patch-add.ts";

/** Takes one value out of a list, or the list with its key. Several values at once are told in words. */
export function removal(change: PolicyChange, site: Site): Replacement | undefined {
  const { at, left, values } = change;
  const listed = Array.isArray(left) ? left : [];
  if (left === undefined) return keyRemoval(at.path, site);
  const [only, second] = values;
  if (only === undefined || second !== undefined) return undefined;
  for (let index = 0; index <= listed.length; index += 1) {
    const span = site.span([...at.path, index]);
    if (span !== undefined && isText(site.text.slice(span.start, span.end), only))
      return itemRemoval(span.start, span.end, site.text);
  }
  return undefined;
}

function isText(written: string, value: string): boolean {
  return written.replace(/^(["'])(.*)\1$/s, "$2").trim() === value;
}

function itemRemoval(start: number, end: number, text: string): Replacement {
  const line = text.lastIndexOf("\n", start - 1) + 1;
  const isItem = /^\s*- +$/.test(text.slice(line, start));
  if (isItem) return lines(line, end, text);
  const [after] = /^\s*,\s*/.exec(text.slice(end)) ?? [];
  if (after !== undefined) return { start, end: end + after.length, text: "" };
  const [before] = /,\s*$/.exec(text.slice(0, start)) ?? [""];
  return { start: start - before.length, end, text: "" };
}

/** Only where the key stands at the start of its own line, or within braces. */
function keyRemoval(
  path: PolicyChange["at"]["path"],
  { span, text }: Site,
): Replacement | undefined {
  const value = span(path);
  const key = String(path.at(-1));
  if (value === undefined) return undefined;
  const start = text.lastIndexOf(`${key}:`, value.start);
  const line = text.lastIndexOf("\n", start - 1) + 1;
  if (start < 0) return undefined;
  if (text.slice(line, start).trim() === "")
    return lines(line, endOf(value, start - line, text), text);
  return itemRemoval(start, value.end, text);
}

/** A mapping on lines of its own is located at its first key only. */
function endOf({ start, end }: Span, keyColumn: number, text: string): number {
  const column = columnOf(start, text);
  const isBlock = text.slice(start - column, start).trim() === "" && column > keyColumn;
  return isBlock ? blockEnd(start, column, text) : end;
}

/** Whole lines, with their end. */
function lines(start: number, end: number, text: string): Replacement {
  const trimmed = start + text.slice(start, end).trimEnd().length;
  const newline = text.indexOf("\n", trimmed);
  return { start, end: newline < 0 ? text.length : newline + 1, text: "" };
}
