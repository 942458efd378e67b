import { countsText, type Report } from "./outcome.ts";

/** Workflow commands of GitHub Actions: an annotation at the line of each test that failed. */
export function github({ outcomes, errors }: Report): string {
  const failed = outcomes.filter(({ state }) => state === "failed" || state === "unusable");
  const annotations = failed.map(({ suite, title, asked, at, why }) => {
    const { file, line, column } = at();
    const place = `file=${property(file)},line=${line},col=${column}`;
    const text = [asked, ...why].join("\n");
    return `::error ${place},title=${property(`${suite}: ${title}`)}::${data(text)}\n`;
  });
  const broken = errors.map((error) => `::error ::${data(error.trimEnd())}\n`);
  return `${annotations.join("")}${broken.join("")}${countsText(outcomes)}\n`;
}

/** A text as it stands behind `::` of a workflow command. */
export function data(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

/** And as a property of one. */
export function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
