import { didYouMean } from "@meshproof/engine";
import { partFault } from "./part.ts";
import type { Expectation, ExpectedVerdict } from "./suite.ts";

const fields: Readonly<Record<keyof ExpectedVerdict, true>> = {
  decision: true,
  status: true,
  by: true,
  layer: true,
  hop: true,
  identity: true,
  reaches: true,
  reason: true,
  dryRun: true,
  audit: true,
  headers: true,
  path: true,
  enforced: true,
};
const names = ["expect", ...Object.keys(fields).map((field) => `expect.${field}`)];

/** Whether a column says what is expected of its rows. */
export function isExpectation(column: string): boolean {
  return column === "expect" || column.startsWith("expect.");
}

/** Why a column of a table is neither a part of a request nor one of what is expected; undefined: it is one. */
export function columnFault(
  column: string,
): { readonly message: string; readonly hint?: string | undefined } | undefined {
  if (names.includes(column)) return undefined;
  const meant = didYouMean(column, names);
  if (isExpectation(column)) {
    const hint = meant ?? `one of ${names.join(", ")}`;
    return { message: `\`${column}\` is nothing that can be expected`, hint };
  }
  const fault = partFault(column);
  if (fault === undefined) return undefined;
  return { message: `\`${column}\` is no part of a request`, hint: meant ?? fault.hint };
}

/** What a row expects; undefined where all of it is left empty. Checked by `check-table.ts`. */
export function expectedOf(
  columns: readonly string[],
  row: readonly unknown[],
): Expectation | undefined {
  const values = columns
    .map((column, at) => [column, row[at]] as const)
    .filter(([column, value]) => isExpectation(column) && value !== null && value !== undefined);
  const [first, second] = values;
  if (first === undefined) return undefined;
  if (first[0] === "expect" && second === undefined) return first[1] as Expectation;
  const parts = values.map(([column, value]) => [column.split(".")[1] ?? "decision", value]);
  return Object.fromEntries(parts) as Expectation;
}
