import { positionOf, type Texts } from "../format/position.ts";
import { data, property } from "../reporters/github.ts";
import { evidenceLines } from "./evidence.ts";
import { countsText, type Reported } from "./report.ts";

const commands = { error: "error", warning: "warning", info: "notice" } as const;

/** Workflow commands of GitHub Actions: an annotation at the line of each finding. */
export function github(findings: readonly Reported[], texts: Texts): string {
  const shown = findings.filter(({ suppressed }) => suppressed === undefined);
  const lines = shown.map(({ severity, code, message, hint, at, evidence }) => {
    const { file, line, column } = positionOf(at, texts);
    const place = file === "" ? "" : `file=${property(file)},line=${line},col=${column},`;
    const more = [...(evidence ? evidenceLines(evidence) : []), ...(hint ? [hint] : [])];
    const text = data([message, ...more].join("\n"));
    return `::${commands[severity]} ${place}title=${property(code)}::${text}\n`;
  });
  return `${lines.join("")}${countsText(findings)}\n`;
}
