import { markdownCell } from "./markdown.ts";
import { paint } from "./trace-paint.ts";

/** An explanation for a comment on a pull request: the verdict as a heading, everything else as it is printed. */
export function explainMarkdown(text: string): string {
  const [title = "", ...rest] = paint(text, false).trimEnd().split("\n");
  const body = rest.join("\n");
  const longest = Math.max(2, ...(body.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  return `### ${markdownCell(title)}\n\n${fence}text\n${body}\n${fence}\n`;
}
