import type { Span } from "@meshproof/engine";
import type { Replacement, Site } from "./explain-patch.ts";

/** One key more in `{ ... }`. */
export function flowAddition(box: Span, entry: string, { text }: Site): Replacement | undefined {
  const close = text.lastIndexOf("}", box.end - 1);
  if (close < box.start) return undefined;
  const inside = text.slice(box.start + 1, close).trimEnd();
  const start = box.start + 1 + inside.length;
  const joint = inside.trim() === "" ? " " : ", ";
  return { start, end: start, text: `${joint}${entry}` };
}

/** One key more below the others, as far in as the first of them. */
export function blockAddition(box: Span, entry: string, { text }: Site): Replacement {
  const column = columnOf(box.start, text);
  const end = blockEnd(box.start, column, text);
  return { start: end, end, text: `\n${" ".repeat(column)}${entry}` };
}

/** How far in a place stands. */
export function columnOf(start: number, text: string): number {
  return start - (text.lastIndexOf("\n", start - 1) + 1);
}

/** Where a block ends that begins at a place: at the end of its last line that stands as far in, comments and blanks left out. */
export function blockEnd(start: number, column: number, text: string): number {
  let end = lineEnd(start, text);
  for (let next = end + 1; next < text.length; next = lineEnd(next, text) + 1) {
    const line = text.slice(next, lineEnd(next, text));
    if (line.trim() === "" || /^\s*#/.test(line)) continue;
    if (line.length - line.trimStart().length < column) break;
    end = lineEnd(next, text);
  }
  return end;
}

function lineEnd(start: number, text: string): number {
  const end = text.indexOf("\n", start);
  return end < 0 ? text.length : end;
}
