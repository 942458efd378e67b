import { countOf } from "./answer.ts";
import type { Context } from "./check-context.ts";
import { columnFault, expectedOf, isExpectation } from "./column.ts";
import { expectationNames } from "./expectation-faults.ts";
import { expectationFaults } from "./shape-faults.ts";
import type { Test } from "./suite.ts";

/** A column that nobody reads would make every row hold, and so would an expectation that is none. */
export function checkTable({ columns, rows }: NonNullable<Test["table"]>, context: Context): void {
  const path = [...context.path, "table"];
  for (const [index, column] of columns.entries()) {
    const at = [...path, "columns", index];
    const fault = columnFault(column);
    if (fault !== undefined) context.report({ code: "suite/unknown-name", path: at, ...fault });
    if (columns.map(wholeName).indexOf(wholeName(column)) < index)
      context.report({
        code: "suite/invalid-test",
        path: at,
        message: `another column says \`${column}\` already`,
      });
  }
  for (const [index, row] of rows.entries())
    checkRow(columns, row, { ...context, path: [...path, "rows", index] });
}

/** `expect` beside other columns of it is the decision. */
function wholeName(column: string): string {
  return column === "expect" ? "expect.decision" : column;
}

function checkRow(
  columns: readonly string[],
  row: readonly unknown[],
  { report, path }: Context,
): void {
  if (row.length !== columns.length) {
    const values = countOf(row.length, "value", "values");
    const message = `the row has ${values} for ${countOf(columns.length, "column", "columns")}`;
    report({ code: "suite/invalid-test", path, message });
    return;
  }
  const stated = expectedOf(columns, row);
  if (stated === undefined || !columns.every((each) => columnFault(each) === undefined)) return;
  const at = columns.findIndex(isExpectation);
  for (const message of expectationFaults(stated))
    report({ code: "suite/invalid-field", path: [...path, at], message });
  for (const { field, ...fault } of expectationNames(stated)) {
    const column = columns.indexOf(`expect.${field}`);
    report({ code: "suite/invalid-field", path: [...path, column < 0 ? at : column], ...fault });
  }
}
