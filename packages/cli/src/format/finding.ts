import type { Finding, Severity } from "@meshproof/engine";
import { positionOf, positionText, type Texts } from "./position.ts";

/** A finding as a person reads it: place and message, the line it is about, a caret under it, the hint, the other places. */
export function formatFinding(finding: Finding, texts: Texts): string {
  const { severity, code, message, at, hint, related = [] } = finding;
  if (!texts.texts.has(at.file)) return withoutPlace(finding);
  const { line, column } = positionOf(at, texts);
  const whole = lineFrom(texts.texts.get(at.file) ?? "", at.start - column + 1);
  const { source, before } = excerptOf(whole, column - 1);
  const width = Math.max(1, Math.min(at.end - at.start, source.length - before));
  const gutter = String(line);
  const margin = " ".repeat(gutter.length);
  return [
    `${positionText(at, texts)}: ${severity} ${code}: ${message}`,
    `${gutter} | ${source}`,
    `${margin} | ${indent(source, before)}${"^".repeat(width)}`,
    ...related.map((other) => `${margin} = ${positionText(other.at, texts)}: ${other.message}`),
    ...(hint === undefined ? [] : [`${margin} = ${hint}`]),
    "",
  ].join("\n");
}

function lineFrom(text: string, start: number): string {
  const end = text.indexOf("\n", start);
  return text.slice(start, end < 0 ? text.length : end).replace(/\r$/, "");
}

const longest = 240;
const shown = { before: 60, after: 140 };

/**
 * What is shown of a line, and how much of it stands before the place: of a long one, such as JSON that a program wrote, the
 * surroundings. What would move a terminal's cursor is a dot.
 */
function excerptOf(
  line: string,
  offset: number,
): { readonly source: string; readonly before: number } {
  if (line.length <= longest) return { source: printable(line), before: offset };
  const from = Math.max(0, offset - shown.before);
  const to = offset + shown.after;
  const [head, tail] = [from > 0 ? "…" : "", to < line.length ? "…" : ""];
  const source = `${head}${printable(line.slice(from, to))}${tail}`;
  return { source, before: offset - from + head.length };
}

/** Nothing of it moves the cursor. */
export function printable(text: string): string {
  return text.replace(/[^\P{Cc}\t]/gu, "·");
}

/** What no file says, such as a request of the command line. */
function withoutPlace({ severity, code, message, hint }: Finding): string {
  return `authz: ${severity} ${code}: ${message}\n${hint === undefined ? "" : `  = ${hint}\n`}`;
}

/** Tabs stay tabs, so that the caret stands under what it means. */
function indent(source: string, before: number): string {
  return source.slice(0, before).replace(/[^\t]/g, " ");
}

/** Findings once each, the worst first, then in the order of their places. */
export function sortFindings(findings: readonly Finding[]): readonly Finding[] {
  const known = new Map(
    findings.map((each) => [JSON.stringify([each.at, each.code, each.message]), each]),
  );
  return [...known.values()].toSorted(
    (a, b) =>
      rank[a.severity] - rank[b.severity] ||
      (a.at.file < b.at.file ? -1 : a.at.file > b.at.file ? 1 : a.at.start - b.at.start),
  );
}

const rank: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };
