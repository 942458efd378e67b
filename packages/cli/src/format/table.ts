/**
 * Rows under their headings, each column as wide as it needs; the last one is left as it is. Where that is wider than the terminal,
 * the last one stands below the others.
 */
export function table(rows: readonly (readonly string[])[], columns?: number): string {
  const count = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: count }, (_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? "").length)),
  );
  const lines = rows.map((row) => line(row, widths));
  const isNarrow = columns !== undefined && lines.some((each) => each.length > columns);
  const told = isNarrow ? rows.map((row) => below(row, widths)) : lines;
  return told.map((each) => `${each}\n`).join("");
}

function line(row: readonly string[], widths: readonly number[]): string {
  return row
    .map((cell, column) => cell.padEnd(widths[column] ?? 0))
    .join("  ")
    .trimEnd();
}

function below(row: readonly string[], widths: readonly number[]): string {
  return `${line(row.slice(0, -1), widths)}\n    ${row.at(-1) ?? ""}`;
}
