/** How wide a line may be where nobody says how wide it is read. */
export const width = 100;

/** A line as it is, or one that is broken where it does not fit: its other lines are indented below the end of `lead`. */
export type Line = string | Breakable;
interface Breakable {
  readonly lead: string;
  readonly text: string;
  readonly place?: string; // behind the text, on a line of its own where it does not fit
  readonly margin?: number; // how far its other lines are indented instead
}

/** A text that is broken where it does not fit. Words longer than a line stay whole. */
export function wrapped(lead: string, text: string): readonly Line[] {
  return [{ lead, text }];
}

/** The same with a place behind it. */
export function placed(lead: string, text: string, place: string | undefined): readonly Line[] {
  return [{ lead, text, ...(place === undefined ? {} : { place }) }];
}

/** Lines, none of them wider than this, if it can be helped. */
export function inColumns(lines: readonly Line[], columns: number = width): readonly string[] {
  return lines.flatMap((line) => (typeof line === "string" ? [line] : broken(line, columns)));
}

function broken(line: Breakable, columns: number): readonly string[] {
  const { lead, place } = line;
  const lines = folded(line, columns);
  if (place === undefined) return lines;
  const last = lines.at(-1) ?? "";
  if (last.length + place.length + 2 <= columns)
    return [...lines.slice(0, -1), `${last}  ${place}`];
  return [...lines, `${" ".repeat(lead.length)}${place}`];
}

function folded(
  { lead, text, margin: indent = lead.length }: Breakable,
  columns: number,
): readonly string[] {
  const margin = " ".repeat(indent);
  const lines: string[] = [];
  let line = lead;
  for (const word of text.split(" ")) {
    const fits = line.length + word.length + 1 <= columns || line.trim() === "";
    if (line === lead || line === margin) line += word;
    else if (fits) line += ` ${word}`;
    else {
      lines.push(line);
      line = margin + word;
    }
  }
  return [...lines, line].map((each) => each.trimEnd());
}

/** Some of many: "GET, HEAD and 3 more". */
export function few(texts: readonly string[], most = 6): string {
  if (texts.length <= most + 1) return texts.join(", ");
  return `${texts.slice(0, most).join(", ")} and ${texts.length - most} more`;
}
