import type { Matrix, MatrixCell } from "@meshproof/engine/analyse";
import { markdownCell } from "../markdown.ts";
import { causesOf, cellOf, regionText, word } from "./matrix-text.ts";

/** A matrix for a spreadsheet: one line a cell. */
export function matrixCsv({ cells }: Matrix): string {
  const rows = cells.map((cell) => [
    cell.from,
    cell.to.name,
    word(cell),
    regionsText(cell),
    (cell.undecided ?? []).map(({ text }) => text).join("; "),
  ]);
  return [["from", "to", "allowed", "requests", "undecided"], ...rows]
    .map((row) => `${row.map(csvCell).join(",")}\r\n`)
    .join("");
}

/** RFC 4180; a text that a spreadsheet would take for a formula is quoted by an apostrophe. */
function csvCell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function regionsText({ regions, complete }: MatrixCell): string {
  const texts = regions.map(regionText);
  return [...texts, ...(regions.length > 0 && !complete ? ["..."] : [])].join("; ");
}

/** A matrix as a table of Markdown, with what "some" means below, and why something is undecided. */
export function matrixMarkdown(matrix: Matrix): string {
  const { callers, points, cells, assumptions } = matrix;
  const row = (texts: readonly string[]): string => `| ${texts.map(markdownCell).join(" | ")} |`;
  const some = cells.filter(({ allowed }) => allowed === "some");
  const lines = [
    row(["", ...points.map(({ name }) => name)]),
    `| --- |${" --- |".repeat(points.length)}`,
    ...callers.map((caller) =>
      row([caller, ...points.map((to) => word(cellOf(matrix, caller, to.name)))]),
    ),
    ...some.map(
      (cell) =>
        `\n- ${markdownCell(`${cell.from} -> ${cell.to.name}`)}: ${markdownCell(regionsText(cell))}`,
    ),
    ...causesOf(matrix).map(
      ({ where, cause }) => `\n- ${markdownCell(where)}: undecided: ${markdownCell(cause)}`,
    ),
    ...(assumptions.length === 0
      ? []
      : ["", `<sub>assumed: ${markdownCell(assumptions.join("; "))}</sub>`]),
  ];
  return `${lines.join("\n")}\n`;
}

/** A matrix for programs: `docs/cli.md` describes it; fields are added, never changed. */
export function matrixJson({ callers, points, cells, assumptions }: Matrix): string {
  const document = {
    apiVersion: "meshproof.dev/v1alpha1",
    kind: "MatrixResult",
    callers,
    points: points.map(({ name }) => name),
    cells: cells.map(({ to, regions, ...cell }) => ({
      ...cell,
      to: to.name,
      regions: regions.map(({ text, terms, witness }) => ({
        text,
        terms,
        request: witness.request,
      })),
    })),
    assumptions,
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}
