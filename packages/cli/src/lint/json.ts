import { positionOf, type Texts } from "../format/position.ts";
import type { Reported } from "./report.ts";

/** Every finding, those that are suppressed too, with its place, its evidence and its fix. */
export function json(findings: readonly Reported[], texts: Texts): string {
  const written = findings.map(({ at, related, fix, ...finding }) => ({
    ...finding,
    at: placed(at, texts),
    related: related.map((each) => ({ message: each.message, at: placed(each.at, texts) })),
    fixable: fix.length > 0,
  }));
  return `${JSON.stringify({ version: 1, findings: written }, undefined, 2)}\n`;
}

function placed(at: Reported["at"], texts: Texts) {
  const { file, line, column } = positionOf(at, texts);
  const end = positionOf({ ...at, start: at.end }, texts);
  return { file, line, column, endLine: end.line, endColumn: end.column };
}
