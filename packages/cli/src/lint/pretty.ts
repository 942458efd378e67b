import { formatFinding } from "../format/finding.ts";
import { positionOf, type Texts } from "../format/position.ts";
import { evidenceLines } from "./evidence.ts";
import { countsText, type Reported } from "./report.ts";

/** Each finding with the line it is about, what shows that it is true, and what to write instead; the counts. */
export function pretty(findings: readonly Reported[], texts: Texts): string {
  const shown = findings.filter(({ suppressed }) => suppressed === undefined);
  return `${shown.map((finding) => entry(finding, texts)).join("")}${countsText(findings)}\n`;
}

function entry(finding: Reported, texts: Texts): string {
  const { evidence, fix, resource: _resource, suppressed: _suppressed, ...said } = finding;
  const text = formatFinding(said, texts);
  const { line } = positionOf(finding.at, texts);
  const known = texts.texts.has(finding.at.file);
  const margin = known ? `${" ".repeat(String(line).length)} = ` : "  = ";
  const lines = [
    ...(evidence === undefined ? [] : evidenceLines(evidence)),
    ...(fix.length > 0 ? ["--fix mends it"] : []),
  ];
  return `${text}${lines.map((each) => `${margin}${each}\n`).join("")}\n`;
}
