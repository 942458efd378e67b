import type { Place } from "./place.ts";

/** What istiod left out or changed: "ignored, and why". */
export interface Note {
  readonly kind:
    | "policy-not-bound"
    | "policy-outranked"
    | "rule-skipped"
    | "condition-dropped"
    | "value-dropped"
    | "value-rewritten"
    | "missing-reference";
  readonly because: NoteCode;
  readonly at: Place;
  readonly chains?: readonly string[]; // absent: the whole proxy
  readonly effect: "none" | "wider" | "narrower"; // on access
}

/** Why: stable codes, each with the words to print (`noteTexts`). */
export type NoteCode = "other-namespace";

export const noteTexts: Readonly<Record<NoteCode, string>> = {
  "other-namespace": "the policy lives in another namespace",
};
