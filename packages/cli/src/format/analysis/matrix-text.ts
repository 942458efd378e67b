import type { Matrix, MatrixCell } from "@meshproof/engine/analyse";
import { table } from "../table.ts";
import { inColumns, type Line, wrapped } from "../trace-lines.ts";

/** A matrix as a person reads it: a table where it fits, with what "some" means below; else one block a workload. */
export function matrixText(matrix: Matrix, columns: number): string {
  const { callers, points, cells, assumptions } = matrix;
  if (points.length === 0) return "nothing enforces policies here\n";
  const assumed = assumptions.length === 0 ? [] : wrapped("assumed: ", assumptions.join("; "));
  const rows = [
    ["", ...points.map(({ name }) => name)],
    ...callers.map((caller) => [
      caller,
      ...points.map((to) => word(cellOf(matrix, caller, to.name))),
    ]),
  ];
  const square = table(rows);
  const fits = square.split("\n").every((line) => line.length <= columns);
  const some = cells.filter(({ allowed }) => allowed === "some");
  const lines: readonly Line[] = fits
    ? [...some.flatMap((cell) => [`${cell.from} -> ${cell.to.name}`, ...regionLines(cell, "  ")])]
    : points.flatMap(({ name }) => [
        name,
        ...callers.flatMap((from) => callerLines(matrix, from, name)),
      ]);
  const open = causesOf(matrix).flatMap(({ where, cause }) => [
    ...wrapped("", where),
    ...wrapped("  ? undecided: ", cause),
  ]);
  const below = inColumns([...lines, ...open, ...assumed], columns).join("\n");
  return `${fits ? `${square}\n` : ""}${below}\n`;
}

/** The cell of a caller and a point. */
export function cellOf({ cells }: Matrix, from: string, to: string): MatrixCell | undefined {
  return cells.find((cell) => cell.from === from && cell.to.name === to);
}

/** Why cells are undecided: once for all callers of a workload, if it is the same for all. */
export function causesOf({
  callers,
  points,
  cells,
}: Matrix): readonly { readonly where: string; readonly cause: string }[] {
  return points.flatMap(({ name }) => {
    const open = cells.filter(({ to, undecided }) => to.name === name && undecided !== undefined);
    const same = new Map<string, readonly string[]>();
    for (const { from, undecided = [] } of open)
      for (const { text } of undecided) same.set(text, [...(same.get(text) ?? []), from]);
    return [...same].flatMap(([cause, some]) =>
      some.length === callers.length
        ? [{ where: name, cause }]
        : some.map((from) => ({ where: `${from} -> ${name}`, cause })),
    );
  });
}

/** What a cell says in a word. */
export function word(cell: MatrixCell | undefined): string {
  if (cell === undefined) return "";
  return cell.allowed === "undecided" ? "?" : cell.allowed;
}

/** A region in words; of bytes it is said that they are. */
export function regionText({ text, witness }: MatrixCell["regions"][number]): string {
  const said = text === "" ? "every request" : text;
  if (witness.request.http !== "none") return said;
  return said === "every request" ? "bytes" : `bytes: ${said}`;
}

function callerLines(matrix: Matrix, from: string, to: string): readonly Line[] {
  const cell = cellOf(matrix, from, to);
  if (cell === undefined) return [];
  return [`  ${word(cell).padEnd(4)}  ${from}`, ...regionLines(cell, "        ")];
}

function regionLines({ regions, complete }: MatrixCell, indent: string): readonly Line[] {
  return [
    ...regions.flatMap((region) => wrapped(`${indent}- `, regionText(region))),
    ...(regions.length === 0 || complete ? [] : [`${indent}and more like these`]),
  ];
}
