import type { Place, Span } from "@meshproof/engine";

/** Line and column of an offset, both from 1; a column counts UTF-16 units, as editors do. */
export interface Position {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** What a formatter looks positions up in. */
export interface Texts {
  readonly texts: ReadonlyMap<string, string>;
}

/** Where a span begins. */
export function positionOf({ file, start }: Span, { texts }: Texts): Position {
  const before = (texts.get(file) ?? "").slice(0, start);
  const line = before.split("\n").length;
  return { file, line, column: start - before.lastIndexOf("\n") };
}

/** `file:line:column`, as editors and terminals make links of it. */
export function positionText(span: Span, texts: Texts): string {
  const { file, line, column } = positionOf(span, texts);
  return `${file}:${line}:${column}`;
}

/** The same for a place of the mesh; nothing for what no file holds. */
export function placeText(
  place: Place,
  { locate }: { readonly locate: (place: Place) => Span | undefined },
  texts: Texts,
): string | undefined {
  const span = locate(place);
  return span === undefined ? undefined : positionText(span, texts);
}
