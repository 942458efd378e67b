/** What says why there is no answer is read by people: no longer than this. */
const most = 300;

/** A text without what would be too long of it: a path or a list of conditions may have any length. */
export function brief(text: string): string {
  if (text.length <= most) return text;
  const start = text.slice(0, most).replace(/[\uD800-\uDBFF]$/, "");
  return `${start}... (${text.length - start.length} characters more)`;
}
