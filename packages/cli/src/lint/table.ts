import { positionText, type Texts } from "../format/position.ts";
import { table as columns } from "../format/table.ts";
import { countsText, type Reported } from "./report.ts";

/** One line a finding. */
export function table(findings: readonly Reported[], texts: Texts): string {
  const shown = findings.filter(({ suppressed }) => suppressed === undefined);
  const rows = shown.map(({ severity, code, at, message }) => [
    severity,
    code,
    at.file === "" ? "-" : positionText(at, texts),
    message,
  ]);
  const head = ["SEVERITY", "CODE", "PLACE", "WHAT"];
  return `${rows.length === 0 ? "" : columns([head, ...rows])}${countsText(findings)}\n`;
}
