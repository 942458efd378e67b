import type { Severity } from "../diagnostic.ts";

/** What speaks against a change, beside what is wrong with the object itself. */
export type AdmissionCode =
  | "admission/test-fails"
  | "admission/invariant-broken"
  | "admission/new-access"
  | "admission/undecided";

/** How bad each of them is. */
export const admissionCodes: Readonly<Record<AdmissionCode, Severity>> = {
  "admission/test-fails": "error",
  "admission/invariant-broken": "error",
  "admission/new-access": "error",
  "admission/undecided": "error",
};
