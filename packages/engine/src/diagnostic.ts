import type { Span } from "./model/place.ts";

export type Severity = "error" | "warning" | "info";

/** Something to say about what a user wrote. `at`: the narrowest key or value at fault. */
export interface Finding {
  readonly code: Code;
  readonly severity: Severity;
  readonly message: string; // one line, lower case, no full stop, the author's words in backticks
  readonly at: Span;
  readonly hint?: string; // what to write instead
  readonly related?: readonly { readonly message: string; readonly at: Span }[]; // the other place of a duplicate
}

/** Every finding there can be. Stable: people search for these and silence them by name. */
export type Code =
  | "yaml/syntax"
  | "yaml/duplicate-key"
  | "yaml/too-deep"
  | "yaml/too-large"
  | "yaml/unsupported"
  | "yaml/template"
  | "yaml/placeholder"
  | "load/not-an-object"
  | "load/unknown-kind"
  | "load/unknown-version"
  | "load/no-name"
  | "load/patch"
  | "load/duplicate"
  | "load/nothing"
  | "load/two-mesh-configs"
  | "load/unknown-release"
  | "schema/unknown-field"
  | "schema/wrong-type"
  | "schema/wrong-value"
  | "schema/missing-field"
  | "schema/out-of-bounds"
  | "suite/unknown-field"
  | "suite/missing-field"
  | "suite/invalid-field"
  | "suite/not-supported"
  | "suite/unknown-name"
  | "suite/invalid-test"
  | "suite/duplicate-name"
  | "suite/invalid-request"
  | "suite/unreadable-file"
  | "suite/no-release"
  | "suite/no-expectation"
  | "suite/only";

/** How bad each finding is. The docs page and the tests walk this table. */
export const codes: Readonly<Record<Code, Severity>> = {
  "yaml/syntax": "error",
  "yaml/duplicate-key": "error",
  "yaml/too-deep": "error",
  "yaml/too-large": "error",
  "yaml/unsupported": "error",
  "yaml/template": "error",
  "yaml/placeholder": "error",
  "load/not-an-object": "error",
  "load/unknown-kind": "error",
  "load/unknown-version": "error",
  "load/no-name": "error",
  "load/patch": "error",
  "load/duplicate": "error",
  "load/nothing": "error",
  "load/two-mesh-configs": "error",
  "load/unknown-release": "error",
  "schema/unknown-field": "error",
  "schema/wrong-type": "error",
  "schema/wrong-value": "error",
  "schema/missing-field": "error",
  "schema/out-of-bounds": "error",
  "suite/unknown-field": "error",
  "suite/missing-field": "error",
  "suite/invalid-field": "error",
  "suite/not-supported": "error",
  "suite/unknown-name": "error",
  "suite/invalid-test": "error",
  "suite/duplicate-name": "error",
  "suite/invalid-request": "error",
  "suite/unreadable-file": "error",
  "suite/no-release": "warning",
  "suite/no-expectation": "error",
  "suite/only": "warning",
};

/** A finding of the table above. */
export function diagnose(code: Code, message: string, at: Span, hint?: string): Finding {
  return { code, severity: codes[code], message, at, ...(hint === undefined ? {} : { hint }) };
}
