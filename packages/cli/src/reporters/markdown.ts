import { markdownCell } from "../format/markdown.ts";
import { countsText, type Outcome, type Report } from "./outcome.ts";

/** A comment on a pull request: the counts, and a table of what failed. */
export function markdown({ outcomes, errors }: Report): string {
  const failed = outcomes.filter(({ state }) => state === "failed" || state === "unusable");
  const rows = failed.map(row).join("");
  const table =
    failed.length === 0 ? "" : `\n| test | request | what |\n| --- | --- | --- |\n${rows}`;
  const broken = errors.map((error) => `\n\`\`\`\n${error.trimEnd()}\n\`\`\`\n`).join("");
  return `**${countsText(outcomes)}**\n${table}${broken}`;
}

function row({ suite, title, asked, at, why }: Outcome): string {
  const { file, line } = at();
  const place = `${file}:${line}`;
  return `| ${markdownCell(`${suite}: ${title}`)}<br>${markdownCell(place)} | ${markdownCell(asked)} | ${why.map(markdownCell).join("<br>")} |\n`;
}
