/** How wide a line may be. */
export const width = 100;

/** A text as lines that fit: the first behind `lead`, the others indented below its end. Words longer than a line stay whole. */
export function wrapped(lead: string, text: string): readonly string[] {
  const margin = " ".repeat(lead.length);
  const lines: string[] = [];
  let line = lead;
  for (const word of text.split(" ")) {
    const fits = line.length + word.length + 1 <= width || line.trim() === "";
    if (line === lead || line === margin) line += word;
    else if (fits) line += ` ${word}`;
    else {
      lines.push(line);
      line = margin + word;
    }
  }
  return [...lines, line].map((each) => each.trimEnd());
}

/** The same with a place behind it, on a line of its own where it does not fit. */
export function placed(lead: string, text: string, place: string | undefined): readonly string[] {
  const lines = wrapped(lead, text);
  if (place === undefined) return lines;
  const last = lines.at(-1) ?? "";
  const gap = last.length + place.length + 2;
  if (gap <= width) return [...lines.slice(0, -1), `${last}  ${place}`];
  return [...lines, `${" ".repeat(lead.length)}${place}`];
}

/** Some of many: "GET, HEAD and 3 more". */
export function few(texts: readonly string[], most = 6): string {
  if (texts.length <= most + 1) return texts.join(", ");
  return `${texts.slice(0, most).join(", ")} and ${texts.length - most} more`;
}
