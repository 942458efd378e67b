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
  const ends = lineEnds(texts.get(file) ?? "");
  const line = linesBefore(ends, start);
  return { file, line: line + 1, column: start - (ends[line - 1] ?? -1) };
}

/** Where the lines of the texts end that were asked about last: reports ask about one file again and again. */
const known = new Map<string, readonly number[]>();
const remembered = 64;

function lineEnds(text: string): readonly number[] {
  const before = known.get(text);
  if (before !== undefined) return before;
  const ends: number[] = [];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) ends.push(at);
  if (known.size >= remembered) known.clear();
  known.set(text, ends);
  return ends;
}

/** How many lines end before an offset. */
function linesBefore(ends: readonly number[], offset: number): number {
  let [low, high] = [0, ends.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ends[middle] ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** `file:line:column`, as editors and terminals make links of it. A name may have any character: what would move a terminal's cursor is a dot. */
export function positionText(span: Span, texts: Texts): string {
  const { file, line, column } = positionOf(span, texts);
  return `${file.replace(/\p{Cc}/gu, "·")}:${line}:${column}`;
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
