/** A text on one line of Markdown, taken as it is. */
export function markdownCell(text: string): string {
  return text.replace(/[|\\`*_<[\]]/g, "\\$&").replaceAll("\n", " ");
}
