import type { Span } from "@meshproof/engine";

/** What lines and columns are looked up in: the texts of files by their paths. */
export type Texts = ReadonlyMap<string, string>;

/** Line and column of an offset, both from 1; a column counts UTF-16 units, as editors do. */
export interface Position {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Where a span begins. */
export function positionOf({ file, start }: Span, texts: Texts): Position {
  const before = (texts.get(file) ?? "").slice(0, start);
  return { file, line: before.split("\n").length, column: start - before.lastIndexOf("\n") };
}

/** `file:line:column`, as editors and terminals make links of it. */
export function positionText(span: Span, texts: Texts): string {
  const { file, line, column } = positionOf(span, texts);
  return `${file}:${line}:${column}`;
}
