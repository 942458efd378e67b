import type { Severity } from "../diagnostic.ts";

/** What is wrong with a suite, or with a document of invariants. */
export type SuiteCode =
  | "suite/unknown-field"
  | "suite/missing-field"
  | "suite/invalid-field"
  | "suite/unknown-name"
  | "suite/invalid-test"
  | "suite/duplicate-name"
  | "suite/invalid-request"
  | "suite/unreadable-file"
  | "suite/no-release"
  | "suite/no-expectation"
  | "suite/no-effect"
  | "suite/bare-host"
  | "suite/only";

/** How bad each of them is. */
export const suiteCodes: Readonly<Record<SuiteCode, Severity>> = {
  "suite/unknown-field": "error",
  "suite/missing-field": "error",
  "suite/invalid-field": "error",
  "suite/unknown-name": "error",
  "suite/invalid-test": "error",
  "suite/duplicate-name": "error",
  "suite/invalid-request": "error",
  "suite/unreadable-file": "error",
  "suite/no-release": "warning",
  "suite/no-expectation": "error",
  "suite/no-effect": "warning",
  "suite/bare-host": "warning",
  "suite/only": "warning",
};
