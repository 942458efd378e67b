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
  const line = text.lastIndexOf("\n", box.start - 1) + 1;
  const margin = " ".repeat(box.start - line);
  const end = box.start + text.slice(box.start, box.end).trimEnd().length;
  return { start: end, end, text: `\n${margin}${entry}` };
}
